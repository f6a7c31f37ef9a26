"""Errors of the database, told without the rows and values that they quote: people's words."""

import asyncpg


def discreet(error: asyncpg.PostgresError | asyncpg.InterfaceError) -> None:
    """Take out of an error what it quotes; what went wrong, and where, stays."""
    if isinstance(error, asyncpg.PostgresError):
        error.detail = None
    # The driver's own refusal of a value is a ValueError, the server's a DataError.
    if isinstance(error, ValueError | asyncpg.DataError):
        error.args = (str(error).partition(": ")[0],)
        error.__cause__ = None

"""Passwords as argon2 keeps them: slow on purpose, so never while a connection is held."""

import asyncio
import os
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""As OWASP advises. One lane: several wait for each other whenever a processor is busy."""

NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$5LeZJkELTqfQMAlTuOug1A$5mQE9SLqKOJeg5LpUTmMMH1T8v73HFCyPDP+7rl9k0I"
)
"""What is judged where there is no account: it costs the same, and no password is known to fit."""

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
"""The other half of the processors serves everybody else."""


def normal(password: str) -> str:
    """One form for what looks the same, whichever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


async def hashed(password: str) -> str:
    return await asyncio.to_thread(HASHER.hash, normal(password))


async def verified(password_hash: str, password: str) -> bool:
    # One that was set before there was a normal form is kept as it was typed.
    forms = dict.fromkeys((normal(password), password))
    return any([await asyncio.to_thread(_verify, password_hash, form) for form in forms])


async def renewed(password_hash: str, password: str) -> str | None:
    """The hash of a right password at today's cost; None where it has that."""
    return await hashed(password) if HASHER.check_needs_rehash(password_hash) else None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False

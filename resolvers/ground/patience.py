"""How long the database is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """For how many seconds a statement, a lock, an idle transaction and the pool are waited for."""

    statement: float = 0
    lock: float = 0
    idle: float = 0
    pool: float | None = None

    @property
    def settings(self) -> dict[str, str]:
        """As PostgreSQL takes them, in milliseconds; 0 is for ever."""
        idle = "idle_in_transaction_session_timeout"
        limits = {"statement_timeout": self.statement, "lock_timeout": self.lock, idle: self.idle}
        return {name: str(int(seconds * 1000)) for name, seconds in limits.items()}


ENDLESS = Patience()
"""For what the operator runs alone, as long as it takes."""

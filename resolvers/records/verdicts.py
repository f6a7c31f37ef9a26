"""In which seat something is done to a record, and whether that is allowed by which line."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.approval.engine import Loan
from domain.rules.rows import RuleRow


@dataclass(frozen=True)
class Acting:
    """A seat that the viewer acts in, own or lent, and the units that it serves."""

    seat: UUID
    role: str
    unit: UUID
    loan: Loan | None = None
    institution: str = ""
    serves: frozenset[UUID] = frozenset()
    named: bool = True

    @property
    def tells_secrets(self) -> bool:
        """Whether what is secret of the object is told in it: a loan has to name the object."""
        return self.loan is None or self.named

    def counts(self, institution: str, unit: UUID | None) -> bool:
        """Whether it serves a record of an institution: at its unit, or one above it, if any."""
        return self.institution == institution if unit is None else unit in self.serves

    def __hash__(self) -> int:
        return hash(self.seat)


@dataclass(frozen=True)
class Verdict:
    """Whether an act is allowed, by which line, in which role and seat, and whose it is.

    Without a seat the role is borne in the record itself.
    """

    allowed: bool
    row: RuleRow | None = None
    role: str = ""
    acting: Acting | None = None
    whose: tuple[str, ...] = ()

    @property
    def clause(self) -> str | None:
        return self.row.clause if self.row else None

    @property
    def loan(self) -> Loan | None:
        return self.acting.loan if self.acting else None

    @property
    def on_record(self) -> dict[str, Any]:
        """How the ledger names the seat."""
        if self.acting is None:
            return {"role": self.role}
        loan = self.acting.loan
        lent = {"delegation": loan.delegation, "lender_name": loan.lender_name} if loan else {}
        return {"role": self.role, "seat": self.acting.seat, **lent}

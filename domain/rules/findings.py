"""What the analysis of a rulebook finds: a hole or contradiction, its cases and its clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.conditions.language import Condition
from domain.conditions.severity import Severity
from domain.rules.phrases import plain
from domain.rules.routes import Route
from domain.values.choices import Choice
from domain.vocabulary import FactValue


class MatrixProblem(Choice):
    """What is wrong with the rules of a kind."""

    GAP = "GAP", "无人审批: nobody may approve."
    OVERLAP = "OVERLAP", "规定冲突: rules disagree."
    SELF_APPROVAL = "SELF_APPROVAL", "只有本人可批: only the applicant's own seat could decide."
    UNREACHABLE = "UNREACHABLE", "不会用到: no request ever meets the rule."
    VACANT_SEAT = "VACANT_SEAT", "岗位空缺: nobody holds the seat of a step."


ERRORS = frozenset({MatrixProblem.GAP, MatrixProblem.OVERLAP})


@dataclass(frozen=True)
class Claim:
    """What cases share that are one finding; the clauses of a gap ask for what nobody may do.

    `role` is the seat that is vacant, or the applicant's own; `rule` the one that is out of reach.
    """

    problem: MatrixProblem
    clauses: tuple[str, ...] = ()
    role: str = ""
    rule: str = ""


@dataclass(frozen=True)
class MatrixFinding:
    """One hole or contradiction: where it lies, its smallest case, and the clauses to look at.

    `clauses` are those that claim the case, or the nearest of a silent gap. `sides` disagree about
    the example.
    """

    claim: Claim
    kind: str
    region: Condition
    example: Mapping[str, FactValue]
    clauses: tuple[str, ...]
    sides: tuple[Route, ...] = ()

    @property
    def problem(self) -> MatrixProblem:
        return self.claim.problem

    @property
    def facts(self) -> dict[str, str | bool]:
        """The example as a client states it: numbers as strings, exact."""
        return {
            name: plain(value) if isinstance(value, Decimal) else value
            for name, value in self.example.items()
        }

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.problem in ERRORS else Severity.WARNING

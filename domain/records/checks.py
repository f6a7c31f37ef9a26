"""Checks 检查: items marked on a sheet, which is a line of a register with its marks as rows.

Which items an office has, their points and the pass mark are rows of `checks.csv`; who inspects is
a `p` line. What is mended is a clock that a failed sheet starts, and what is done about it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Boolean, Column, Integer, Numeric, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

from domain.approval.procedure import asked
from domain.records.registers import Entry, Register
from domain.shapes.count_words import Within
from domain.tables import ADDED, LINE, among, columns, key, signed, table
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Act, Fact, FactType, Label, Source

TOTAL = between(0, 1_000_000, "0.01")


class Sheet(Entry):
    """A sheet of a check: beside its own columns, what the server makes of its marks."""

    total: Decimal = asked(
        "得分", "What the marks come to", served=True, default=Decimal(0), bounds=TOTAL
    )
    pass_mark: Decimal | None = asked(
        "达标线",
        "The pass mark; null where the text leaves it open",
        served=True,
        default=None,
        bounds=TOTAL,
    )
    failed: bool = asked("不达标", "Whether it failed", served=True, default=False)
    own_unit: bool = asked(
        "检查人所在科室", "Whether who inspected belongs there", served=True, default=False
    )


@dataclass(frozen=True, eq=False)
class Check:
    """What is looked at, on sheets of a `book`, of a unit or a person.

    A sheet whose column `regular` is true is the duty done of a cadence that asks for the check.
    The sheets of a period `within` are appraised together: their mean counts once a regular one is
    in. A sheet may name in the column `mend_by` the day by which what failed is to be mended.
    """

    book: Register
    within: Within | None = None
    regular: str = ""
    mend_by: str = ""

    def __post_init__(self) -> None:
        columns = {each.name for each in self.book.fields}
        if not issubclass(self.book.entry, Sheet) or self.book.act is not Act.INSPECT:
            raise LookupError(f"{self.name} has no sheets")
        if not (self.book.of_unit or self.book.about) or (
            {self.regular, self.mend_by} - {"", *columns}
        ):
            raise LookupError(f"{self.name} is of nothing, or has no such column")

    @property
    def name(self) -> str:
        return self.book.name

    @property
    def of(self) -> str:
        """The column of what is checked."""
        return self.book.of_unit or self.book.about

    def event(self, what: str) -> str:
        """What clocks of the office start and stop by."""
        return f"{self.name}.{what}"

    @property
    def gives(self) -> Mapping[str, Fact]:
        """What a sheet tells beside its columns, of the period that it lies in."""
        kinds = PERIOD if self.within else {}
        return {
            name: Fact(name, kind, Source.RECORDS, label) for name, (kind, label) in kinds.items()
        }


PERIOD: Mapping[str, tuple[FactType, Label]] = {
    "period_score": (FactType.DECIMAL, Label("当期得分", "Mean of the period")),
    "period_counts": (FactType.BOOL, Label("当期最后一张", "Last sheet of a period that counts")),
    "period_failed": (FactType.BOOL, Label("当期不达标", "The period failed")),
}


class MendTurn(Choice):
    """What is done about a failed sheet."""

    MENDED = "mended", "整改: mended by whoever was checked."
    PASSED = "passed", "复查合格: looked at again, and good."
    FAILED = "failed", "复查不合格: looked at again, and to be mended anew."


class Mending(Choice):
    """Where the mending of a failed sheet stands."""

    DUE = "due", "待整改: to be mended in time."
    OVERDUE = "overdue", "逾期: the time to mend is up."
    MENDED = "mended", "待复查: mended, and to be looked at again."
    DONE = "done", "已整改: looked at again, and good."
    LAPSED = (
        "lapsed",
        "失效: its sheet was corrected or struck out, or nothing asks for it any more.",
    )


def mending(turns: Sequence[MendTurn], *, overdue: bool, lapsed: bool) -> Mending:
    """Where it stands: each failed recheck begins it anew."""
    last = turns[-1] if turns else None
    if last is MendTurn.PASSED:
        return Mending.DONE
    if lapsed:
        return Mending.LAPSED
    if last is MendTurn.MENDED:
        return Mending.MENDED
    return Mending.OVERDUE if overdue else Mending.DUE


check_marks = table(
    "check_marks",
    key("line_id"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("item", Text, nullable=False),
    Column("label", JSONB, nullable=False),
    Column("points", Numeric, nullable=False),
    Column("kept", Boolean),
    Column("clause", Text, nullable=False),
    UniqueConstraint("institution_id", "line_id", "item"),
    changes=ADDED,
    stands=LINE,
)
"""What each item of a sheet was found to be, by the clause that speaks of it."""

mend_turns = table(
    "mend_turns",
    key("line_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    *columns(Text, "of_check", "turn", "said", "role"),
    *signed(),
    among("turn", MendTurn),
    changes=ADDED,
    stands=LINE,
)
"""What was done about a failed sheet: mended, and looked at again."""

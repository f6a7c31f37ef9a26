"""Consequences: proposed from what was counted, told to whom they concern, decided by a seat.

What happens to a proposal is kept as lines that stand; where it stands is read off them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from domain.errors import Refused
from domain.tables import ADDED, LINE, columns, key, moment, table
from domain.values.choices import Choice

CONSEQUENCE = "consequence"
"""What clocks call one; the trigger and the turn tell which, and what became of it."""
TO_CARRY_OUT = "to_carry_out"
"""What clocks call it that it was imposed, or upheld, and is not carried out yet."""


class Turn(Choice):
    """What happens to a proposal, in the order in which it may."""

    TOLD = "told", "告知: whom it concerns was told."
    LAPSED = "lapsed", "失效: its lines were corrected or struck out."
    STATED = "stated", "陈述: their side was stated."
    HEARD = "heard", "听取: they were heard, and what was found and said was written down."
    IMPOSED = "imposed", "决定: imposed."
    DROPPED = "dropped", "不处理: dropped."
    OBJECTED = "objected", "申诉: objected to."
    UPHELD = "upheld", "维持: upheld on review."
    REVOKED = "revoked", "撤销: revoked on review."
    REPORTED = "reported", "整改报告: they reported in writing how it was carried out."
    CARRIED_OUT = "carried_out", "执行: carried out."
    GIVEN_BACK = "given_back", "退还: revoked after it was carried out, and made good."


class Stand(Choice):
    """Where a consequence stands."""

    PROPOSED = "proposed", "待决定: told to whom it concerns; nobody decided yet."
    LAPSED = "lapsed", "已失效: the lines no longer lead to it."
    IMPOSED = "imposed", "已决定: decided so."
    DROPPED = "dropped", "不予处理: decided that nothing follows."
    OBJECTED = "objected", "申诉中: imposed, and objected to; somebody else reviews."
    REVOKED = "revoked", "已撤销: taken back on review."


LEADS: dict[Turn, tuple[Stand, Stand]] = {
    Turn.TOLD: (Stand.LAPSED, Stand.PROPOSED),
    Turn.LAPSED: (Stand.PROPOSED, Stand.LAPSED),
    Turn.STATED: (Stand.PROPOSED, Stand.PROPOSED),
    Turn.HEARD: (Stand.PROPOSED, Stand.PROPOSED),
    Turn.IMPOSED: (Stand.PROPOSED, Stand.IMPOSED),
    Turn.DROPPED: (Stand.PROPOSED, Stand.DROPPED),
    Turn.OBJECTED: (Stand.IMPOSED, Stand.OBJECTED),
    Turn.UPHELD: (Stand.OBJECTED, Stand.IMPOSED),
    Turn.REVOKED: (Stand.OBJECTED, Stand.REVOKED),
    Turn.REPORTED: (Stand.IMPOSED, Stand.IMPOSED),
    Turn.CARRIED_OUT: (Stand.IMPOSED, Stand.IMPOSED),
    Turn.GIVEN_BACK: (Stand.REVOKED, Stand.REVOKED),
}
"""From where a turn may be taken, and to where it leads."""

THEIRS = frozenset({Turn.STATED, Turn.OBJECTED, Turn.REPORTED})
"""What those do whom it concerns; the rest is for who decides."""
HEARING = frozenset({Turn.STATED, Turn.HEARD})
"""What shows that they were heard."""
CARRYING = frozenset({Turn.CARRIED_OUT, Turn.GIVEN_BACK})
"""What whoever carries it out confirms."""
SERVED = frozenset({Turn.TOLD, Turn.LAPSED})
"""What happens by itself, as its lines come and go."""

consequence_turns = table(
    "consequence_turns",
    key("proposal_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("turn", Text, nullable=False),
    *columns(Uuid, "person_id", "unit_id", nullable=True),
    *columns(Text, "source", "trigger", "rung"),
    Column("label", JSONB, nullable=False),
    Column("clause", Text, nullable=False),
    *columns(Date, "day", "counted_from"),
    *columns(JSONB, "lines", "measures"),
    Column("answers", ARRAY(Uuid), nullable=False, server_default="{}"),
    Column("amount", Numeric),
    Column("carried_on", Date),
    *columns(Text, "said", "role"),
    Column("by_id", Uuid),
    Column("by_name", Text, nullable=False),
    moment("at"),
    CheckConstraint("(person_id is null) <> (unit_id is null)", name="of_one"),
    Index("consequence_turns_person_idx", "institution_id", "person_id", "at"),
    Index("consequence_turns_unit_idx", "institution_id", "unit_id", "at"),
    Index("consequence_turns_told_idx", "institution_id", "turn", "at"),
    changes=ADDED,
    stands=LINE,
)


@dataclass(frozen=True)
class Step:
    """One thing that happened to a proposal."""

    turn: Turn
    by: UUID | None
    by_name: str
    role: str
    said: str
    amount: Any
    at: datetime
    carried_on: date | None = None


def stand(steps: Sequence[Step]) -> Stand:
    """Where it stands after these; it was told first."""
    return LEADS[steps[-1].turn][1]


def may_follow(steps: Sequence[Step], turn: Turn) -> None:
    """Whether a turn may be taken now. Raises: Refused: it is past that."""
    if (turn in CARRYING and turn is not to_confirm(steps)) or LEADS[turn][0] is not stand(steps):
        raise Refused("CONSEQUENCE_PAST_THAT")


def imposed_by(steps: Sequence[Step]) -> UUID | None:
    """Who imposed it last: nobody reviews their own decision."""
    return next((each.by for each in reversed(steps) if each.turn is Turn.IMPOSED), None)


def to_confirm(steps: Sequence[Step]) -> Turn | None:
    """What of its being carried out is still to be confirmed, or made good once it was revoked."""
    turns = {each.turn for each in steps}
    if stand(steps) is Stand.REVOKED:
        return Turn.GIVEN_BACK if CARRYING & turns == {Turn.CARRIED_OUT} else None
    return None if Turn.CARRIED_OUT in turns else Turn.CARRIED_OUT


def carried_on(steps: Sequence[Step]) -> date | None:
    """The day on which it was carried out, if it was."""
    return on_day(steps, Turn.CARRIED_OUT)


def on_day(steps: Sequence[Step], turn: Turn) -> date | None:
    """The day that whoever confirmed this turn named."""
    return next((each.carried_on for each in steps if each.turn is turn), None)

"""The words that rules may use: request kinds, objects, roles and facts, each declared once.

Only the shapes stand here; the words themselves are data under `policies/vocabulary/`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from domain.values.bounds import Bounds
from domain.values.choices import Choice

FactValue = Decimal | bool | str
RANK = "applicant_rank"
"""The one fact that the engine itself looks at: it tells the applicant's seat."""


@dataclass(frozen=True)
class Label:
    zh: str
    en: str

    @property
    def both(self) -> dict[str, Any]:
        """The details of a sentence that names it."""
        return {"zh": self.zh, "en": self.en}


class FactType(StrEnum):
    DECIMAL = "decimal"
    INT = "int"
    BOOL = "bool"
    ENUM = "enum"


UNSTATED: Mapping[FactType, FactValue] = {
    FactType.DECIMAL: Decimal(0),
    FactType.INT: Decimal(0),
    FactType.BOOL: False,
    FactType.ENUM: "none",
}
"""What an empty column of a record counts as, so that no prohibition hangs on silence."""

TYPES_SAID = {
    FactType.DECIMAL: Label("数值", "a number"),
    FactType.INT: Label("整数", "a whole number"),
    FactType.BOOL: Label("true 或 false", "true or false"),
    FactType.ENUM: Label("所列的值之一", "one of the values listed"),
}


class Source(Choice):
    """Who states a fact: only form and judgement facts are accepted from a client."""

    FORM = "form", "申请人: the applicant, on the form."
    ORGANISATION = "organisation", "机构: the office's own posts."
    CALENDAR = "calendar", "日历: counted on the calendar."
    RECORDS = "records", "记录: counted by the server."
    JUDGEMENT = "judgement", "判断: claimed by the applicant, confirmed by whoever acts first."


class RoleClass(StrEnum):
    """How a role finds the person who acts."""

    SEAT = "seat"
    FORM = "form"
    ANY_OF = "any_of"
    BODY = "body"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Derivation:
    """How a number is worked out from others: a sum, less others, divided by one; by a clause."""

    clause_kinds: ClassVar[tuple[str, ...]] = ()
    id: str
    clause: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    over: str = ""

    @property
    def raw(self) -> tuple[str, ...]:
        return tuple(filter(None, (*self.plus, *self.minus, self.over)))


@dataclass(frozen=True)
class Fact:
    """One typed value that a rule may look at. Numbers are exact decimals, also whole ones."""

    code: str
    type: FactType
    source: Source
    label: Label
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    grid: Decimal | None = None
    values: Mapping[str, Label] | None = None
    derived: Derivation | None = None

    @property
    def bounds(self) -> Bounds:
        """What a stated number keeps to; what is measured need not lie on the grid."""
        stated = self.source in (Source.FORM, Source.JUDGEMENT)
        return Bounds(self.minimum, self.maximum, self.grid if stated else None)


@dataclass(frozen=True)
class Role:
    """A level of authority. `rank` is the applicant_rank that its holder has, if it gives one."""

    code: str
    role_class: RoleClass
    label: Label
    members: tuple[str, ...] = ()
    rank: str | None = None
    level: int = 0


@dataclass(frozen=True)
class Parts:
    """The roles that the engine itself asks after, whatever the rules say of them.

    `ladder` are the levels that are climbed in turn where a deciding seat is the applicant's own;
    `signer` is borne by whoever is asked to sign besides; `absences` are by fact the seats whose
    absence it tells, and `held` those that the applicant holds; `above` are by area the seats that
    have no say over whoever stands above them. Of the roles that a form names, those of `own` are
    the applicant where it names nobody, and those of `vouching` always another.
    """

    ladder: tuple[str, ...] = ()
    signer: str = ""
    absences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    vouching: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kind:
    """One kind of request: `leave.sick`. Its `precondition`, a `when`, bounds its analysis.

    One that an office has by its own rows names the `clause` that asks for it.
    """

    code: str
    area: str
    label: Label
    facts: tuple[str, ...] = ()
    precondition: str = "always"
    clause: str = ""


OWN = "own"
"""What the code of a kind begins with that an office has by its own rows: own.tea_break."""


def is_own(kind: str) -> bool:
    return kind.startswith(f"{OWN}.")


def told_kind(kind: str) -> str:
    """The kind as clients know it: those that are an office's own are one of them."""
    return OWN if is_own(kind) else kind


def code_of(kind: str) -> str:
    """leave.personal is LEAVE_PERSONAL."""
    return kind.upper().replace(".", "_")


class Word(StrEnum):
    """What kind of living thing an object is."""

    REGISTER = "register"
    THING = "thing"
    ACCOUNT = "account"
    CASE = "case"
    STATEMENT = "statement"
    ROUND = "round"
    SITTING = "sitting"
    CHECK = "check"
    ROSTER = "roster"
    EXPORT = "export"
    OFFICE = "office"


class Act(Choice):
    """What is done with an object: a line or card kept, a stage taken, a thing handed out."""

    KEEP = "keep", "登记: a line or a card is written."
    TAKE = "take", "办理: a stage of a path is taken."
    ISSUE = "issue", "发放: a thing is handed out and received back."
    INSPECT = "inspect", "检查: looked at and marked."
    PUBLISH = "publish", "公布: told to everybody."
    CONFIRM = "confirm", "确认: signed for, or vouched for."
    CARRY_OUT = "carry_out", "执行: what was decided is carried out."
    SEE = "see", "查看: read."
    EXPORT = "export", "导出: a list is taken away as a file."
    APPROVE = "approve", "批准: put into force."


STAGE, BODY, WHAT, LISTED = "stage", "body", "what", "listed"
"""Facts of an object whose values an office has: the event to be done, who sits, what happened;
and which object's list is exported, `requests` being that of requests."""


@dataclass(frozen=True)
class LivingObject:
    """What lives beside the requests: a register, a trip, a case; and what may be done with it.

    `bears` tells by role the column of a record that names who bears it: this trip's driver.
    `duties` tells in which places stand those who bear what separations alone speak of; of several
    columns in one place the first that is filled in counts. `paths` are those that it
    moves along, `stages` its events whatever the path.
    """

    code: str
    word: Word
    area: str
    label: Label
    acts: tuple[Act, ...]
    facts: tuple[str, ...] = ()
    bears: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    duties: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """All words known, or those of one institution: its own labels, ranks and narrowed values.

    `closes` is the hour at which work ends, where the institution's texts give it; `lists` are
    those that can be exported beside the objects, `carriers` the areas that are about carriers of
    state secrets, whatever grade a form of theirs states.
    """

    kinds: Mapping[str, Kind]
    roles: Mapping[str, Role]
    facts: Mapping[str, Fact]
    closes: time | None = None
    objects: Mapping[str, LivingObject] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)
    lists: Mapping[str, Label] = field(default_factory=dict)
    carriers: frozenset[str] = frozenset()


def words_of(code: str) -> str:
    """leave.personal is LeavePersonal, as its mutation and types are named."""
    return "".join(word.capitalize() for part in code.split(".") for word in part.split("_"))


def snake(word: str) -> str:
    """VehicleRefuelling is vehicle_refuelling."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", word).lower()


def listed_as(word: str) -> str:
    """Many of FinanceIncome are finance_incomes, of FinanceFiles finance_files_list."""
    name = snake(word)
    if name.endswith("s"):
        return f"{name}_list"
    if re.search("[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("ch", "sh", "x")) else f"{name}s"


def seat_told_by(rank: FactValue | None, roles: Mapping[str, Role]) -> str | None:
    """The seat that a preview takes the applicant to hold, told from `applicant_rank`.

    It is the role that is called as the rank is, or the first of those that it stands for.
    """
    if not isinstance(rank, str) or rank == "staff" or rank not in roles:
        return None
    return next(iter(roles[rank].members), rank)

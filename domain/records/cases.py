"""Cases 事项: work along the path that an office's rows give it, begun by a request or an entry.

A kind declares once what each event asks and leaves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Column, Table

from domain.approval.procedure import Approved, Form, Requirement, asked, referring
from domain.conditions.language import ALWAYS
from domain.records.case_counts import Count
from domain.records.case_tables import HIDDEN
from domain.records.registers import Draw, Serving
from domain.records.stage_effects import Had, Use, Writes
from domain.records.stage_forms import NothingAsked, fields_of
from domain.shapes.asking import Measures
from domain.shapes.paths import Transition
from domain.vocabulary import Act, Label

R = TypeVar("R")


@dataclass(frozen=True)
class Case(Generic[R]):
    """A case: where it stands, how it began, and what is filled in. `kind` is its request's."""

    id: UUID
    request_id: UUID | None
    number: str
    kind: str
    path: str
    state: str
    since: datetime
    version: int
    standing: bool
    rulebook_version: int
    begun_at: datetime
    begun_by: UUID
    begun_by_name: str
    facts: Mapping[str, Any]
    filled: R


HEADER = tuple(each.name for each in fields(Case) if each.name != "filled")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper that goes with a stage: an upload, and its file name."""

    upload: UUID = referring("上传的文件", "The confirmed upload", "Upload")
    name: str = asked("文件名", "Its file name", default="", served=True)


@dataclass(frozen=True)
class Turn(Generic[R]):
    """A stage as it is taken, of a case of a kind of request: the record before and after it."""

    before: R
    after: R
    now: datetime
    kind: str = ""


@dataclass(frozen=True)
class Rule(Generic[R]):
    """Something that must hold when a stage has been taken. `path` is the field at fault."""

    code: str
    path: tuple[str, ...]
    holds: Callable[[Turn[R]], bool]


@dataclass(frozen=True)
class Tells:
    """Who is told: who stands in these columns and who may `act`, of a `unit` those of that."""

    code: str
    to: tuple[str, ...] = ()
    act: Act | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True)
class Stage:
    """What an event asks for and leaves behind, in whichever office's path it stands.

    A field of `fills` that is a column of the record is kept there; the others are noted with the
    event. `needs` are columns that may not be empty by then, of each group one. `states` is what
    taking it says of itself to the path; `sets` and `moments` are columns that it leaves, `signs`
    those for who takes it, by name or id. `numbers` is the column that is given the next number
    of the kind's series, once. `leads_on`: it is taken together with the next one. What it sets
    going counts from the day in `since`, and is due then where a text gives no term; `terms` are
    further events, each due on the day in its column. The path may ask how many `notice_days` ahead
    that in `notice` is. A vote that it counts is on the matter `votes_on`, else on its path's, and
    the body met when the last of `met_by` was taken; its list is `fit_for`, else its own. `uses`
    is what it does with its thing, `writes` what it enters; who is in `own` has another `note`.
    """

    fills: type[Form] = NothingAsked
    needs: tuple[tuple[str, ...], ...] = ()
    states: Measures = field(default_factory=dict)
    sets: Mapping[str, Any] = field(default_factory=dict)
    moments: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    rules: tuple[Rule[Any], ...] = ()
    tells: Tells | None = None
    numbers: str = ""
    leads_on: bool = False
    since: str = ""
    notice: str = ""
    votes_on: str = ""
    met_by: tuple[str, ...] = ()
    fit_for: str = ""
    uses: Use | None = None
    writes: tuple[Writes, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Party:
    """Who stands in a case: in a column, or where that is empty whoever leads a unit in another.

    What is asked of them is `serving`; `unit_name` is the column of what the unit is called.
    """

    column: str
    label: Label
    unit: str = ""
    serving: Serving | None = None
    unit_name: str = ""


@dataclass(frozen=True)
class About:
    """Whom a case is about, who neither sees it nor takes a turn in it: a person, a unit, a name.

    `matters_to` are columns of names whose matter it is as well.
    """

    person: str
    unit: str
    text: str
    matters_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Begins:
    """How an approved request becomes a case: what is filled in; the paths that fit, best first.

    `facts` are stated to the path for good: fields or facts of the request by name, or a function
    of both. `clocks` are further events that its beginning may be, and if it is; `since` names for
    such an event, or its state, the column that tells its day if not now. The waiting case that the
    field `goes_on` names it takes along: the fact `tells`. One case stands of what `alone` names.
    The request `asks` for columns of the record too, and must where a clause demands them.
    """

    kind: str
    fills: Callable[[Any, Approved], Any]
    paths: Callable[[Any], tuple[str, ...]]
    facts: tuple[str, ...] | Callable[[Any, Approved], Mapping[str, Any]] = ()
    clocks: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    since: Mapping[str, str] = field(default_factory=dict)
    goes_on: str = ""
    tells: str = ""
    alone: str = ""
    asks: tuple[str, ...] = ()

    def told(self, form: Any, approved: Approved) -> Mapping[str, Any]:
        if not isinstance(self.facts, tuple):
            return self.facts(form, approved)
        return {name: getattr(form, name, approved.facts.get(name)) for name in self.facts}


@dataclass(frozen=True)
class Entry:
    """What begins a case without a request, carried into its record, and the paths (or `chain`).

    One that is `kept` is begun by whom a line lets keep such a case; of the same values of `once`
    there is one alone. What it sets going counts from the day in the column `since`. `asked_when`
    names columns that a clause demands only where another is true. It must meet the list `fit_for`,
    else `<kind>.begin`; one that is not kept is asked of whoever begins it for themselves too.
    """

    form: type[Form]
    paths: Callable[[Any], tuple[str, ...]] | None = None
    rules: tuple[Requirement[Any], ...] = ()
    kept: bool = False
    since: str = ""
    asked_when: Mapping[str, str] = field(default_factory=dict)
    fit_for: str = ""
    once: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shows:
    """A column of something that a case refers to, read with it."""

    name: str
    label: Label
    of: Column[Any]
    by: str


@dataclass(frozen=True, eq=False)
class CaseKind(Generic[R]):
    """One kind of case. Which office has it, on which path and who takes which stage, rows say.

    `code` is the object whose lines say who may. `walked` are the events that the approved request
    stands for. `plain` are the stages where the office's text gives none; `unwritten` those that an
    older version's path lets follow without a row. `begun` is a column that is empty until then: so
    long, whoever asked for it may give it up. `day` is the date that a list is narrowed by, as by
    what a column refers to; `filters` are further columns,
    `settled` when it was. `chain` are paths that follow one on the other. The values of the column
    `series` are numbered apart. With `noted`, a seat may put its part of a stage on record that
    another one takes. With `alone`, whoever began it takes no turn in it but as a party. `counts`
    is what a case tells of itself. What the stages of `stated_in` name, those alone state who keep
    it. Who has a part in none has `cleared` these measures. What it `draws` on are requests, each
    spent by one case.
    """

    code: str
    label: Label
    table: Table
    record: type[R]
    stages: Mapping[str, Stage]
    begins_with: tuple[Begins, ...] = ()
    entry: Entry | None = None
    parties: tuple[Party, ...] = ()
    rules: tuple[Rule[R], ...] = ()
    about: About | None = None
    walked: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    series: str = ""
    noted: bool = False
    alone: bool = False
    counts: tuple[Count, ...] = ()
    stated_in: str = ""
    plain: tuple[Transition, ...] = ()
    unwritten: tuple[Transition, ...] = ()
    begun: str = ""
    day: str = "begun_at"
    filters: tuple[str, ...] = ()
    shows: tuple[Shows, ...] = ()
    settled: str = ""
    has: Had | None = None
    cleared: tuple[str, ...] = ()
    draws: tuple[Draw, ...] = ()

    def __post_init__(self) -> None:
        about, of = self.about, self.entry
        named = [*filter(None, (self.day, self.begun, self.series, self.settled)), *self.filters]
        named += [name for each in self.parties for name in (each.column, each.unit or "id")]
        named += [about.person, about.unit, about.text, *about.matters_to] if about else []
        named += [e for b in self.begins_with for e in (*b.since.values(), b.alone or "id")]
        named += [of.since or "id", *of.once, *of.asked_when, *of.asked_when.values()] if of else []
        for stage in self.stages.values():
            named += filter(None, (stage.since, stage.notice, stage.numbers))
            named += [*stage.sets, *stage.moments, *stage.signs, *stage.terms.values()]
            named += [*sum(stage.needs, ()), *(stage.tells.to if stage.tells else ())]
            named = [name for name in named if name not in fields_of(stage.fills)]
        if self.begun and self.kinds and not self.table.info["renewed"]:
            raise LookupError(f"{self.code} may be given up: its table has to be renewed")
        if unknown := set(named) - set(self.table.columns.keys()):
            raise LookupError(f"{self.code} has no {sorted(unknown)}")

    @property
    def empty(self) -> str:
        """How SQL says that it has not begun."""
        return "is null" if self.table.columns[self.begun].nullable else "= ''"

    @property
    def hidden(self) -> tuple[str, ...]:
        """Columns that only the server reads."""
        of: Any = self.record
        return tuple(each.name for each in fields(of) if HIDDEN in each.metadata)

    @property
    def unit(self) -> str:
        """The column of the unit that handles it, whose seats and those above are asked, if any."""
        return next((each.unit for each in self.parties if each.unit), "")

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(each.kind for each in self.begins_with)


def plain_path(path: str, *stages: tuple[str, str, str, str, str]) -> tuple[Transition, ...]:
    """A path that no text gives: origin, event, target and what they are called."""
    return tuple(
        Transition(path, "", origin, event, target, ALWAYS, None, None, Label(zh, en))
        for origin, event, target, zh, en in stages
    )

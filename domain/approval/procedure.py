"""How an area declares a procedure: its form, what may be asked of it, what it brings about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import FrozenInstanceError, dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, dataclass_transform
from uuid import UUID

from domain.messages import EN
from domain.office.booking import Absence, Booking
from domain.shapes.book import Shapes
from domain.time.calendar import Calendar
from domain.time.moments import Period, is_near
from domain.time.wording import in_year
from domain.values.bounds import Bounds
from domain.values.filled import filled
from domain.values.names import Names
from domain.vocabulary import FactValue

PLAIN = dataclass(init=False, repr=False, eq=False, match_args=False)


@dataclass_transform(frozen_default=True, kw_only_default=True)
@PLAIN
class Form:
    """What a person fills in. Subclasses list the fields, each made with `asked`: the class
    statement makes them dataclasses that keep what they were made with.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]
    __init__ = filled

    def __init_subclass__(cls) -> None:
        cls.__doc__ = cls.__doc__ or cls.__name__
        PLAIN(cls)

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, each.name) for each in fields(self))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({vars(self)})"


F = TypeVar("F", bound=Form)


def formed(name: str, shape: Sequence[tuple[str, Any, Any]], says: str) -> type[Form]:
    """A form of these fields: of each its name, its type and what `asked` made."""
    body = {of: field for of, _, field in shape}
    kinds = {of: kind for of, kind, _ in shape}
    return type(name, (Form,), {**body, "__annotations__": kinds, "__doc__": says})


@dataclass(frozen=True)
class Approved:
    """A request that was just approved, for what that brings about.

    `shapes` are the office's rows that it is pinned to.
    """

    request: UUID
    number: str
    institution: str
    applicant: UUID
    applicant_name: str
    unit: UUID | None
    unit_name: str
    facts: Mapping[str, Any]
    now: datetime
    new_id: Callable[[], UUID]
    shapes: Shapes = field(default_factory=Shapes)


@dataclass(frozen=True)
class Record:
    """One row of a register, by its columns; `institution_id` is filled in."""

    table: str
    row: Mapping[str, Any]


def asked(
    zh: str,
    en: str,
    *,
    default: Any = ...,
    longest: int | None = None,
    bounds: Bounds | None = None,
    names: Names | None = None,
    confidential: bool = False,
    served: bool = False,
) -> Any:
    """A form field: its label in both languages and, for text, the longest that is taken.

    `bounds` are those of a number; without them it keeps to those of the fact whose name it bears.
    What the text `names` has one form, which it is brought into.
    What is confidential only the applicant reads off the request, and of a register's line the
    ledger keeps who read it; no search finds it. What is `served` the server fills in.
    """
    metadata = {"zh": zh, "en": en, "longest": longest, "bounds": bounds, "names": names}
    metadata |= {"confidential": confidential, "served": served}
    if default is ...:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def telephone(*, default: Any = ...) -> Any:
    """The number of somebody outside: confidential, in the one form that numbers have."""
    number: dict[str, Any] = {"longest": 50, "names": Names.TELEPHONE, "confidential": True}
    return asked("联系电话", "Telephone", default=default, **number)


@dataclass(frozen=True)
class Reference:
    """What an id may name: its word in the API, and the table that has it where one has."""

    word: str
    table: str = ""


def referring(
    zh: str, en: str, to: str | Reference, *, default: Any = ..., served: bool = False
) -> Any:
    """A field that holds the id of something else: a Vehicle, a Person."""
    named = to if isinstance(to, Reference) else Reference(to)
    metadata = {"zh": zh, "en": en, "longest": None, "refers": named, "served": served}
    return field(metadata=metadata) if default is ... else field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Circumstances:
    """What the server knows when a form is judged: never taken from the client.

    `absences` are the applicant's own that stand, the request in hand left out, for a kind that
    looks at them; `extends` is the leave that an extension prolongs.
    """

    now: datetime
    calendar: Calendar
    rank: str
    employment: str
    absences: Sequence[Absence] = ()
    extends: Absence | None = None
    applicant: UUID | None = None

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True)
class Requirement(Generic[F]):
    """Something that every form must satisfy. `code` has its sentence in `policies.messages`.

    `path` is the field at fault, without the leading "input"; `details` fill the sentence.
    `check` says the same in SQL over the columns of a register, where SQL can say it.
    """

    code: str
    path: tuple[str, ...]
    holds: Callable[[F, Circumstances], bool]
    clause: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    check: str = ""


@dataclass(frozen=True)
class Summary:
    """One line for lists: 病假 2.5 天，3月1日至3月3日. `in_year` says its year or leaves it out."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language == EN else self.zh

    def on(self, today: date | None) -> "Summary":
        """As it is said on a day."""
        year = today.year if today else None
        return Summary(in_year(self.zh, year), in_year(self.en, year))


@dataclass(frozen=True)
class Procedure(Generic[F]):
    """Everything that the engine must know about one kind of request.

    `facts` derives calendar and records facts; form and judgement facts are form fields that bear
    the fact's name. `occupies` is the time that the applicant is away, kept free of overlaps.
    `summary` is kept with the request, in both languages; without one it is the kind's label, the
    time that it `spans` and what it is `about`, which is its explanation. `reports_back` says that
    销假 is due after approval. `books` names what the request holds from its submission on, as long
    as it stands; `on_approval` returns what approval puts into registers, and saves nothing.
    `concerns` is the field of whom the form complains of: that person neither submits it nor has a
    turn. `told_by` names the field of a fact that no field bears the name of.
    """

    kind: str
    form: type[F]
    facts: Callable[[F, Circumstances], Mapping[str, FactValue]] = lambda *_: {}
    summary: Callable[[F, Mapping[str, FactValue]], Summary] | None = None
    requirements: tuple[Requirement[F], ...] = ()
    occupies: Callable[[F], Period] | None = None
    reports_back: bool = False
    books: Callable[[F], Booking | None] | None = None
    on_approval: Callable[[F, Approved], Sequence[Record]] | None = None
    concerns: str = ""
    told_by: Mapping[str, str] = field(default_factory=dict)
    about: Callable[[F], str] = lambda form: str(vars(form)["explanation"])
    spans: Callable[[F], Period] | None = None

    @property
    def looks_at_absences(self) -> bool:
        """Whether the absences of its applicant matter: it is one itself, or prolongs one."""
        return self.occupies is not None or "leave_id" in {each.name for each in fields(self.form)}


@dataclass(frozen=True)
class Settles:
    """That a kind of request may name an approved one of another `kind`, whose cost it settles."""

    kind: str
    code: str


def explanation() -> Any:
    """The field in which a person says why."""
    return asked("事由", "Explanation", longest=2000)


def near(field: str, day_of: Callable[[F], date]) -> Requirement[F]:
    """The day lies within two years of today."""

    def holds(form: F, known: Circumstances) -> bool:
        return is_near(day_of(form), known.today)

    return Requirement("DATE_TOO_FAR", (field,), holds)

"""A form as a client sees it: its fields described to build it, its values said to read it."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from domain.approval.forms import NOTATIONS, Field, form_fields, plain
from domain.approval.procedure import Form, Reference
from domain.approval.soundness import NO_FACTS, bounds_of, options_of, unit_of
from domain.conditions.regions import Interval, Region
from domain.messages import say
from domain.rules.analysis import precondition
from domain.rules.phrases import NO, YES
from domain.time import wording
from domain.time.moments import HALF_LABELS, HalfOfDay, Moment, office_local
from domain.values.bounds import Bounds
from domain.values.names import NOTATIONS as NAMED
from domain.vocabulary import Fact, FactValue, Label, Source, Vocabulary

ANSWERS = {True: YES, False: NO}
NOTHING = Label("", "")
MEASURED = frozenset({Source.CALENDAR, Source.RECORDS})


@dataclass(frozen=True)
class FieldDescription:
    """What a client must know to ask for one field. Options are what it sends, with their labels.

    A yes or no has options only where one of them alone makes a case of the kind. `fact` tells a
    field that rules of the kind look at; `fields` are those of a value inside the form, of which it
    may take `many`.
    """

    name: str
    label: Label
    type: str
    required: bool
    options: Mapping[str | bool, Label]
    longest: int | None
    bounds: Bounds
    fact: Fact | None
    unit: Label
    refers: Reference | None = None
    example: str = ""
    confidential: bool = False
    fields: tuple["FieldDescription", ...] = ()
    many: bool = False

    def in_language(self, language: str) -> dict[str, Any]:
        """The description as JSON."""
        return {
            "name": self.name,
            "label": say(language, self.label),
            "type": self.type,
            "required": self.required,
            "options": [
                {"value": value, "label": say(language, label)}
                for value, label in self.options.items()
            ],
            "longest": self.longest,
            **{n: None if v is None else plain(v) for n, v in self.limits.items()},
            "unit": self.fact.unit if self.fact else None,
            "source": self.fact.source.value if self.fact else None,
        }

    @property
    def limits(self) -> Mapping[str, Decimal | None]:
        return {name: getattr(self.bounds, name) for name in ("minimum", "maximum", "grid")}


def described(form_type: type, vocabulary: Vocabulary, kind: str = "") -> list[FieldDescription]:
    """The fields of a kind's form, in order, with the values that a case of the kind may have.

    Without a kind it is the entry of a record, whose fields are no facts of a request.
    """
    known = vocabulary.kinds.get(kind)
    within = precondition(known, vocabulary) if known else {}
    facts = vocabulary.facts if known else NO_FACTS
    return [
        _description(
            field,
            facts.get(field.name),
            within.get(field.name),
            looked_at=known is not None and field.name in known.facts,
            inner=_inside(field, vocabulary),
            labels=_said_of(field, vocabulary.facts.get(field.name)),
        )
        for field in form_fields(form_type)
        if not field.served
    ]


def help_of(field: FieldDescription, *, counted: bool = False) -> Label:
    """A few words beside a field: how it is written, what it keeps to, who reads it."""
    low, high, grid = field.limits.values()
    said = []
    if counted:
        said.append(Label("由单位统计，不用填写", "The office counts it: leave it blank"))
    elif low is not None and high is not None:
        span = Label(
            f"{wording.number(low)}–{wording.number(high)}",
            f"{wording.number(low)} to {wording.number(high)}",
        )
        step = (
            Label(f",以 {plain(grid)} 为一档", f" in steps of {plain(grid)}") if grid else NOTHING
        )
        said.append(
            Label(
                f"{span.zh} {field.unit.zh}".rstrip() + step.zh,
                f"{span.en} {field.unit.en}".rstrip() + step.en,
            )
        )
    if field.example:
        said.append(Label(f"写作 {field.example}", f"Written as {field.example}"))
    if field.type == "moment":
        said.append(Label("选日期和上午或下午，当半天计入", "A day and its half, which counts"))
    if field.confidential:
        said.append(Label("只有填写人看得到", "Only who states it reads it"))
    return Label("；".join(each.zh for each in said), "; ".join(each.en for each in said))


def _description(
    field: Field,
    fact: Fact | None,
    within: Region | None,
    *,
    looked_at: bool,
    inner: tuple[FieldDescription, ...],
    labels: Mapping[str, Label],
) -> FieldDescription:
    options: Mapping[str | bool, Label] = {}
    if issubclass(field.type, Enum):
        options = {
            each.name: labels.get(each.name) or Label(each.name, each.name)
            for each in options_of(field, fact)
            if not isinstance(within, frozenset) or each.value in within
        }
    elif isinstance(within, frozenset):
        options = {value: label for value, label in ANSWERS.items() if value in within}
    elif field.type is Moment:
        options = {half.name: HALF_LABELS[half] for half in HalfOfDay}
    bounds = narrowed(bounds_of(field, fact), within) if field.is_number else Bounds()
    return FieldDescription(
        name=field.name,
        label=field.label,
        type=_type_of(field),
        required=field.required,
        options=options,
        longest=field.longest if field.type is str else None,
        bounds=bounds,
        fact=fact if looked_at else None,
        unit=wording.unit_said(unit_of(field, fact)),
        refers=field.refers,
        example=NAMED[field.names].example if field.names else "",
        confidential=field.confidential,
        fields=inner,
    )


def _inside(field: Field, vocabulary: Vocabulary) -> tuple[FieldDescription, ...]:
    """The fields of a value inside a form; a half-day is told by its options."""
    if not is_dataclass(field.type) or field.type is Moment:
        return ()
    return tuple(described(field.type, vocabulary))


def _type_of(field: Field) -> str:
    if issubclass(field.type, Enum):
        return "enum"
    return NOTATIONS[field.type][0] if field.type in NOTATIONS else "object"


def _said_of(field: Field, fact: Fact | None) -> Mapping[str, Label]:
    """What the values of an enumeration say: the fact's words, or its own: 现金: in cash."""
    if not issubclass(field.type, Enum):
        return {}
    known = (fact.values or {}) if fact else {}
    own = {each.name: getattr(each, "says", "").rstrip(".").partition(": ") for each in field.type}
    said = {name: Label(zh, en or zh) for name, (zh, _, en) in own.items() if zh}
    return said | {each.name: known[each.value] for each in field.type if each.value in known}


def narrowed(bounds: Bounds, within: Region | None) -> Bounds:
    """The bounds of a number that a case of the kind keeps."""
    if not isinstance(within, Interval):
        return bounds
    span = within & Interval(bounds.minimum, bounds.maximum)
    low, high, grid = span.low, span.high, bounds.grid or Decimal(0)
    low = low + grid if low is not None and span.low_open else low
    high = high - grid if high is not None and span.high_open else high
    return replace(bounds, minimum=low, maximum=high)


@dataclass(frozen=True)
class Shown:
    """One filled-in field, ready to show."""

    name: str
    label: str
    display: str
    value: Any
    unit: str = ""


def displayed(
    form: Form, language: str, vocabulary: Vocabulary, facts: Mapping[str, FactValue] | None = None
) -> list[Shown]:
    """The filled-in fields in a person's language, then what the server measured of them.

    A measure of nothing, or of less than one of its months, tells a reader nothing.
    """
    shown = []
    for field in form_fields(type(form)):
        value = getattr(form, field.name)
        if value is not None and value != "":
            fact = vocabulary.facts.get(field.name)
            unit, label = unit_of(field, fact), say(language, field.label)
            said = value_said(value, fact, unit)
            shown.append(Shown(field.name, label, say(language, said), plain(value), unit))
    for name, value in (facts or {}).items():
        fact = vocabulary.facts.get(name)
        if fact and fact.source in MEASURED and isinstance(value, Decimal) and telling(value, fact):
            said = wording.quantity(value, fact.unit)
            shown.append(Shown(name, say(language, fact.label), say(language, said), plain(value)))
    return shown


def telling(value: Decimal, fact: Fact) -> bool:
    return value >= 1 if fact.unit == "month" else value != 0


def value_said(value: Any, fact: Fact | None, unit: str) -> Label:
    """A value in words: 3 天, 1,234.50 元, 旅游; `unit` is that of a number."""
    match value:
        case bool():
            return Label("是", "Yes") if value else Label("否", "No")
        case Decimal() if unit == "yuan":
            return wording.money(value)
        case Enum():
            return _value_label(value, fact)
        case datetime():
            return wording.clock_time(office_local(value))
        case date():
            return wording.day(value, year=True)
        case Moment():
            return wording.half_day(value)
        case Decimal() | int():
            return wording.quantity(Decimal(value), unit)
        case str() if fact and fact.values and value in fact.values:
            return fact.values[value]
        case _:
            return Label(str(value), str(value))


def _value_label(value: Enum, fact: Fact | None) -> Label:
    named = (fact.values or {}).get(value.value) if fact else None
    return named or Label(value.name, value.name)

"""The least that every kind of request has: a form made of its facts, until its area says more.

A field for each fact that the applicant states, the time that its durations are counted from,
and an explanation. What an area declares itself replaces this.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, EnumType
from typing import Any
from uuid import UUID

from domain.approval.classified import PLACE
from domain.approval.procedure import (
    Circumstances,
    Form,
    Procedure,
    Requirement,
    Summary,
    asked,
    explanation,
    formed,
    near,
)
from domain.time.journeys import last_day, touches_noon
from domain.time.moments import (
    REACH_DAYS,
    Moment,
    Period,
    all_days,
    half_day_of,
    months,
    office_local,
)
from domain.time.wording import days_between
from domain.vocabulary import Fact, FactType, FactValue, Kind, Label, Source, Vocabulary

STATED = frozenset({Source.FORM, Source.JUDGEMENT})
SECONDS_AN_HOUR = 3600

Enums = dict[str, type[Enum]]
"""The enums of facts by fact, so that kinds share them with each other and with the areas."""


Named = Mapping[str, Any]
"""Further fields by their names, each an id of something that the request may name."""


def minimal_procedure(
    kind: Kind, vocabulary: Vocabulary, enums: Enums, named: Named | None = None
) -> Procedure[Any]:
    """A procedure for a kind whose area is not declared yet; `named` is what it may name."""
    span = _span_of(kind)
    return Procedure(
        kind=kind.code,
        form=minimal_form(kind, vocabulary, enums, named or {}),
        facts=_facts(kind, span),
        requirements=_requirements(span) if span else (),
    )


def minimal_form(kind: Kind, vocabulary: Vocabulary, enums: Enums, named: Named) -> type[Form]:
    """The form: an explanation, then what rules of the kind look at and the applicant states.

    Of a carrier of secrets its number stands in place of an explanation.
    """
    shape: list[Any] = [("explanation", str, explanation())]
    if kind.area in vocabulary.carriers:
        shape = [
            ("explanation", str, asked("载体编号", "Number of the carrier", longest=60)),
            (PLACE, str, asked("地点", "Place", default="", longest=60)),
            ("begins_on", date | None, asked("从何日", "From what day", default=None)),
            ("ends_on", date | None, asked("到何日", "To what day", default=None)),
        ]
    if span := _span_of(kind):
        moment: Any = datetime if span is _Hours else Moment
        shape.append(("begins", moment | None, asked("开始", "Begins", default=None)))
        shape.append(("ends", moment | None, asked("结束", "Ends", default=None)))
    shape += [(name, field.type or UUID | None, field) for name, field in named.items()]
    for code in kind.facts:
        fact = vocabulary.facts[code]
        if fact.source in STATED:
            label = asked(fact.label.zh, fact.label.en, default=None)
            shape.append((code, _type_of(fact, enums) | None, label))
    name = "".join(word.capitalize() for word in kind.code.replace(".", "_").split("_"))
    return formed(name, shape, f"{kind.label.zh}; {kind.label.en}")


def enum_of(fact: Fact, enums: Enums) -> type[Enum]:
    """The values of a fact as an enum; one for all forms."""
    if fact.code not in enums:
        name = "".join(word.capitalize() for word in fact.code.split("_"))
        members = {value.upper(): value for value in fact.values or {}}
        made: Any = EnumType.__call__(Enum, name, members)
        made.__doc__ = f"{fact.label.zh}; {fact.label.en}"
        enums[fact.code] = made
    return enums[fact.code]


def _type_of(fact: Fact, enums: Enums) -> Any:
    if fact.type is FactType.ENUM:
        return enum_of(fact, enums)
    return {FactType.DECIMAL: Decimal, FactType.INT: int, FactType.BOOL: bool}[fact.type]


class _Hours:
    """Durations counted from two moments."""

    @staticmethod
    def facts(form: Any) -> Mapping[str, FactValue]:
        begins, ends = office_local(form.begins), office_local(form.ends)
        seconds = Decimal((ends - begins).total_seconds())
        return {
            "hours": seconds / SECONDS_AN_HOUR,
            "days": all_days(half_day_of(begins), half_day_of(ends)),
        }

    @staticmethod
    def first_day(form: Any) -> date:
        return office_local(form.begins).date()


class _Days:
    """Durations counted from two half-days, both included."""

    @staticmethod
    def facts(form: Any) -> Mapping[str, FactValue]:
        return {"days": all_days(form.begins, form.ends), "months": months(form.begins, form.ends)}

    @staticmethod
    def first_day(form: Any) -> date:
        day: date = form.begins.date
        return day


def _span_of(kind: Kind) -> type[_Hours] | type[_Days] | None:
    if "hours" in kind.facts:
        return _Hours
    return _Days if {"days", "months", "on_holiday"} & set(kind.facts) else None


def _facts(
    kind: Kind, span: type[_Hours] | type[_Days] | None
) -> Callable[[Any, Circumstances], Mapping[str, FactValue]]:
    def facts(form: Any, known: Circumstances) -> Mapping[str, FactValue]:
        if span is None or form.begins is None or form.ends is None:
            return {}
        holiday = not known.calendar.is_workday(span.first_day(form))
        noon = span is _Hours and touches_noon(form.begins, form.ends)
        found = {**span.facts(form), "on_holiday": holiday, "working_lunch": noon and not holiday}
        return {name: value for name, value in found.items() if name in kind.facts}

    return facts


def _requirements(span: type[_Hours] | type[_Days]) -> tuple[Requirement[Any], ...]:
    def whole(form: Any, _: Circumstances) -> bool:
        return (form.begins is None) == (form.ends is None)

    def in_order(form: Any, _: Circumstances) -> bool:
        if form.begins is None or form.ends is None:
            return True
        if span is _Hours:
            return bool(form.begins < form.ends and (form.ends - form.begins).days < REACH_DAYS)
        return form.begins.index <= form.ends.index and bool(
            all_days(form.begins, form.ends) <= REACH_DAYS
        )

    def day_of(form: Any) -> date:
        return span.first_day(form)

    near_enough = near("begins", day_of)
    return (
        Requirement("REQUIRED", ("ends",), whole),
        Requirement("END_BEFORE_START", ("ends",), in_order),
        Requirement(
            near_enough.code,
            near_enough.path,
            lambda form, known: form.begins is None or near_enough.holds(form, known),
        ),
    )


LONGEST = 40


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def of_kind(label: Label, about: str, period: Period | None) -> Summary:
    """What is asked for, for when, and what for: 公务用车，3月5日 09:00至11:00：送文件."""
    zh, en, said = label.zh, label.en, shortened(about)
    if period:
        span = days_between(period.begins.date(), last_day(period))
        begins, ends = f"{period.begins:%H:%M}", f"{period.ends:%H:%M}"
        zh, en = f"{zh}，{span.zh} {begins}至{ends}", f"{en}, {span.en} {begins} to {ends}"
    return Summary(f"{zh}：{said}", f"{en}: {said}")

"""Leave: absence from work by half-days, counted in the days that its kind says.

Working days: personal, sick, official, annual and compensatory leave, which take time out of work;
also marriage and bereavement leave, since the national notice grants one to three days away from
work for them and a rest day needs no leave. Calendar days: maternity and home-visit leave, whose
national rules include rest days and holidays, and paternity leave, which follows maternity leave.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from domain.approval.procedure import (
    Circumstances,
    Form,
    Procedure,
    Requirement,
    Summary,
    asked,
    explanation,
    near,
)
from domain.office.booking import Absence
from domain.time.calendar import Calendar
from domain.time.moments import (
    HALF,
    REACH_DAYS,
    Moment,
    Span,
    all_days,
    half_day_of,
    last_half_day_of,
    months,
    months_touched,
    period_of,
    years_touched,
)
from domain.time.wording import half_days_between, quantity
from domain.vocabulary import FactValue

_index = attrgetter("index")
MONTH_KINDS = frozenset({"leave.personal", "leave.sick", "leave.maternity"})
WORKING_DAY_KINDS = frozenset(
    {
        "leave.personal",
        "leave.sick",
        "leave.official",
        "leave.annual",
        "leave.marriage",
        "leave.bereavement",
        "leave.compensatory",
    }
)
CALENDAR_DAY_KINDS = frozenset({"leave.maternity", "leave.paternity", "leave.home_visit"})
SERVED_OTHERWISE = frozenset({"leave.return"})
"""Reporting back is an act on the leave itself."""


class LeaveReason(StrEnum):
    """Why personal leave is asked for, where a clause looks at it."""

    SELF_REQUIRED = "self_required"
    TOURISM = "tourism"
    NON_NEAR_RELATIVE_CEREMONY = "non_near_relative_ceremony"
    URGENT_MATTER = "urgent_matter"
    HOSPITAL_CARE = "hospital_care"


class CaredFor(StrEnum):
    """Whom somebody looks after in hospital."""

    SPOUSE = "spouse"
    PARENTS = "parents"
    WIFES_PARENTS = "wifes_parents"
    CHILDREN = "children"
    HUSBANDS_PARENTS = "husbands_parents"
    OTHER = "other"


class Leave(Form):
    """Away from the beginning of the first half-day to the end of the last."""

    begins: Moment = asked("开始", "Begins")
    ends: Moment = asked("结束", "Ends")
    explanation: str = explanation()


class HolidayLeave(Leave):
    """Leave that the law grants 法定假期."""

    work_arranged: bool | None = asked("工作已安排好", "The work is arranged for", default=None)


class PersonalLeave(Leave):
    """Leave for a matter of one's own 事假."""

    leave_reason: LeaveReason | None = asked("事由类别", "Reason for leave", default=None)
    special_case: bool | None = asked("属特殊情况", "Special case", default=None)
    cared_for: CaredFor | None = asked("被陪护的亲属", "Relative cared for", default=None)


class CompensatoryLeave(Leave):
    """Time off for overtime worked on a rest day or holiday 补休."""

    overtime_approved: bool | None = asked("加班经批准", "The overtime was approved", default=None)
    overtime_paid: bool | None = asked("加班已发补助", "The overtime was paid", default=None)


class Extension(Form):
    """A later end for a leave that stands 续假; judged on the total length."""

    leave_id: UUID = asked("所续的假", "The leave to extend")
    ends: Moment = asked("续至", "New end")
    explanation: str = explanation()


L = TypeVar("L", bound=Leave)


def counted(kind: str, calendar: Calendar, begins: Moment, ends: Moment) -> Decimal:
    """The length of a leave in the days that its kind counts."""
    if kind in WORKING_DAY_KINDS:
        return calendar.working_time(begins, ends)
    return all_days(begins, ends)


def leave_facts(
    kind: str, begins: Moment, ends: Moment, known: Circumstances, instead_of: UUID | None = None
) -> dict[str, FactValue]:
    """What rules may ask of a leave. `instead_of` is the request whose time it takes over."""
    facts: dict[str, FactValue] = {"days": counted(kind, known.calendar, begins, ends)}
    if kind in MONTH_KINDS:
        facts["months"] = months(begins, ends)
    personal = [
        (half_day_of(absence.period.begins), last_half_day_of(absence.period))
        for absence in known.absences
        if absence.kind == "leave.personal" and absence.request_id != instead_of
    ]
    if kind == "leave.personal":
        personal.append((begins, ends))
        in_a_year = _most(known.calendar, personal, years_touched(begins, ends))
        facts |= {
            "purpose": "private",
            "year_total_days": in_a_year,
            "personal_days_year": in_a_year,
        }
    if kind in {"leave.personal", "leave.sick"}:
        facts["month_total_days"] = _most(known.calendar, personal, months_touched(begins, ends))
    return facts


def _most(calendar: Calendar, spans: list[Span], windows: Iterator[Span]) -> Decimal:
    """The working time that the spans take from the window that they take most from."""
    return HALF * max(
        sum(
            calendar.half_days(max(begins, opens, key=_index), min(ends, closes, key=_index))
            for begins, ends in spans
        )
        for opens, closes in windows
    )


def _requirements(kind: str) -> tuple[Requirement[Any], ...]:
    always: tuple[Requirement[Leave], ...] = (
        Requirement(
            "END_BEFORE_START", ("ends",), lambda form, _: form.begins.index <= form.ends.index
        ),
        near("begins", lambda form: form.begins.date),
        near("ends", lambda form: form.ends.date),
        Requirement(
            "LEAVE_TOO_LONG",
            ("ends",),
            lambda form, _: all_days(form.begins, form.ends) <= REACH_DAYS,
        ),
    )

    def bound(moment: Moment, form: Leave, known: Circumstances) -> bool:
        return _may_bound(moment, kind, form.begins, form.ends, known.calendar)

    working: tuple[Requirement[Leave], ...] = (
        Requirement("BEGINS_ON_REST_DAY", ("begins",), lambda it, at: bound(it.begins, it, at)),
        Requirement("ENDS_ON_REST_DAY", ("ends",), lambda it, at: bound(it.ends, it, at)),
        Requirement("NOTHING_TO_COUNT", ("begins",), _counts_something),
    )
    return always + working if kind in WORKING_DAY_KINDS else always


def _may_bound(at: Moment, kind: str, begins: Moment, ends: Moment, calendar: Calendar) -> bool:
    """Whether a leave may begin or end there: one of months may on any day of the calendar."""
    by_months = kind in MONTH_KINDS and months(begins, ends) >= 1
    return by_months or kind not in WORKING_DAY_KINDS or calendar.is_workday(at.date)


def _counts_something(form: Leave, known: Circumstances) -> bool:
    backwards = form.ends.index < form.begins.index
    return backwards or known.calendar.half_days(form.begins, form.ends) > 0


def leave_of(kind: str, zh: str, en: str, form: type[L]) -> Procedure[L]:
    """A leave from one half-day to another."""

    def facts(form: L, known: Circumstances) -> Mapping[str, FactValue]:
        return leave_facts(kind, form.begins, form.ends, known)

    def summary(form: L, facts: Mapping[str, FactValue]) -> Summary:
        length = quantity(Decimal(facts["days"]), "day")
        span = half_days_between(form.begins, form.ends)
        return Summary(f"{zh} {length.zh}，{span.zh}", f"{en}, {length.en}, {span.en}")

    return Procedure(
        kind=kind,
        form=form,
        facts=facts,
        summary=summary,
        requirements=_requirements(kind),
        occupies=lambda form: period_of(form.begins, form.ends),
        reports_back=True,
    )


def _extension_facts(form: Extension, known: Circumstances) -> Mapping[str, FactValue]:
    leave = known.extends
    if leave is None:
        return {}
    begins = half_day_of(leave.period.begins)
    return leave_facts(leave.kind, begins, form.ends, known, instead_of=leave.request_id)


def _extension_summary(form: Extension, facts: Mapping[str, FactValue]) -> Summary:
    until = half_days_between(form.ends, form.ends)
    total = quantity(Decimal(facts["days"]), "day")
    return Summary(
        f"续假至{until.zh}，共 {total.zh}", f"Extension of leave to {until.en}, {total.en} in all"
    )


def _of_the_leave(
    holds: Callable[[Extension, Absence, Calendar], bool],
) -> Callable[[Extension, Circumstances], bool]:
    """A predicate on the leave that is extended; where there is none, another code says so."""
    return lambda form, known: known.extends is None or holds(form, known.extends, known.calendar)


_extension = Procedure(
    kind="leave.extension",
    form=Extension,
    facts=_extension_facts,
    summary=_extension_summary,
    requirements=(
        Requirement(
            "NO_LEAVE_TO_EXTEND",
            ("leave_id",),
            lambda _, known: (
                known.extends is not None
                and known.extends.kind in WORKING_DAY_KINDS | CALENDAR_DAY_KINDS
            ),
        ),
        near("ends", lambda form: form.ends.date),
        Requirement(
            "EXTENSION_NOT_LATER",
            ("ends",),
            _of_the_leave(lambda form, leave, _: form.ends.ends > leave.period.ends),
        ),
        Requirement(
            "LEAVE_TOO_LONG",
            ("ends",),
            _of_the_leave(
                lambda form, leave, _: (
                    all_days(half_day_of(leave.period.begins), form.ends) <= REACH_DAYS
                )
            ),
        ),
        Requirement(
            "ENDS_ON_REST_DAY",
            ("ends",),
            _of_the_leave(
                lambda form, leave, calendar: _may_bound(
                    form.ends, leave.kind, half_day_of(leave.period.begins), form.ends, calendar
                )
            ),
        ),
    ),
)

PROCEDURES: tuple[Procedure[Any], ...] = (
    leave_of("leave.personal", "事假", "Personal leave", PersonalLeave),
    leave_of("leave.sick", "病假", "Sick leave", Leave),
    leave_of("leave.official", "公假", "Official leave", Leave),
    leave_of("leave.annual", "年休假", "Annual leave", HolidayLeave),
    leave_of("leave.marriage", "婚假", "Marriage leave", HolidayLeave),
    leave_of("leave.paternity", "护理假", "Paternity leave", Leave),
    leave_of("leave.bereavement", "丧假", "Bereavement leave", HolidayLeave),
    leave_of("leave.home_visit", "探亲假", "Home-visit leave", HolidayLeave),
    leave_of("leave.compensatory", "补休", "Compensatory leave", CompensatoryLeave),
    _extension,
)

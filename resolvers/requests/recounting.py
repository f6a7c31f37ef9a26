"""Requests counted anew when the office's calendar changes: re-routed, sent back, or noted.

Only what the calendar says is derived anew; everything else stays as the request was judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.approval.corrections import is_less, rerouted
from domain.approval.counting import Derived, derive
from domain.approval.forms import read_form
from domain.approval.procedure import Circumstances
from domain.approval.recounts import (
    BACK,
    BEYOND,
    RECOUNTED,
    Facts,
    anew,
    said,
    sent_back,
    with_mark,
)
from domain.approval.request import Request, Status, Step, StepStatus
from domain.errors import Problem, Refused
from domain.office.booking import Absence
from domain.office.organisation import Seat, asked_already
from domain.rules.routes import Finding, Route
from domain.rules.rows import DECIDING
from domain.rules.switches import routed
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.people import load_applicant
from resolvers.ground.viewers import Viewer
from resolvers.records.accounts import post
from resolvers.requests.acting import accounts_of, changed, keep_act
from resolvers.requests.balances import Asked, found_on
from resolvers.requests.correcting import named_before
from resolvers.requests.demands import beyond_quota, ineligible, must_hold
from resolvers.requests.naming import named_on_form, on_duty_then
from resolvers.requests.papers import papers_before, papers_missing
from resolvers.requests.routing import rules_of, with_rules
from resolvers.requests.rows import REQUEST, RequestView, facts_of, read_request
from resolvers.requests.sending import tell
from resolvers.requests.submissions import Judged, placed, plain_facts

TOLD = {
    RECOUNTED: "REQUEST_RECOUNTED",
    BEYOND: "REQUEST_RECOUNTED_BEYOND",
    BACK: "REQUEST_RECOUNTED_BACK",
}
"""What people are told, by what became of the request."""

TOUCHED = statement(f"""
  select {REQUEST} from requests r
  where r.institution_id = :institution and r.status in ('pending', 'approved')
    and r.counted_from <= :last and r.counted_until >= :first
    and (r.provisional or not cast(:provisional as boolean))
  order by r.created_at, r.id for no key update of r""")
"""Locked before the chain is, as by everybody who acts on a request."""

SETTLE = statement("""
  update requests set counted_from = :first, counted_until = :last, provisional = :provisional
  where institution_id = :institution and id = :id""")
AWAY = statement("""
  update absences
  set days = coalesce(cast(cast(:total as text) as numeric),
                      days + cast(cast(:by as text) as numeric))
  where institution_id = :institution and request_id = :id""")
"""A leave moves by the difference, for it may have been extended; an extension tells the total."""


async def touched(
    context: Context, first: date, last: date, *, provisional: bool
) -> list[RequestView]:
    """The requests that stand and count these days, or of them those still provisional."""
    rows = await context.rows(
        TOUCHED, first=first, last=last, provisional=provisional, today=context.today
    )
    return [await with_rules(context, read_request(row)) for row in rows]


async def recount(
    context: Context, known: Sequence[RequestView], before: Calendar, after: Calendar
) -> None:
    """Count these requests by the calendar as it is now; each that differs is kept and told."""
    for view in known:
        who = await load_applicant(context, view.request.institution, view.request.applicant)
        old, new = _derived(view, who, before), _derived(view, who, after)
        alone = _derived(view, replace(who, absences=_extended(view, who)), after)
        stored = facts_of(view)
        facts = anew(stored, old.facts, new.facts, alone.facts)
        facts = {name: value for name, value in facts.items() if name in stored}
        if facts != stored:
            await _keep(context, view, who, facts, new)
        elif (view.counted, view.provisional) != (new.counted, new.provisional) and new.counted:
            await context.transaction.rows(
                SETTLE,
                institution=view.request.institution,
                id=view.id,
                first=new.counted[0],
                last=new.counted[1],
                provisional=new.provisional,
            )


def _extended(view: RequestView, who: Viewer) -> tuple[Absence, ...]:
    """The leave that an extension prolongs."""
    return tuple(each for each in who.absences if each.request_id == view.extends_id)


def _derived(view: RequestView, who: Viewer, calendar: Calendar) -> Derived:
    """What the form says by a calendar, as of its submission."""
    procedure = view.procedure
    others = tuple(each for each in who.absences if each.request_id != view.id)
    known = Circumstances(
        now=(view.submitted_at or view.created_at).astimezone(OFFICE_TIME),
        calendar=calendar,
        rank=str(view.facts.get("applicant_rank", "")),
        employment=who.person.employment,
        absences=others,
        extends=next(iter(_extended(view, who)), None),
        applicant=view.request.applicant,
    )
    return derive(procedure, read_form(procedure.form, view.form), known)


async def _keep(
    context: Context, known: RequestView, who: Viewer, facts: Facts, derived: Derived
) -> None:
    stored, judged = facts_of(known), await _judged(context, known, who, facts)
    words = said(stored, facts, judged.living.vocabulary.facts)
    mark = {"zh": words.zh, "en": words.en, "at": context.now.isoformat()}
    short = await _short(context, known, judged, derived)
    request, code = _goes_on(context, known, judged, short, mark)
    used = {seat for step in request.steps for seat in step.seats}
    view = replace(
        changed(context, known, request),
        facts={**known.facts, **plain_facts(facts)},
        claims=judged.route.claims or known.claims,
        counted=derived.counted,
        provisional=derived.provisional,
        seats={**known.seats, **{key: seat for key, seat in judged.seats.items() if key in used}},
    )
    await keep_act(context, view, "recounted", known, {"code": code, **mark}, answers=False)
    if code != BACK:
        await _away(context, view, stored.get("days"))
        await post(context, await accounts_of(context, view))
    await _tell(context, view, code, mark)


async def _away(context: Context, view: RequestView, before: FactValue | None) -> None:
    """Let the register of absences follow; a pending extension has not moved it yet."""
    days = facts_of(view).get("days")
    longer = view.extends_id if view.request.status is Status.APPROVED else None
    if isinstance(days, Decimal) and isinstance(before, Decimal):
        await context.transaction.rows(
            AWAY,
            institution=view.request.institution,
            id=longer or view.id,
            total=str(days) if longer else None,
            by=str(days - before),
        )


async def _judged(context: Context, known: RequestView, who: Viewer, facts: Facts) -> Judged:
    """The request with the route that its pinned rules give these facts."""
    living, submitted = known.living, known.submitted_at
    if living is None or submitted is None:
        raise RuntimeError("a request that was counted is judged by the rules that it is pinned to")
    on = submitted.astimezone(OFFICE_TIME).date()
    extends = next(iter(_extended(known, who)), None)
    rules = rules_of(living, known.request.kind, on, extends)
    switches = living.switched(known.request.kind)
    found = routed(rules, facts, switches)
    unit = known.unit_id or known.id
    seat = Seat(known.seat_id or known.id, known.request.institution, "", unit, known.unit_name)
    try:
        named = named_before(known)
        people = await named_on_form(context, who.person, living, found, seat, named)
    except Refused:
        people = {}
    form = read_form(known.procedure.form, known.form)
    posts = await on_duty_then(context, known.request.kind, form, seat)
    nearest = {**who.nearest.get(unit, {}), **posts, **people}
    named_by = seat, nearest, extends
    return Judged(who, form, facts, rules, found, living, *named_by, switches=switches)


async def _short(
    context: Context, known: RequestView, judged: Judged, derived: Derived
) -> tuple[Problem, ...]:
    """That as counted now it takes more than is left; what is approved has been taken."""
    if known.request.status is not Status.PENDING or not derived.counted:
        return ()
    kind, day = known.request.kind, derived.counted[0]
    asked = Asked(known.request.applicant, kind, day, known.id, judged.extends, judged.form)
    procedure, facts = known.procedure, judged.facts
    found = await found_on(context, judged.living, procedure, asked, facts, holding=True)
    return found.problems


def _goes_on(
    context: Context,
    known: RequestView,
    judged: Judged,
    short: Sequence[Problem],
    mark: Mapping[str, Any],
) -> tuple[Request, str]:
    """The request as counted now, and what became of it."""
    request, before = known.request, facts_of(known)
    was, now = routed(judged.rules, before, judged.switches), judged.route
    same = now.finding is Finding.ROUTED and _turns(was) == _turns(now)
    less = is_less(before, judged.facts)
    kept = {"code": RECOUNTED, **mark}
    if request.status is Status.APPROVED:
        code = RECOUNTED if same or less else BEYOND
        return with_mark(request, {**mark, "code": code}), code
    asked = any(each.decided_by not in {None, request.applicant} for each in request.steps)
    try:
        _must_stand(known, judged)
        must_hold(short)
        if same and (less or not asked):
            return with_mark(request, kept), RECOUNTED
        route = placed(context, judged, context.now)
    except Refused:
        return sent_back(request, {**mark, "code": BACK}), BACK
    return rerouted(request, route, less=less, mark=kept, now=context.now), RECOUNTED


def _must_stand(known: RequestView, judged: Judged) -> None:
    """What clauses demand of the facts as they are now, and that something is left to count.

    Raises: Refused: naming what does not hold.
    """
    if judged.facts.get("days") == 0:
        raise Refused("NOTHING_TO_COUNT")
    living, kind, facts = judged.living, known.request.kind, judged.facts
    on = (known.submitted_at or known.created_at).astimezone(OFFICE_TIME).date()
    must_hold(papers_missing(living, kind, facts, papers_before(known), on))
    must_hold(ineligible(living, known.procedure, facts))
    must_hold(beyond_quota(living, known.procedure, facts))


def _turns(found: Route) -> list[tuple[int, tuple[str, ...], str]]:
    return [(turn.place, turn.roles, turn.act) for turn in found.steps]


async def _tell(context: Context, view: RequestView, code: str, mark: Mapping[str, Any]) -> None:
    """Tell the applicant, and once each whoever is asked now, decided last or keeps the record."""
    request = view.request
    decided = [e.decided_in for e in request.steps if e.act in DECIDING and e.decided_in]
    asked = [seat for step in request.steps if _keeps(step) for seat in step.seats]
    seats = [view.seats[each] for each in dict.fromkeys((*decided[-1:], *asked))]
    people = [frozenset({request.applicant}), *({h.id for h in seat.holders} for seat in seats)]
    again = asked_already([frozenset(each) for each in people])
    reached = [(request.applicant, request.institution)]
    reached += [(seat.id, seat.institution) for seat in seats]
    to = [each for index, each in enumerate(reached) if index not in again]
    await tell(context, view, TOLD[code], to, zh=mark["zh"], en=mark["en"])


def _keeps(step: Step) -> bool:
    return step.status is StepStatus.OPEN or (
        step.act == "record" and step.status is StepStatus.DONE
    )

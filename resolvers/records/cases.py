"""An event of a case: whose it is, what it asks for, and what it leaves behind."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from domain import CASES
from domain.errors import Problem, Refused
from domain.messages import EN
from domain.records.cases import HANDLER, Deed, Said, after, follow, is_handled_by, lacking, tried
from domain.rules.phrases import region_said
from domain.shapes.asking import read_measures
from domain.shapes.paths import Obstacle, Transition, no_transition
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import STAGE, Act, FactValue
from resolvers.ground.context import Context
from resolvers.records.acts import Acting, Verdict, acted, judged, seats_of, titles
from resolvers.records.case_notices import handlers, tell
from resolvers.records.case_rows import CaseView, find, keep, record, units_led
from resolvers.records.handlers import handler_of
from resolvers.requests.papers import Attachment, attachment_problems
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, entrust, happened

NOTHING = Deed()


@dataclass(frozen=True)
class Asked:
    """An event, as it was sent."""

    event: str
    text: str = ""
    unit: UUID | None = None
    person: UUID | None = None
    department: str = ""
    document: Attachment | None = None
    answer_form: str = ""
    measures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Next:
    """An event that may follow: whose it is, what it asks for, and why the viewer may not."""

    transition: Transition
    by: tuple[str, ...]
    demands: tuple[str, ...]
    reasons: tuple[Problem, ...]


async def act(context: Context, case_id: UUID, version: int, asked: Asked) -> UUID:
    """Let an event happen to a case.

    Raises:
        Refused: the case has changed, the event is another's, the path does not let it follow, or
            something that it asks for is missing: each reason with its clause.

    """
    view = await find(context, case_id)
    case, living = view.case, view.living
    if case.version != version:
        raise Refused("CASE_CHANGED", version=case.version)
    rows = follow(case.path, case.state, living.shapes.paths)
    named = tuple(each for each in rows if each.event == asked.event)
    deed = CASES[case.kind].deeds.get(asked.event)
    if not named or deed is None:
        raise _no_transition(view, asked.event, rows)
    acting = _acting(view, named[0], await seats_of(context, case.kind, view.known), context)
    said = await _said(context, view, deed, named, asked)
    known = {**view.known, **deed.means, **said.measures}
    if said.answer_form:
        known["answer_form"] = said.answer_form
    against = lacking(deed, case, said)
    if deed.throttled and case.urged_at and _day(case.urged_at) == context.today:
        against.append(Problem("URGED_TODAY", ("event",), named[0].clause))
    found = tried(case, asked.event, known, living.shapes, await context.calendar(), context.now)
    if found.taken is None or against:
        against += [obstacle(each, living, context.language) for each in found.obstacles]
        raise _refused((found.taken or named[0]).clause, against)
    now = after(case, deed, said, found.taken, living.shapes.paths, context.now)
    stated = {name for each in named for name in each.when.regions} & known.keys()
    event = _event(found.taken, acting, said, {name: _plain(known[name]) for name in stated})
    await keep(context, now, event)
    reached = now.state if now.state != case.state else asked.event
    subject = Subject(
        case.id,
        context.viewer.institution,
        case.kind,
        case.id,
        (case.registered_by,),
        view.known,
    )
    await happened(context, [f"{case.kind}.{reached}"], subject, living=living)
    if now.assigned_at != case.assigned_at:
        handling = tuple(sorted(await handlers(context, now)))
        await entrust(context, replace(subject, responsible=handling))
    await tell(context, now, asked.event, found.taken.clause)
    await record(context, now, event)
    return case.id


def _acting(
    view: CaseView, each: Transition, seats: Sequence[Acting], context: Context
) -> tuple[str, Acting | None]:
    """The role and seat that the viewer acts in; who handles the case needs none."""
    verdict = whose(view, each.event, seats, context)
    if not verdict.allowed:
        told = titles(view.taking, verdict.whose)
        raise Refused("NOT_YOURS_TO_DO", clause=verdict.clause or each.clause, **told)
    acted(context, verdict)
    if verdict.acting is None:
        led, _ = units_led(context, seats)
        return verdict.role, next((seat for seat in seats if seat.unit in led), None)
    return verdict.role, verdict.acting


def whose(view: CaseView, event: str, seats: Sequence[Acting], context: Context) -> Verdict:
    """Whether a stage is the viewer's. Whom the case is about lends nobody a turn in it."""
    case, me = view.case, context.viewer.person.id
    about = case.complained_person_id
    left = [seat for seat in seats if not (about and seat.loan and seat.loan.lender == about)]
    led, _ = units_led(context, left)
    borne = {HANDLER} if is_handled_by(case, me, led) else ()
    thing, known = CASES[case.kind].thing, {**vars(case), STAGE: event}
    unit = case.handler_unit_id
    return judged(view.taking, thing, Act.TAKE, known, left, borne, unit=unit)


async def _said(
    context: Context, view: CaseView, deed: Deed, named: Sequence[Transition], asked: Asked
) -> Said:
    """What is said with the event, if it asks for it; the handler as the institution knows them."""
    clause = named[0].clause
    looked_at = {name for each in named for name in each.when.regions}
    measures = read_measures(asked.measures, view.living.shapes.measures, named)
    found = list(_misstated(view, deed, looked_at, asked))
    wants = "handler" in deed.leaves
    handler: Mapping[str, Any] = {}
    if wants and (asked.unit or asked.person):
        handler, unfit = await handler_of(context, view.case, asked.unit, asked.person)
        found += [replace(each, clause=clause) for each in unfit]
    if asked.document:
        wrong = attachment_problems((asked.document,), "document")
        found += [replace(each, path=each.path[1:]) for each in wrong]
    if found:
        raise _refused(clause, found)
    return Said(
        text=asked.text.strip(),
        handler=handler,
        department=asked.department.strip(),
        document=asdict(asked.document) if asked.document else {},
        answer_form=asked.answer_form or deed.form,
        measures=measures,
    )


def _misstated(view: CaseView, deed: Deed, looked_at: set[str], asked: Asked) -> Iterator[Problem]:
    for name in asked.measures:
        if name in view.case.facts or name in deed.means or name == "answer_form":
            yield Problem("KNOWN_OF_THE_CASE", ("measures", name))
        elif name not in looked_at:
            yield Problem("ASKED_BY_NOBODY", ("measures", name))
    given = {
        "unitId": asked.unit and "handler" not in deed.leaves,
        "personId": asked.person and "handler" not in deed.leaves,
        "department": asked.department and "forwarded" not in deed.leaves,
        "answerForm": asked.answer_form and (deed.form or "answer" not in deed.leaves),
    }
    yield from (Problem("ASKED_BY_NOBODY", (name,)) for name, wrong in given.items() if wrong)


def may_follow(view: CaseView) -> tuple[Transition, ...]:
    return follow(view.case.path, view.case.state, view.living.shapes.paths)


def next_events(
    context: Context, view: CaseView, seats: Sequence[Acting], calendar: Calendar
) -> list[Next]:
    """What may follow now, once for each event, and what is already against it for this viewer."""
    case, found = view.case, []
    deeds = CASES[case.kind].deeds
    rows = follow(case.path, case.state, view.living.shapes.paths)
    for each in {row.event: row for row in reversed(rows)}.values():
        deed = deeds.get(each.event, NOTHING)
        known = {**view.known, **deed.means}
        if deed.form:
            known["answer_form"] = deed.form
        barred = tried(case, each.event, known, view.living.shapes, calendar, context.now)
        told = [
            obstacle(one, view.living, context.language)
            for one in barred.obstacles
            if one.until or one.measure in known
        ]
        open_still = {one.transition for one in barred.obstacles} - {
            one.transition for one in barred.obstacles if one.until or one.measure in known
        }
        against = [] if barred.taken or open_still else told
        verdict = whose(view, each.event, seats, context)
        if not verdict.allowed:
            told_whose = titles(view.taking, verdict.whose)
            clause = verdict.clause or each.clause
            against.append(Problem("NOT_YOURS_TO_DO", (), clause, told_whose))
        found.append(Next(each, verdict.whose, deed.demands, tuple(against)))
    return found[::-1]


def obstacle(each: Obstacle, living: LivingRulebook, language: str) -> Problem:
    clause, measure = each.transition.clause, each.measure
    if each.until or measure is None or each.region is None:
        until = each.until.date().isoformat() if each.until else ""
        return Problem("WAIT_NOT_OVER", ("event",), clause, {"until": until})
    label = region_said(each.region, living.shapes.measures[measure])
    said = label.en if language == EN else label.zh
    path = (measure,) if measure == "answer_form" else ("measures", measure)
    return Problem("GUARD_NOT_MET", path, clause, {"region": said})


def _no_transition(view: CaseView, event: str, rows: Iterable[Transition]) -> Refused:
    """The clauses that know the event are cited, though it does not follow on this state."""
    case = view.case
    path = [each for each in view.living.shapes.paths if each.id == case.path]
    details = no_transition(path, case.state, event, rows)
    clauses = dict.fromkeys(each.clause for each in path if each.event == event)
    found = [Problem("NO_TRANSITION", ("event",), one, details) for one in clauses or (None,)]
    return _refused(next(iter(clauses), None), found)


def _refused(clause: str | None, found: Sequence[Problem]) -> Refused:
    problems = [replace(each, path=tuple(map(_camel, each.path))) for each in found]
    return Refused("CASE_NOT_READY", clause=clause, problems=problems, count=len(problems))


def _camel(name: str) -> str:
    return {"answer_form": "answerForm", "handler": "personId"}.get(name, name)


def _event(
    taken: Transition, acting: tuple[str, Acting | None], said: Said, measures: Mapping[str, Any]
) -> dict[str, Any]:
    role, seat = acting
    told: dict[str, Any] = {
        "handler": {k: str(v) for k, v in said.handler.items() if v},
        "department": said.department,
        "document": dict(said.document),
        "answer_form": said.answer_form,
    }
    if seat and seat.loan:
        told["acting_for"] = {
            "delegation": str(seat.loan.delegation),
            "lender_name": seat.loan.lender_name,
            "document": seat.loan.document,
        }
    return {
        "event": taken.event,
        "origin": taken.origin,
        "target": taken.target,
        "role": role,
        "clause": taken.clause,
        "comment": said.text,
        "seat_id": seat.seat if seat else None,
        "measures": measures,
        "particulars": {name: value for name, value in told.items() if value},
    }


def _plain(value: FactValue) -> str | bool:
    return value if isinstance(value, bool | str) else str(value)


def _day(at: Any) -> Any:
    return at.astimezone(OFFICE_TIME).date()

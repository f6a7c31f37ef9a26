"""What an act on a request means to clocks: on which occasions, and those of coming back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.approval.counting import derive
from domain.approval.forms import read_form
from domain.approval.procedure import Circumstances
from domain.approval.request import Status, StepStatus
from domain.approval.times import AHEAD, starts_of
from domain.office.notices import Notice
from domain.shapes.house_clocks import CONFIRMED, MOOT
from domain.time.moments import OFFICE_TIME, Period, half_day_of, last_half_day_of
from domain.time.wording import half_days_between
from resolvers.ground.context import Context
from resolvers.ground.keeping import Longer
from resolvers.requests.rows import RequestView, facts_of
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened, shown_done
from resolvers.time.clocks_foreseen import Foreseen, foresee, read_with
from resolvers.time.spoken import spoken


def coming_back(
    context: Context, view: RequestView, subject: Subject
) -> Iterator[tuple[list[str], Subject, datetime]]:
    """What runs to and from an approved absence; an extension moves the first one's end."""
    kind, absent, longer = view.request.kind, _absent(view), longer_for(view)
    leaves = absent.begins.replace(tzinfo=OFFICE_TIME) if absent else context.now
    if leaves > context.now and not longer:
        yield [f"{kind}.leaves"], subject, leaves
    ends = longer.ends if longer else absent.ends if absent else None
    if ends is None:
        return
    away = longer.request if longer else view.id
    of_absence = replace(subject, id=away, request=away, responsible=(view.request.applicant,))
    # A period ends where the next would begin: its last day is the one before midnight. Nobody can
    # report back before the approval.
    at = max(ends.replace(tzinfo=OFFICE_TIME) - timedelta(seconds=1), context.now)
    yield [*([f"{kind}.extended"] if longer else []), f"{kind}.ends"], of_absence, at


def longer_for(view: RequestView) -> Longer | None:
    """What an approved extension makes of the leave that it extends."""
    if view.extends_id is None or view.request.status is not Status.APPROVED:
        return None
    ends = read_form(view.procedure.form, view.form).ends
    return Longer(view.extends_id, ends.ends, str(view.facts["days"]))


def held_until(
    view: RequestView, subject: Subject
) -> Iterator[tuple[list[str], Subject, datetime]]:
    """What runs from the end of the time for which the request has something."""
    procedure = view.procedure
    booked = procedure.books(read_form(procedure.form, view.form)) if procedure.books else None
    if booked:
        # Who made use of it need not be who is to do what follows.
        of_it = replace(subject, responsible=())
        yield [f"{view.request.kind}.ends"], of_it, booked.period.ends.replace(tzinfo=OFFICE_TIME)


async def days_until(context: Context, view: RequestView, back: datetime) -> str:
    """How long an absence has been, in the days of its kind, for who is at work again then.

    The half-day of the return is worked.
    """
    procedure = view.procedure
    form, ends = read_form(procedure.form, view.form), half_day_of(back).begins
    if procedure.occupies is None or ends <= (away := procedure.occupies(form)).begins:
        return "0"
    shorter = replace(form, ends=last_half_day_of(Period(away.begins, ends)))
    known = Circumstances(context.now, await context.calendar(), rank="", employment="")
    return str(derive(procedure, shorter, known).facts["days"])


def told_back(view: RequestView, code: str, back: datetime, by: UUID) -> tuple[Notice, ...]:
    """Who decided on an absence, and whose it is, are told that it is given up or since when over.

    Whoever says so, `by` whom it is known, is not told.
    """
    half = half_day_of(back)
    here, when = view.request.institution, half_days_between(half, half)
    said = {**view.label.both, "number": view.number, "when": when.both}
    to = {view.request.applicant, *(e.decided_by for e in view.request.steps)} - {None, by}
    return tuple(
        Notice(code, each, here, said, request=view.id, request_institution=here)
        for each in sorted(filter(None, to))
    )


def _absent(view: RequestView) -> Period | None:
    procedure = view.procedure
    if procedure.occupies is None or not procedure.reports_back:
        return None
    return procedure.occupies(read_form(procedure.form, view.form))


MOVED = {StepStatus.OPEN: "opened", StepStatus.DONE: "done"}
"""What may happen to a turn that a clock runs for."""


@dataclass(frozen=True)
class Occasion:
    """What happens to something that clocks run for, and when, if that is not now."""

    events: Sequence[str]
    subject: Subject
    at: datetime | None = None


def occasions_of(
    context: Context, view: RequestView, event: str, known: RequestView | None
) -> list[Occasion]:
    """Everything that an act makes happen to the request and to its turns."""
    kind, request = view.request.kind, view.request
    names = [event]
    if known is None or known.request.status is not request.status:
        names.append(request.status.value)
    if event == "submitted" and "begins" in view.form:
        begins = starts_of(read_form(view.procedure.form, view.form))
        names += [AHEAD] if begins and begins > context.now else []
    if request.completed_at and not (known and known.request.completed_at):
        names.append("completed")
    before = {step.id: step.status for step in known.request.steps} if known else {}
    names += [
        f"{step.role}.{step.act}.{MOVED[step.status]}"
        for step in request.steps
        if step.status in MOVED and before.get(step.id) is not step.status
    ]
    subject = subject_of(view)
    found = [Occasion([f"{kind}.{name}" for name in names], subject)]
    if Status.APPROVED.value in names:
        later = *coming_back(context, view, subject), *held_until(view, subject)
        found += [Occasion(*each) for each in later]
    for step in request.steps:
        if step.confirms and before.get(step.id) is StepStatus.OPEN is not step.status:
            said = CONFIRMED if step.status is StepStatus.DONE else MOOT
            found.append(Occasion([said], replace(subject, id=step.id)))
    return found


async def foreseen_at(
    context: Context, view: RequestView, known: RequestView | None, occasions: Sequence[Occasion]
) -> Foreseen | None:
    """What becomes of the clocks, where all of them were read with the request.

    None where another request is concerned, or somebody was faster the first time: then each
    clock is looked at once the chain is held.
    """
    read = known.clocks if known else ()
    of_others = any(each.subject.request != view.id for each in occasions)
    if read is None or of_others or context.overtaken or view.living is None:
        return None
    foreseen = await read_with(context, read)
    for each in occasions:
        await foresee(context, foreseen, each.events, each.subject, view.living, at=each.at)
    return foreseen


async def come_about(
    context: Context, view: RequestView, occasion: Occasion, *, foreseen: bool
) -> None:
    """What follows of an occasion once the act is kept."""
    events, subject, at = occasion.events, occasion.subject, occasion.at
    if foreseen and view.living:
        await shown_done(context, events, subject, view.living, at=at)
    else:
        await happened(context, events, subject, at=at, living=view.living)


def shows(living: LivingRulebook | None, occasions: Iterable[Occasion]) -> bool:
    """Whether something that recurs is shown done by what happened."""
    return living is not None and any(spoken(living, each.events).shows for each in occasions)


def subject_of(view: RequestView) -> Subject:
    """The request as that which clocks run for; whoever holds an open turn answers for it."""
    request = view.request
    open_to = {
        seat for step in request.steps if step.status is StepStatus.OPEN for seat in step.seats
    }
    return Subject(
        id=view.id,
        institution=request.institution,
        kind=request.kind,
        request=view.id,
        responsible=tuple(sorted(open_to)) or (request.applicant,),
        facts=facts_of(view),
        applicant=request.applicant,
        unit=view.unit_id,
    )

"""What a leaver leaves behind, and everything that would be left without a successor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.approval.verbs import count_named
from domain.errors import Problem, at_fault
from domain.messages import say
from domain.office.organisation import Seat
from domain.office.posts import ONE_DAY, Appointment, holders_on
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.office import appointments
from resolvers.office.appointments import Colleague, beyond
from resolvers.office.hanging import LEAVING, Hangs, still_hanging, still_has
from resolvers.requests.rows import REQUEST, RequestView, read_request
from resolvers.rules.rulebooks import LivingRulebook

NAMING = statement(f"""
  select {REQUEST} from requests r
  where r.institution_id = :institution and r.status in ('pending', 'approved')
    and r.applicant_id <> :person and exists (
      select from steps t
      where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round)
        and t.status in ('open', 'waiting') and :person = any(t.seats))
  order by r.created_at, r.id for no key update of r""")
"""The requests in which a turn still to be taken names the person.

Locked before the chain is, as by everybody who acts on a request.
"""

SUCCESSORS = ("input", "successors")
STEPS_TO = ("input", "stepsToPersonId")


@dataclass(frozen=True)
class Leaving:
    """Who leaves, after which day, and who follows: by seat, and for what names the person."""

    person: UUID
    last_day: date
    document: str
    reason: str = ""
    successors: Mapping[UUID, UUID] = field(default_factory=dict)
    steps_to: UUID | None = None

    @property
    def day_after(self) -> date:
        return self.last_day + ONE_DAY


@dataclass(frozen=True)
class Behind:
    """What the hand-over moves, as it stands."""

    leaver: Colleague
    ending: tuple[Appointment, ...]
    seats: Mapping[UUID, Seat]
    held: tuple[Appointment, ...]
    people: Mapping[UUID, Colleague]
    naming: tuple[RequestView, ...]
    living: LivingRulebook
    kept: tuple[Hangs, ...] = ()

    def holders(self, seat: UUID, day: date) -> frozenset[UUID]:
        return holders_on((each for each in self.held if each.seat == seat), day)


async def left_behind(context: Context, leaving: Leaving) -> Behind:
    """Everything that the leaver has, read under the institution's lock.

    Raises: Refused: nobody is meant, or the person has handed over already.
    """
    leaver = await appointments.colleague(context, leaving.person, "personId")
    if leaver.leaves is not None:
        name, day = leaver.name, leaver.leaves
        raise at_fault("HANDED_OVER_ALREADY", "input", "personId", name=name, day=day)
    ending = beyond(await appointments.of_person(context, leaver.id), leaving.last_day)
    wanted = sorted({each.seat for each in ending} | leaving.successors.keys())
    named = {*leaving.successors.values(), leaving.steps_to or leaver.id}
    rows = await context.rows(NAMING, person=leaver.id, today=context.today)
    living = await context.rulebook()
    return Behind(
        leaver=leaver,
        ending=tuple(ending),
        seats=await appointments.seats(context, wanted),
        held=tuple(await appointments.of_seats(context, wanted)),
        people=await appointments.colleagues(context, sorted(named)),
        naming=tuple(read_request(row) for row in rows),
        living=living,
        kept=tuple(await still_hanging(context, living, leaver.id, LEAVING)),
    )


def lacking(context: Context, leaving: Leaving, behind: Behind) -> Iterator[Problem]:
    """Everything that would be left without a successor, or with one who may not be it."""
    own = dict.fromkeys(each.seat for each in behind.ending)
    for seat, person in leaving.successors.items():
        if seat not in own:
            details = {"name": behind.leaver.name}
            yield Problem("NOT_A_SEAT_OF_THEIRS", SUCCESSORS, details=details)
        elif problem := _wrong(leaving, behind, person, SUCCESSORS):
            yield problem
    for seat in own:
        others = behind.holders(seat, leaving.day_after) - {leaving.person}
        if seat not in leaving.successors and not others:
            yield _vacated(context, behind, behind.seats[seat])
    yield from _lacking_steps(context, leaving, behind)
    for kept in behind.kept:
        yield still_has(kept, behind.leaver.name, "input", "personId")


def _wrong(leaving: Leaving, behind: Behind, person: UUID, path: tuple[str, ...]) -> Problem | None:
    """What is wrong with a successor, whatever they take over."""
    if person == leaving.person:
        return Problem("SUCCESSOR_LEAVES", path)
    known = behind.people.get(person)
    if known is None:
        return Problem("NOT_OF_THIS_OFFICE", path)
    if known.leaves is not None:
        return Problem("HAS_LEFT", path, details={"name": known.name, "day": known.leaves})
    return None


def _vacated(context: Context, behind: Behind, seat: Seat) -> Problem:
    title = say(context.language, behind.living.vocabulary.roles[seat.role].label)
    details = {"title": title, "unit": seat.unit}
    return Problem("SUCCESSOR_NEEDED", SUCCESSORS, details=details)


def _lacking_steps(context: Context, leaving: Leaving, behind: Behind) -> Iterator[Problem]:
    named = count_named((view.request for view in behind.naming), leaving.person)
    if leaving.steps_to is None:
        if named:
            yield Problem("STEPS_NEED_SUCCESSOR", STEPS_TO, details={"count": named})
        return
    if problem := _wrong(leaving, behind, leaving.steps_to, STEPS_TO):
        yield problem
    elif leaving.steps_to == context.viewer.person.id:
        yield Problem("NOT_TO_ONESELF", STEPS_TO)
    elif any(view.request.applicant == leaving.steps_to for view in behind.naming):
        yield Problem("OWN_REQUEST", STEPS_TO)

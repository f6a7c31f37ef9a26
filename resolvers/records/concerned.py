"""Whom a consequence concerns: upon whom it is laid, who reviews an objection, until when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.office.notices import Notice
from domain.office.organisation import LEADS_A_UNIT, Seat
from domain.records.consequences import CONSEQUENCE, TO_CARRY_OUT, Stand, Turn
from domain.rules.rows import RuleRow
from domain.shapes.clocks import concerned
from domain.shapes.count_words import Whose
from domain.shapes.running import State
from domain.vocabulary import STAGE, Act, Role
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.records.acts import roles_that_may, speaking
from resolvers.records.check_rows import SEATS_OF
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import clock_rows
from resolvers.time.clock_rows import read_kept
from resolvers.time.clocks import Subject, happened
from resolvers.time.duty_rows import seat_ids, seats_by_role

HELD = "a.begins <= :day and (a.ends is null or a.ends >= :day)"
OVER = statement(f"""
  with recursive up (unit_id, depth) as (
    select cast(:unit as uuid), 0 where cast(:unit as uuid) is not null
    union
    select s.unit_id, 0 from appointments a
    join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
    where a.institution_id = :institution and a.person_id = cast(:person as uuid) and {HELD}
    union
    select u.parent_id, up.depth + 1 from up
    join units u on (u.institution_id, u.id) = (:institution, up.unit_id)
    where u.parent_institution_id = :institution and up.depth < 40
  ), held as (
    select a.person_id, n.depth
    from (select unit_id, max(depth) as depth from up group by unit_id) n
    join seats s on (s.institution_id, s.unit_id) = (:institution, n.unit_id)
    join appointments a on (a.institution_id, a.seat_id) = (s.institution_id, s.id)
    where s.role = any(cast(:roles as text[])) and {HELD}
  )
  select distinct person_id from held
  where depth = (select min(depth) from held) order by person_id""")
"""Who held one of these roles on a day, nearest to a unit or to where somebody serves; of their
units one that lies above another of them is the farther.
"""
WITH = statement("""
  select distinct l.person_id from roster_slots mine
  join rosters r on (r.institution_id, r.id) = (mine.institution_id, mine.roster_id)
  join roster_slots l on l.institution_id = mine.institution_id
    and l.begins < mine.ends and mine.begins < l.ends
  join rosters x on (x.institution_id, x.id) = (l.institution_id, l.roster_id)
  where mine.institution_id = :institution and mine.person_id = :person and mine.day = :day
    and r.state = 'settled' and x.state = 'settled' and x.roster = r.roster
    and l.post = :post and l.person_id is not null order by l.person_id""")
"""Who stood at a post of the roster while somebody had a turn of a day."""


def leads(role: Role | None) -> bool:
    return role is not None and role.level >= LEADS_A_UNIT


async def laid_on(
    context: Context, living: LivingRulebook, whose: Whose, of: UUID, role: str, day: date
) -> Sequence[UUID]:
    """Who answers where a clause names a role that is not theirs whom the lines are about.

    A post of a roster is whoever's it was during that turn; what leads a unit is the nearest's.
    Nobody where it is their own, or where nobody held it.
    """
    rows: Sequence[Mapping[str, Any]] = ()
    if whose is Whose.PERSON and role in {each.post for each in living.shapes.rosters}:
        rows = await context.rows(WITH, person=of, day=day, post=role)
    else:
        known = living.vocabulary.roles
        members = known[role].members if role in known and whose is Whose.PERSON else ()
        roles = [each for each in members or (role,) if leads(known.get(each))]
        told = {"person": None, "unit": None, whose.value: of}
        if roles:
            rows = await context.rows(OVER, roles=roles, day=day, **told)
    found = [row["person_id"] for row in rows]
    return () if of in found else found


def decided_by(living: LivingRulebook, of: str, trigger: str, stands: Stand) -> Act:
    """An objection is reviewed by whom a line lets confirm it, or else by who decides."""
    reviews = speaking(living, of, Act.CONFIRM, {STAGE: trigger})
    return Act.CONFIRM if stands is Stand.OBJECTED and reviews else Act.TAKE


def looking_into(living: LivingRulebook, of: str, trigger: str) -> tuple[RuleRow, ...]:
    """The lines by which others look into it first; one that names no trigger is of checks."""
    rows = speaking(living, of, Act.INSPECT, {STAGE: trigger})
    return tuple(row for row in rows if STAGE in row.when.regions)


def heard_by(living: LivingRulebook, of: str, trigger: str, stands: Stand) -> Act:
    """Whoever a line lets look into it first writes down what they heard, or else who decides."""
    looks = looking_into(living, of, trigger)
    return Act.INSPECT if looks else decided_by(living, of, trigger, stands)


def carried_by(living: LivingRulebook, of: str, trigger: str) -> Act:
    """Whoever a line lets carry it out does so, or else who decides."""
    return Act.CARRY_OUT if speaking(living, of, Act.CARRY_OUT, {STAGE: trigger}) else Act.TAKE


async def holders_of(
    context: Context, living: LivingRulebook, of: str, act: Act, trigger: str
) -> tuple[Seat, ...]:
    """The seats of the office whose roles may do this of what a trigger brings up."""
    roles, institution = (
        roles_that_may(living, of, act, {STAGE: trigger}),
        living.rulebook.institution,
    )
    found = await seats_by_role(context.transaction, institution, roles, context.today)
    return tuple(seat for seats in found.values() for seat in seats)


async def must_be_in_time(context: Context, told: Mapping[str, Any]) -> None:
    """Raises: Refused: the time that a clause gives to object is over."""
    rows = await context.rows(clock_rows.OF_SUBJECT, subject=told["proposal_id"])
    for kept in await read_kept(context.services.rulebooks, rows):
        running = kept.running
        over = running.state is State.EXPIRED or running.due_at < context.now
        if concerned(running.clock.stops, [_event(told, Turn.OBJECTED)]) and over:
            due = f"{running.due_at:%Y-%m-%d}"
            raise Refused("OBJECTION_TOO_LATE", clause=running.clock.clause, due=due)


async def to_be_told(context: Context, told: Mapping[str, Any]) -> Sequence[UUID]:
    """Who is told of it and may object: whoever answers, the person, or the seats of the unit."""
    if told["answers"] or told["person_id"]:
        return told["answers"] or [told["person_id"]]
    return [row["id"] for row in await context.rows(SEATS_OF, unit=told["unit_id"])]


async def set_clocks(
    context: Context, living: LivingRulebook, of: str, told: Mapping[str, Any], turn: Turn
) -> None:
    """Start and stop what a turn concerns; whom it is about may object, reviewers must answer."""
    institution = context.viewer.institution
    if turn is Turn.OBJECTED:
        act = decided_by(living, of, told["trigger"], Stand.OBJECTED)
        responsible = seat_ids(await holders_of(context, living, of, act, told["trigger"]))
    else:
        responsible = [*await to_be_told(context, told)]
    subject = Subject(
        told["proposal_id"],
        institution,
        CONSEQUENCE,
        None,
        tuple(sorted(responsible)),
        applicant=told["person_id"],
    )
    await happened(context, [_event(told, turn)], subject)


async def to_be_carried_out(
    context: Context,
    living: LivingRulebook,
    of: str,
    told: Mapping[str, Any],
    turn: Turn,
    *,
    carried: bool,
) -> None:
    """Once it is decided, or revoked after it was `carried` out: tell who does it, start clocks."""
    if turn is Turn.REVOKED and carried:
        await _tell_carriers(context, living, of, told, "CONSEQUENCE_TO_GIVE_BACK")
    if turn not in (Turn.IMPOSED, Turn.UPHELD) or carried:
        return
    seats = await _tell_carriers(context, living, of, told, "CONSEQUENCE_TO_CARRY_OUT")
    of_it = told["proposal_id"], context.viewer.institution, CONSEQUENCE, None
    subject = Subject(*of_it, tuple(sorted(seat_ids(seats))))
    await happened(context, [_event(told, TO_CARRY_OUT)], subject)


async def _tell_carriers(
    context: Context, living: LivingRulebook, of: str, told: Mapping[str, Any], code: str
) -> tuple[Seat, ...]:
    """Tell whoever carries it out, where that is not who decides; whose seats these are."""
    act = carried_by(living, of, told["trigger"])
    seats = await holders_of(context, living, of, act, told["trigger"])
    if act is Act.CARRY_OUT:
        people = {each.id for seat in seats for each in seat.holders}
        about: dict[str, Any] = {"clause": told["clause"], "subject": told["proposal_id"]}
        of_it = context.viewer.institution, told["label"]
        await announce(context, *(Notice(code, to, *of_it, **about) for to in sorted(people)))
    return seats


def _event(told: Mapping[str, Any], turn: str) -> str:
    return f"{CONSEQUENCE}.{told['trigger']}.{turn}"

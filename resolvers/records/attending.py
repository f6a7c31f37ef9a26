"""Who comes to a sitting: who is due and told of it, who sits in, who came, and who was heard."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain import SITTINGS
from domain.errors import Refused, at_fault
from domain.office.notices import Notice
from domain.office.organisation import Person
from domain.records.sittings import Came, voices_of
from domain.shapes.count_words import Whose
from domain.shapes.votes import MOST_VOTERS, Voicing
from domain.time.moments import OFFICE_TIME
from domain.values.bounds import must_lie
from domain.vocabulary import BODY, Act, RoleClass
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction
from resolvers.ground.notices import announce
from resolvers.ground.people import serving
from resolvers.ground.reading import read_as
from resolvers.records import sitting_rows as rows
from resolvers.records.acts import roles_that_may
from resolvers.records.bodies import held, record, was_held
from resolvers.records.chairing import must_chair, standing_for
from resolvers.records.concerned import laid_on
from resolvers.records.sitting_rows import Item, Member, Sitting
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.duty_rows import seats_by_role


def roles_of(living: LivingRulebook, person: Person) -> set[str]:
    """Those of somebody's seats, and their rank."""
    return {*person.roles, living.rank(person.roles)}


def roles_due(living: LivingRulebook, body: str) -> tuple[frozenset[str], frozenset[str]]:
    """Which roles are due at a body, and which come only where a matter concerns them."""
    named = {role for vote in living.shapes.votes if vote.body == body for role in vote.due}
    voices = voices_of(living.shapes.voices, Voicing.CONCERNED, body)
    concerned = standing_for(living, {role for each in voices for role in each.who})
    due = standing_for(living, {body, *named} - {role for each in voices for role in each.who})
    return due, concerned - due


Called = tuple[str, str, datetime, UUID, tuple[UUID, ...]]
"""A sitting, by its kind, its body, when it begins, who called it and whom it invited."""


async def due(
    context: Context, reading: Transaction, keys: list[Called]
) -> dict[Called, list[Member]]:
    """Who is due at each of some sittings by their seats, who keeps it and was invited."""
    living, found = await context.rulebook(), dict[Called, list[Member]]()
    asked = [_asked(living, at, key) for at, key in enumerate(keys)]
    here = context.viewer.institution
    for row in await reading.rows(rows.DUE, institution=here, asked=asked):
        found.setdefault(keys[row["at"]], []).append(read_as(Member, row))
    return {key: found.get(key, []) for key in keys}


def _asked(living: LivingRulebook, at: int, key: Called) -> dict[str, Any]:
    kind, body, begins, called_by, invited = key
    chairs = _chairs(living, f"{kind}.{body}.held")
    return {
        "at": at,
        "everybody": bool(chairs) or next(e.everybody for e in SITTINGS if e.code == kind),
        "of": called_by if chairs else None,
        "chairs": chairs,
        "roles": sorted(roles_due(living, body)[0]),
        "keeping": sorted(_keeping(living, body)),
        "day": begins.astimezone(OFFICE_TIME).date(),
        "invited": invited,
    }


def _keeping(living: LivingRulebook, body: str) -> set[str]:
    """Who keeps the record of a body, and sits in for that."""
    return {each.minutes_by for each in living.shapes.votes if each.body == body} - {""}


def _chairs(living: LivingRulebook, event: str) -> list[str]:
    """The seats that each hold such a meeting with those of their own unit."""
    roles = living.vocabulary.roles
    own = {
        row.who for row in living.shapes.cadences if row.each == row.who and event in row.shown_by
    }
    return sorted(each for each in own if roles[each].role_class is not RoleClass.BODY)


async def convene(context: Context, sitting: Mapping[str, Any]) -> None:
    """Tell whoever is due, or invited, that a body meets.

    Raises: Refused: somebody invited is not of the office.
    """
    invited = sitting["invited"]
    if len(await serving(context, invited)) < len(invited):
        raise at_fault("UNKNOWN_MEMBER", "invited")
    key = sitting["kind"], sitting["body"], sitting["begins_at"], sitting["called_by"]
    of = (*key, tuple(invited))
    asked = (await due(context, context.transaction, [of]))[of]
    living, here = await context.rulebook(), context.viewer.institution
    said = {
        "body": living.vocabulary.roles[sitting["body"]].label.zh,
        "number": sitting["number"],
        "at": f"{sitting['begins_at'].astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}",
    }
    code = next(e.told for e in SITTINGS if e.code == sitting["kind"])
    told = (each.id for each in asked if each.id != context.viewer.person.id)
    about: Any = {"details": said, "subject": sitting["id"]}
    await announce(context, *(Notice(code, to, here, **about) for to in told))


async def attend(
    context: Context,
    sitting_id: UUID,
    counts: tuple[int | None, int | None],
    members: Mapping[UUID, Came],
    chair: UUID | None,
) -> None:
    """Record who came, and who chaired: how many were due and present, or the members by name."""
    sitting = await held(context, rows.LOCK, sitting_id)
    if any(item.ballot or item.voters for item in sitting.items):
        raise Refused("ATTENDANCE_STANDS")
    by_name = bool(members) and counts == (None, None)
    kind = next(kind for kind in SITTINGS if kind.code == sitting.kind)
    everybody = kind.everybody
    if everybody and not by_name:
        raise at_fault("MEMBERS_ASKED", "members")
    known = await serving(context, members)
    names = {each.id: each.name for each in known.values()}
    if members.keys() - names.keys():
        raise at_fault("UNKNOWN_MEMBER", "members")
    if everybody:
        today = context.today
        all_due = await context.rows(rows.EVERYBODY, today=today)
        names = {row["id"]: row["name"] for row in all_due} | names
    else:
        members = await _seated(context, sitting, members, list(known.values()))
    counted = {key for key in names if key not in members or not members[key].sits_in}
    attended = sum(each.attended for key, each in members.items() if key in counted)
    eligible, present = (len(counted), attended) if by_name else counts
    if eligible is None or present is None or (members and not by_name):
        raise at_fault("COUNT_OR_MEMBERS", "eligible")
    must_lie(eligible, 1, MOST_VOTERS, "eligible")
    must_lie(present, 0, eligible, "present")
    if chair:
        await must_chair(context, sitting.body, chair, members)
    asked_off = await context.rows(rows.EXCUSED, kind=kind.excused_by, id=sitting_id)
    excused = {row["applicant_id"] for row in asked_off}
    came = [
        {"person_id": each, "name": name, **asdict(_came(members.get(each), each in excused))}
        for each, name in names.items()
    ]
    await context.rows(
        rows.ATTEND,
        id=sitting_id,
        people=list(names),
        members=came,
        eligible=eligible,
        present=present,
        chair=chair,
    )
    if sitting.eligible is None:
        await was_held(context, sitting)
        await _to_be_minuted(context, sitting)
    said = {"eligible": eligible, "present": present, "chair": chair, "members": came}
    await record(context, "sitting_attended", sitting_id, said)


def _came(said: Came | None, excused: bool) -> Came:
    """As it was said; who did not come is excused where that was approved beforehand."""
    came = said or Came(attended=False)
    return replace(came, excused=not came.attended and (came.excused or excused))


async def _to_be_minuted(context: Context, sitting: Sitting) -> None:
    """Tell the seats that may close the minutes that these are still open."""
    living, here = await context.rulebook(), context.viewer.institution
    roles = roles_that_may(living, sitting.kind, Act.KEEP, {BODY: sitting.body})
    seats = await seats_by_role(context.transaction, here, roles, context.today)
    said = {
        "body": living.vocabulary.roles[sitting.body].label.zh,
        "number": sitting.number,
    }
    to = [seat.id for of in seats.values() for seat in of]
    about: Any = {"details": said, "subject": sitting.id}
    await announce(context, *(Notice("MINUTES_TO_CLOSE", each, here, **about) for each in to))


async def _seated(
    context: Context, sitting: Sitting, members: Mapping[UUID, Came], people: Sequence[Person]
) -> dict[UUID, Came]:
    """The members, those who only sit in told apart: invited, or entered so by whoever keeps it.

    Raises: Refused: somebody only keeps the record, or no matter concerns them.
    """
    living = await context.rulebook()
    due_there, concerned = roles_due(living, sitting.body)
    apart = _keeping(living, sitting.body) - due_there
    held_by = {each.id: roles_of(living, each) for each in people}
    sits_in = {key for key in members if members[key].sits_in or key in sitting.invited}
    sits_in -= {key for key in sits_in if held_by[key] & due_there}
    left = [each for each in people if each.id not in sits_in and not held_by[each.id] & due_there]
    if keeping := [each.name for each in left if held_by[each.id] & apart]:
        raise at_fault("SITS_IN", "members", names="、".join(keeping))
    if unasked := [each.name for each in left if held_by[each.id] & concerned]:
        clause = voices_of(living.shapes.voices, Voicing.CONCERNED, sitting.body)[0].clause
        raise at_fault("NOT_CONCERNED", "members", clause=clause, names="、".join(unasked))
    return {key: replace(each, sits_in=key in sits_in) for key, each in members.items()}


async def heard(
    context: Context,
    sitting: Sitting,
    item: Item,
    said: Mapping[UUID, str],
    out: Sequence[Member],
    *,
    asked: bool,
    unit: UUID | None,
) -> list[dict[str, Any]]:
    """What was said on an item and by whom; in writing by the absent. `asked`: it is resolved.

    Of a role that leads a unit, whoever leads the one that asks is heard, and nobody instead.

    Raises: Refused: somebody is not of the sitting, or one whom a clause has heard said nothing.
    """
    living, by_id = await context.rulebook(), {each.id: each for each in sitting.members}
    if said.keys() - by_id.keys():
        raise at_fault("NOT_OF_SITTING", "heard")
    voices = voices_of(living.shapes.voices, Voicing.HEARD, sitting.body, item.matter)
    if asked and voices:
        clause = voices[0].clause
        if not sitting.members:
            raise Refused("MEMBERS_ASKED", clause=clause)
        spoke = [roles_of(living, each) for each in (await serving(context, said)).values()]
        roles = {role for each in voices for role in each.who}
        silent = []
        for role in sorted(roles - {sitting.body}):
            heads: Sequence[UUID] = ()
            if unit:
                heads = await laid_on(context, living, Whose.UNIT, unit, role, context.today)
            stands = standing_for(living, [role])
            if not (said.keys() & {*heads} if heads else any(stands & theirs for theirs in spoke)):
                silent.append(living.vocabulary.roles[role].label.zh)
        if sitting.body in roles:
            silent += [
                each.name
                for each in sitting.members
                if each.attended and not each.sits_in and each not in out and each.id not in said
            ]
        if silent:
            raise at_fault("NOT_HEARD", "heard", clause=clause, names="、".join(silent))
    return [
        {"name": of.name, "person": of.id, "said": said[of.id], "in_writing": not of.attended}
        for of in map(by_id.__getitem__, said)
    ]

"""Breaking the glass: whoever runs the server gives an office back somebody to administer it.

It lifts no hard rule: administrators stay apart, and what they do waits for a second person as
ever. It stands in the ledger with its reason, and everybody who administers is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Problem, invalid
from domain.office import changes as to
from domain.office.notices import Notice
from domain.office.planning import planned
from domain.office.roll import Member, Office
from domain.vocabulary import Vocabulary
from resolvers.ground import ledger
from resolvers.ground.database import Transaction
from resolvers.ground.notices import notify
from resolvers.ground.one_time_links import issue
from resolvers.ground.second_factors import FORGET, FORGET_CODES
from resolvers.ground.sessions import END_ALL
from resolvers.office.accounts import ABLE
from resolvers.office.administering import APART, HELD
from resolvers.office.appointments import ALONE
from resolvers.office.founding import KNOWN, rules_at_the_server, wrong_with
from resolvers.office.roll import read_office, write


@dataclass(frozen=True)
class Breaking:
    """Who is to administer what of which office, why, and who says so at the server."""

    institution: str
    account: str
    role: str
    reason: str
    by: str


async def break_glass(
    transaction: Transaction,
    given: Breaking,
    words: Vocabulary,
    at: datetime,
    new_id: Callable[[], UUID],
) -> str:
    """Appoint somebody of the office, if they are not, and let them in: a one-time link.

    Their account is enabled, its sessions end and its second factor is forgotten.

    Raises: Refused: with everything that is wrong; nothing is kept.
    """
    here, today = given.institution, at.date()
    await transaction.act_as(here)
    await transaction.rows(ALONE, institution=here)
    if not await transaction.rows(KNOWN, institution=here):
        raise invalid([wrong_with("institution", "UNKNOWN_INSTITUTION", institution=here)])
    before = await read_office(transaction, here)
    member = next((e for e in before.people.values() if e.account == given.account), None)
    problems = [*_wrong(given, member, words)]
    if problems or member is None:
        raise invalid(problems)
    changes = [*_changes(before, member, given.role, at, new_id)]
    plan = planned(before, changes, rules_at_the_server(words, today))
    if plan.faults:
        faults = [each.problem for each in plan.faults]
        raise invalid([wrong_with("role", each.code, **each.details) for each in faults])
    await write(transaction, here, before, plan.after)
    who: dict[str, Any] = {"institution": here, "person": member.id}
    await transaction.rows(ABLE, institution=here, account=member.account, at=None)
    await transaction.rows(END_ALL, **who, but=None, now=at)
    await transaction.rows(FORGET_CODES, **who)
    await transaction.rows(FORGET, **who)
    link = await issue(transaction, here, member.account, at)
    held = await transaction.rows(HELD, institution=here, roles=sorted(APART), today=today)
    role = words.roles[given.role].label
    said = {"name": member.name, "role": given.role, "title": role.zh, "reason": given.reason}
    told = {row["person_id"] for row in held}
    await notify(transaction, [Notice("GLASS_BROKEN", each, here, said) for each in told], at)
    content = {"whom": member.id, "account": member.account, "role": given.role}
    content |= {"reason": given.reason, "by": given.by, "appointed": bool(changes)}
    await ledger.append(transaction, here, "glass_broken", at, content)
    return link


def _wrong(given: Breaking, member: Member | None, words: Vocabulary) -> Iterator[Problem]:
    if given.role not in APART:
        every = "、".join(words.roles[each].label.zh for each in sorted(APART))
        yield wrong_with("role", "NOT_AN_ADMINISTRATOR", roles=every)
    if not given.reason.strip():
        yield wrong_with("reason", "REQUIRED")
    if member is None:
        yield wrong_with("account", "ACCOUNT_NOT_FOUND")


def _changes(
    before: Office, member: Member, role: str, at: datetime, new_id: Callable[[], UUID]
) -> Iterator[Any]:
    """What makes them that administrator from today on."""
    places = [key for key, each in before.places.items() if each.role == role and not each.ends]
    held = before.appointments.values()
    if any(e.person == member.id and e.seat in places and e.holds_on(at.date()) for e in held):
        return
    seat = places[0] if places else new_id()
    if not places:
        top = next(key for key, each in before.units.items() if each.is_the_office)
        yield to.AddSeat(seat, role, top)
    yield to.Appoint(new_id(), seat, member.id, at.date())

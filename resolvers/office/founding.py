"""An institution made: its first unit, two founders, and what the second consent is by."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.errors import Problem, invalid, must_be_none
from domain.office import changes as to
from domain.office.organisation import institutions
from domain.office.planning import planned
from domain.office.roll import Office, Rules
from domain.tables import PLATFORM
from domain.vocabulary import Act, RoleClass, Vocabulary
from policies.lines import Line
from policies.loading import Source, load
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground import ledger
from resolvers.ground.connections import INSTITUTION
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.ground.one_time_links import issue
from resolvers.office.administering import APART, AREA, FOUNDERS, OBJECT
from resolvers.office.roll import write
from resolvers.requests.words import camel
from resolvers.rules.rulebook_rows import store_version
from resolvers.running.jobs import enqueue
from resolvers.time.duty_jobs import job_of

KNOWN = statement("select from institutions where institution_id = :institution")
MAKE = insertion(institutions)
FOUNDED = "founded"
"""Why the first version of a rulebook was recorded."""


@dataclass(frozen=True)
class Founding:
    """An institution to be made; `founders` are names with accounts, `second` is a role.

    Without a `second` another system administrator confirms what needs two.
    """

    code: str
    name: str
    name_en: str
    founders: Sequence[tuple[str, str]]
    second: str = ""


@dataclass(frozen=True)
class Founder:
    """Who may sign in by a link that is told once."""

    name: str
    account: str
    link: str


async def found(
    transaction: Transaction,
    new: Founding,
    words: Vocabulary,
    at: datetime,
    new_id: Callable[[], UUID],
) -> list[Founder]:
    """Make it; the transaction acts for it hereafter.

    Raises: Refused: with everything that is wrong; nothing is kept.
    """
    problems = [*_wrong(new, words)]
    must_be_none(problems)
    await transaction.act_as(new.code)
    if await transaction.rows(KNOWN, institution=new.code):
        raise invalid([wrong_with("code", "INSTITUTION_EXISTS", institution=new.code)])
    changes = [*_changes(new, at, new_id)]
    plan = planned(Office(), changes, rules_at_the_server(words, at.date()))
    if plan.faults:
        raise invalid([_fault(each.problem) for each in plan.faults])
    await transaction.rows(MAKE, rows=[_row(new)])
    await write(transaction, new.code, Office(), plan.after)
    if new.second:
        source = _rulebook(new)
        load(source, words)
        await store_version(transaction, source, 1, effective_from=None, reason=FOUNDED, at=at)
    # A worker that runs already would not know of it before its next start.
    await enqueue(transaction, [job_of(new.code, at.date())], at)
    people = [*plan.after.people.values()]
    content = {"role": new.second, "founders": [each.id for each in people]}
    await ledger.append(transaction, new.code, "institution_founded", at, content)
    return [
        Founder(each.name, each.account, await issue(transaction, new.code, each.account, at))
        for each in people
    ]


def _wrong(new: Founding, words: Vocabulary) -> Iterator[Problem]:
    if not INSTITUTION.fullmatch(new.code) or not new.code[0].isalpha():
        yield wrong_with("code", "NOT_A_CODE")
    if not new.name.strip():
        yield wrong_with("name", "REQUIRED")
    if len(new.founders) < (1 if new.code == PLATFORM else 2):
        yield wrong_with("founders", "TWO_FOUNDERS")
    if new.second and new.second not in words.roles:
        yield wrong_with("second", "UNKNOWN_ROLE", role=new.second)


def rules_at_the_server(words: Vocabulary, today: date) -> Rules:
    """What whoever runs the server is held to: no office's own rules, administrators apart."""
    seats = {code: each for code, each in words.roles.items() if each.role_class is RoleClass.SEAT}
    return Rules(today, today, seats, words.facts, apart=sorted(APART))


def wrong_with(name: str, code: str, /, **details: Any) -> Problem:
    return Problem(code, ("input", name), None, details)


def _fault(problem: Problem) -> Problem:
    return Problem(
        problem.code, ("input", "founders", *map(camel, problem.path)), None, problem.details
    )


def _changes(new: Founding, at: datetime, new_id: Callable[[], UUID]) -> Iterator[Any]:
    [role] = ROLES_BY_PERMISSION["institutions.create"] if new.code == PLATFORM else FOUNDERS
    unit, seat = new_id(), new_id()
    yield to.AddUnit(unit, new.name)
    yield to.AddSeat(seat, role, unit)
    for name, account in new.founders:
        person = new_id()
        # The platform's own accounts have no @: they sign in to no office.
        plain = account.strip().removesuffix(f"@{new.code}")
        full = plain if new.code == PLATFORM else f"{plain}@{new.code}"
        yield to.AddPerson(person, name, full)
        yield to.Appoint(new_id(), seat, person, at.date())


def _row(new: Founding) -> dict[str, Any]:
    return {
        "institution_id": new.code,
        "name": new.name.strip(),
        "name_en": new.name_en.strip() or new.name.strip(),
        "policy_epoch": 0,
        "organisation_epoch": 0,
        "founding": new.code != PLATFORM,
        "second_factor": True,
    }


def _rulebook(new: Founding) -> Source:
    """Who confirms administrative acts, as the founders' own interpretation."""
    clause = "interpretation/1"
    row = (
        new.second,
        new.code,
        OBJECT,
        Act.CONFIRM,
        "always",
        "organisation-1",
        "1",
        clause,
        "allow",
    )
    title = "本机关的解释(创建时确定)"
    cited = (clause, title, "interpretation", AREA, "", "", "", "", "管理事项由第二人确认")
    return Source(new.code, (Line("", 1, row),), (Line("", 1, cited),))

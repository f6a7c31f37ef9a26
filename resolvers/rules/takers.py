"""Open cases that nobody could take on by the lines of a draft."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain import CASE_KINDS
from domain.records.case_paths import follow
from domain.records.cases import Case, CaseKind
from domain.rulebook import Rulebook
from domain.rules.rows import ALLOW
from domain.vocabulary import STAGE, Act
from resolvers.ground.aside import aside
from resolvers.ground.database import Transaction
from resolvers.ground.derived import derived
from resolvers.records.acts import roles_that_may, speaking
from resolvers.records.case_rows import columns_of, read
from resolvers.rules.authority import held
from resolvers.rules.rulebooks import LivingRulebook, living_of
from resolvers.running.services import Services

CHUNK = 500


@derived
def _open(kind: CaseKind[Any]) -> str:
    return f"""select * from {kind.table.name}
        where institution_id = :institution and standing and id > :after
        order by id limit :most"""


async def without_taker(
    services: Services,
    institution: str,
    before: Rulebook,
    after: Rulebook,
    on: date,
    reads: Callable[[], AbstractAsyncContextManager[Transaction]],
) -> list[dict[str, Any]]:
    """The open cases that nobody who serves could take on, by kind and state, and one of each.

    `today` is how many of them nobody can take on by the rules in force either.
    """
    lives = [living_of(0, book, on) for book in (after, before)]
    many: Counter[tuple[str, str]] = Counter()
    today: Counter[tuple[str, str]] = Counter()
    numbers: dict[tuple[str, str], str] = {}
    async with reads() as reading:
        holds = await held(reading, institution, on)
    for kind in CASE_KINDS:
        last = UUID(int=0)
        while True:
            async with reads() as reading:
                of = {"institution": institution, "after": last, "most": CHUNK}
                rows = await reading.rows(_open(kind), **of)
            if not rows:
                break
            last = rows[-1]["id"]
            cases = [
                read(kind, row, await services.rulebooks.version(institution, row[VERSION]))
                for row in rows
            ]
            for case in await aside(partial(_stuck, lives[0], kind, cases, holds), patient=True):
                place = kind.code, case.state
                many[place] += 1
                today[place] += bool(_stuck(lives[1], kind, [case], holds))
                numbers.setdefault(place, case.number)
    return [
        {"of": of, "state": state, "cases": number, "today": today[of, state]}
        | {"number": numbers[of, state]}
        for (of, state), number in sorted(many.items())
    ]


VERSION = "rulebook_version"


def _stuck(
    living: LivingRulebook, kind: CaseKind[Any], cases: list[Case[Any]], holds: frozenset[str]
) -> list[Case[Any]]:
    """Those that something may follow, of which nobody could do any."""
    found = []
    for case in cases:
        facts = {**columns_of(case), **case.facts}
        events = [row.event for row in follow(kind, case, living.shapes.paths)]
        if events and not any(_taken(living, kind, {**facts, STAGE: e}, holds) for e in events):
            found.append(case)
    return found


def _taken(
    living: LivingRulebook, kind: CaseKind[Any], facts: Mapping[str, Any], holds: frozenset[str]
) -> bool:
    """Whether somebody holds a seat that may do it, or stands in the case as one who may."""
    bears = living.vocabulary.objects[kind.code].bears
    borne = (
        row.effect == ALLOW and facts.get(bears.get(row.role, ""))
        for row in speaking(living, kind.code, Act.TAKE, facts)
    )
    return bool(roles_that_may(living, kind.code, Act.TAKE, facts) & holds) or any(borne)

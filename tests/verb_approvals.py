"""Nothing is approved but by the route that the pinned rules give the stored facts, asked anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.rules.routes import Finding, RouteStep, route
from domain.rules.rows import DECIDING
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactType
from tests.verb_office import Office
from tests.verb_snapshot import Row


async def nothing_lacks(office: Office, request: Row, steps: Sequence[Row]) -> None:
    """Approved: each turn that the pinned rules ask for was agreed to, or says why it fell away."""
    repeated = {step["repeats"] for step in steps}
    corrected = [mark["at"] for mark in request["marks"] if _asks_everybody_anew(mark)]
    since = max(map(datetime.fromisoformat, corrected), default=None)
    last = [
        step
        for step in steps
        if step["id"] not in repeated and not step["confirms"] and step["status"] != "cancelled"
    ]
    for step in last:
        if step["added_to"]:
            assert _agreed(step, None), f"approved without a signer who was asked: {step}"
    left = [step for step in last if not step["added_to"]]
    turns = await pinned_route(office, request)
    asked = [turn for turn in turns if not any(_fits(s, turn) and _fell_away(s) for s in left)]
    for turn in required(asked):
        fit = [step for step in left if _fits(step, turn)]
        done = next((step for step in fit if _agreed(step, since)), None)
        assert done, f"approved without {turn}: {fit or left}"
        left.remove(done)


def _asks_everybody_anew(mark: Mapping[str, Any]) -> bool:
    """A correction by which any number grew, or anything else than a number changed."""
    if mark["code"] != "CORRECTED":
        return False
    pairs = [(mark["before"].get(name), value) for name, value in mark["after"].items()]
    return any(not _is_less(was, is_now) for was, is_now in pairs)


def _is_less(was: Any, is_now: Any) -> bool:
    try:
        return Decimal(str(is_now)) < Decimal(str(was))
    except InvalidOperation:
        return False


def _agreed(step: Row, since: datetime | None) -> bool:
    agreed = step["status"] == "done" and step["decision"] == "agree"
    given = datetime.fromisoformat(step["decided_at"]) if agreed else None
    return agreed and (since is None or (given is not None and given >= since))


def _fell_away(step: Row) -> bool:
    return step["status"] == "skipped" and bool(step["skipped"]["code"])


def _fits(step: Row, turn: RouteStep) -> bool:
    roles = {step["role"], *step["alternatives"]}
    return step["act"] == turn.act and roles <= set(turn.roles)


def required(turns: Sequence[RouteStep]) -> list[RouteStep]:
    """The turns that an approval waits for: up to the last decision, else the last signature."""
    for acts in (DECIDING, {"sign"}):
        places = [turn.place for turn in turns if turn.act in acts]
        if places:
            return [turn for turn in turns if turn.place <= max(places)]
    return []


async def pinned_route(office: Office, request: Row) -> tuple[RouteStep, ...]:
    """What the pinned version says of the stored facts, asked anew."""
    rulebooks, version = office.api.services.rulebooks, request["rulebook_version"]
    book = (await rulebooks.version(request["institution_id"], version)).rulebook
    on = datetime.fromisoformat(request["submitted_at"]).astimezone(OFFICE_TIME).date()
    numbers = {FactType.DECIMAL, FactType.INT}
    facts = {
        name: Decimal(value) if book.vocabulary.facts[name].type in numbers else value
        for name, value in request["facts"].items()
        if name in book.vocabulary.facts
    }
    found = route(book.rules_for(request["kind"], on), facts)
    assert found.finding is Finding.ROUTED, f"approved though the rules say {found.finding}"
    return found.steps

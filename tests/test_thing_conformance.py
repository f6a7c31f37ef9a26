"""Every thing: its keeper enters and changes it, others may not, what bars having one is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain import THINGS
from domain.approval.forms import form_fields
from domain.areas.rooms import Room
from domain.areas.vehicles.fleet import Vehicle, VehiclePool
from domain.records.bookable import Wish
from domain.records.things import Thing
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import Period
from policies.messages import MESSAGES
from resolvers.requests.words import camel
from tests.fleet import fleet
from tests.office import REFUSAL, Api, Visitor, problems
from tests.registers import BOOKS, a_card, entered, keeper_of

__all__ = ["fleet"]
each_thing = pytest.mark.parametrize("thing", THINGS, ids=lambda each: each.name)
HOLIDAY = datetime.fromisoformat("2026-05-01T09:00")
CARDS: Mapping[str, Any] = {
    "vehicle.archive": Vehicle(
        plate="鲁B·R0201", model="红旗H5", engine_number="E1", frame_number="F1", passengers=9,
        pool=VehiclePool.OFFICE, parking_place="院内",
    ),
    "room.card": Room(name="小会议室", seats=12),
}  # fmt: skip
"""Things that are to be had."""
BARRED: Mapping[str, Mapping[str, Any]] = {
    "VEHICLE_RETIRED": {"retired_on": HOLIDAY.date()},
    "VEHICLE_SEALED": {},
    "VEHICLE_TOO_SMALL": {"passengers": 4},
    "ROOM_CLOSED": {"closed_on": HOLIDAY.date()},
    "ROOM_TOO_SMALL": {"seats": 4},
}
"""What of the card makes it each bar's own counter-example, for five people on a holiday."""


@dataclass
class Kept:
    thing: Thing
    institution: str
    keeper: Visitor
    card: dict[str, Any]

    async def change(self, visitor: Visitor, key: str, version: int, **more: Any) -> Any:
        word = self.thing.reference.word
        known = {"thingId": key, "expectedVersion": version, "idempotencyKey": str(uuid4())}
        return await visitor.one(
            f"mutation ($input: Change{word}Input!) {{ change{word}(input: $input) {{ __typename"
            f" ... on ThingKept {{ version }} ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": {**self.card, **known, **more}},
        )

    async def end(self, visitor: Visitor, key: str, version: int) -> Any:
        known = {"thingId": key, "expectedVersion": version, "idempotencyKey": str(uuid4())}
        return await visitor.one(
            "mutation ($input: MoveThingInput!) { moveThing(input: $input) { __typename"
            f" ... on ThingKept {{ version }} ... on Refusal {{ {REFUSAL} }} }} }}",
            {"input": {**known, "move": "ENDED", "text": "报废"}},
        )


@pytest.fixture
async def kept(fleet: Api, thing: Thing) -> Kept:
    offices = (
        book.institution
        for book in BOOKS
        if any(each.register == thing.name for each in book.registers)
    )
    institution = next(offices)
    keeper = await keeper_of(fleet, institution, thing)
    return Kept(thing, institution, keeper, await a_card(fleet, institution, thing))


@each_thing
async def test_a_keeper_enters_once_for_each_key_and_nobody_else_does(kept: Kept, fleet: Api):
    first = await entered(kept.keeper, kept.thing, kept.card, key="once")
    assert first["version"] == 1, first
    assert await entered(kept.keeper, kept.thing, kept.card, key="once") == first
    stranger = await fleet.person(f"staff@{kept.institution}")
    elsewhere = await fleet.person("staff@county-organs")
    before = await fleet.counts()
    more = await a_card(fleet, kept.institution, kept.thing)
    assert (await entered(stranger, kept.thing, more))["code"] == "NOT_A_KEEPER"
    assert (await kept.change(stranger, first["thingId"], 1))["code"] == "NOT_A_KEEPER"
    away = await kept.change(elsewhere, first["thingId"], 1)
    assert problems(away) == {("thingId", "THING_NOT_FOUND")}
    listed = f"{{ {camel(kept.thing.cards)} {{ edges {{ node {{ id }} }} }} }}"
    assert first["thingId"] not in str((await elsewhere.ask(listed)).body)
    assert await fleet.counts() == before


@each_thing
async def test_a_card_changes_by_versions_but_for_what_is_fixed(kept: Kept, fleet: Api):
    key = (await entered(kept.keeper, kept.thing, kept.card))["thingId"]
    assert (await kept.change(kept.keeper, key, 1))["version"] == 2
    assert (await kept.change(kept.keeper, key, 1))["code"] == "CHANGED_MEANWHILE"
    before = await fleet.counts()
    other = await a_card(fleet, kept.institution, kept.thing)
    for each in form_fields(kept.thing.card):
        if each.name in kept.thing.fixed and each.name in kept.thing.unique:
            said = {camel(each.name): other[camel(each.name)]}
            refused = await kept.change(kept.keeper, key, 2, **said)
            assert problems(refused) == {(camel(each.name), "FIXED")}
    assert await fleet.counts() == before


@each_thing
async def test_what_is_unique_is_borne_once_and_free_when_the_thing_has_ended(
    kept: Kept, fleet: Api
):
    key = (await entered(kept.keeper, kept.thing, kept.card))["thingId"]
    before = await fleet.counts()
    taken = {(camel(each), "ENTERED_ALREADY") for each in kept.thing.unique}
    assert problems(await entered(kept.keeper, kept.thing, kept.card)) == taken
    assert await fleet.counts() == before
    assert (await kept.end(kept.keeper, key, 1))["version"] == 2
    assert (await kept.change(kept.keeper, key, 2))["code"] == "THING_NOT_THERE"
    assert (await entered(kept.keeper, kept.thing, kept.card))["version"] == 1


@each_thing
def test_each_bar_stands_against_its_own_counter_example_and_says_so(thing: Thing):
    for bar in thing.bookable.bars if thing.bookable else ():
        free, changes = CARDS[thing.name], BARRED[bar.code]
        whole = Period(HOLIDAY, HOLIDAY + timedelta(days=1))
        assert bar.found(wish(free, 1)) is None
        details = bar.found(wish(replace(free, **changes), 5, whole))
        assert details is not None
        details = {thing.named_by: getattr(free, thing.named_by), **details}
        assert "{" not in MESSAGES[bar.code].say("en", dict(details))


def wish(card: Any, people: int, period: Period | None = None) -> Wish:
    return Wish(card, "", people, period, calendar_of(national_days()), HOLIDAY.date())

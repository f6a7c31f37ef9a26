"""Everybody tries everything, and the server dies in between: what holds all the same.

`GUIJU_STEPS` says how many steps to take and `GUIJU_SEED` which; what fails prints its story.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random
from time import monotonic
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from domain.errors import Refused
from resolvers.ground.ledger import complaints
from resolvers.running import postgres
from schema.ground.ids import read_id
from tests import verb_passing, verb_seats  # noqa: F401  # known once they are imported
from tests.verb_acts import OFTEN, VERBS, Act, Dice, attempt
from tests.verb_clocks import clocks_hold
from tests.verb_crashes import ANSWER_LOST, AT_COMMIT
from tests.verb_invariants import (
    acknowledged,
    holds,
    kept_back,
    mentions,
    one_winner,
    unchanged,
)
from tests.verb_office import Answer, Office, Running
from tests.verb_snapshot import Snapshot

STEPS = int(os.environ.get("GUIJU_STEPS", "700"))
SEED = int(os.environ.get("GUIJU_SEED", "20261121"))
A_RUN, ACTS_OF_A_RUN = 50, 30
"""In the rest of a run time passes, or the worker works."""
OFFICES = (
    ("hrss-bureau",),
    ("service-centre",),
    ("household-registration", "county-police-bureau", "city-police-bureau"),
)
MANY = 500
"""Steps after which each verb must have succeeded at least once."""

NOT_TOLD = {"attachments", "explanation", "document", "reason"}
CHANGE_SEATS = {"fillSeat", "endAppointment", "handOver"}

CHANCE = st.binary(min_size=6, max_size=6).map(bytes.hex)
"""Mixed with the number of the run and of the act, for what was drawn once is soon drawn again."""
DECISIONS = st.sampled_from(("AGREE", "REJECT", "RETURN"))
DEATHS = st.sampled_from((None, None, None, *range(1, 13), AT_COMMIT, ANSWER_LOST, ANSWER_LOST))


class EveryVerb(RuleBasedStateMachine):
    """One office after another in which anybody tries anything."""

    running: Running
    tally: Counter[tuple[str, str]]
    found: list[Exception]

    def __init__(self) -> None:
        super().__init__()
        self.office: Office = self.running.office
        self.story: list[str] = []
        self.acts = 0

    def run(self, coroutine: Any) -> Any:
        try:
            return self.running.run(coroutine)
        except Exception as wrong:
            wrong.add_note("\n".join(["What was done:", *self.story]))
            self.found.append(wrong)
            raise

    def dice(self, chance: str) -> Dice:
        return Dice(
            Random(f"{SEED} {self.tally['runs', '']} {self.acts} {chance}"), self.institutions
        )

    @initialize(office=st.sampled_from(OFFICES), chance=CHANCE)
    def a_monday_morning(self, office: tuple[str, ...], chance: str) -> None:
        self.institutions = office
        self.tally["runs", ""] += 1
        self.run(self.office.begin(office))
        dice = self.dice(chance)
        for _ in range(3):
            self.run(self.tried("submit", dice, None, again=False))

    @rule(chance=CHANCE, dies=DEATHS, again=st.booleans())
    def somebody(self, chance: str, dies: int | str | None, again: bool) -> None:
        dice = self.dice(chance)
        self.run(self.tried(dice.one_of(*OFTEN), dice, dies, again=again))

    @rule(chance=CHANCE)
    def somebody_undisturbed(self, chance: str) -> None:
        dice = self.dice(chance)
        self.run(self.tried(dice.one_of(*OFTEN), dice, None, again=False))

    @rule(chance=CHANCE, decisions=st.none() | st.tuples(DECISIONS, DECISIONS))
    def two_at_once(self, chance: str, decisions: tuple[str, str] | None) -> None:
        dice = self.dice(chance)
        if decisions:
            _, act = attempt("decide", self.office, dice)
            both = [replace(act, given={**act.given, "decision": each}) for each in decisions]
            tried = [("decide", each) for each in both if act.field == "decide"]
        else:
            tried = [attempt(dice.one_of(*OFTEN), self.office, dice) for _ in range(2)]
        answers = self.run(self.at_once([act for _, act in tried]))
        for (name, _), answer in zip(tried, answers, strict=True):
            self.tally[name, answer.code or "done"] += 1
        if decisions:
            assert sum(answer.acknowledged for answer in answers) <= 1, "two decided one step"

    @rule(hours=st.integers(1, 60), works=st.sampled_from((False, False, True)), dies=DEATHS)
    def time_passes(self, hours: int, works: bool, dies: int | str | None) -> None:
        self.office.api.now += timedelta(hours=hours)
        self.story.append(f"{hours} hours pass")
        self.run(self.worked(dies) if works else self.office.meet())

    # ---- what an act comes to ----

    async def worked(self, dies: int | str | None) -> None:
        self.story.append(f"the worker does what is due; death: {dies}")
        before, (rows, now) = self.office.now, (self.office.api.superuser, self.office.api.now)
        await self.office.meet()
        if not await self.office.work(dies):
            await clocks_hold(rows, now, worked=False)
            assert await self.office.work()
        self.tally["clocks", "seen"] += await clocks_hold(rows, now, worked=True)
        after = await self.office.look()
        assert (before.requests, before.steps) == (after.requests, after.steps)
        await acknowledged(self.office, before, None)
        await self.office.work()
        unchanged(after, await self.office.look(), "there was nothing more to do")

    async def tried(self, name: str, dice: Dice, dies: int | str | None, *, again: bool) -> None:
        name, act = attempt(name, self.office, dice)
        before, given = self.office.now, self.keyed(act)
        answer = await self.office.call(act.by.account, act.field, given, dies)
        self.tell(act, answer, dies)
        after = await self.office.look()
        if not answer.heard:
            if dies != ANSWER_LOST and not act.each:
                early = await kept_back(self.office, before)
                unchanged(early, after, "the server died before the commit")
            lost = after
            answer = await self.office.call(act.by.account, act.field, given)
            self.tell(act, answer, None)
            after = await self.office.look()
            if dies == ANSWER_LOST and not act.each and answer.acknowledged:
                unchanged(lost, after, "the call was repeated")
        self.tally[name, answer.code or "done"] += 1
        await self.follows(act, before, after, answer)
        if act.field in CHANGE_SEATS:
            await self.office.meet()
        if again and answer.acknowledged and taken_whole(answer):
            assert await self.office.call(act.by.account, act.field, given) == answer
            unchanged(after, await self.office.look(), "the call was repeated")

    async def follows(self, act: Act, before: Snapshot, after: Snapshot, answer: Answer) -> None:
        if answer.acknowledged:
            mentions(await acknowledged(self.office, before, told(act, answer)), answer)
            one_winner(before, after, [] if act.beside else [answer])
        else:
            before = await kept_back(self.office, before)
            unchanged(before, after, f"{act.field} was refused: {answer.code}")
        await holds(self.office, before)

    async def at_once(self, acts: list[Act]) -> list[Answer]:
        before = self.office.now
        for act in acts:
            await self.office.visitor(act.by.account)
        answers = await asyncio.gather(
            *(self.office.call(act.by.account, act.field, self.keyed(act)) for act in acts)
        )
        for act, answer in zip(acts, answers, strict=True):
            self.tell(act, answer, "at once")
        after = await self.office.look()
        lines = [told(act, a) for act, a in zip(acts, answers, strict=True) if a.acknowledged]
        known = [each for each in lines if each is not None]
        sums = {sum(each) for each in product(*known)} if len(known) == len(lines) else None
        await acknowledged(self.office, before, sums)
        won = [a for act, a in zip(acts, answers, strict=True) if a.acknowledged and not act.beside]
        one_winner(before, after, won)
        await holds(self.office, before)
        return answers

    def keyed(self, act: Act) -> dict[str, Any]:
        self.acts += 1
        self.tally["steps", ""] += 1
        return {**act.given, "idempotencyKey": f"{id(self)}-{self.acts}"}

    def tell(self, act: Act, answer: Answer, how: object) -> None:
        said = answer.code or ("done" if answer.acknowledged else f"silence, death: {how}")
        self.story.append(f"{act.by.account} {act.field} {shortly(act.given)}: {said}")


def shortly(given: Any) -> str:
    """What was sent, for the story: ids by their last letters, no papers."""
    if isinstance(given, dict):
        kept = {name: each for name, each in given.items() if name not in NOT_TOLD}
        return ", ".join(f"{name} {shortly(each)}" for name, each in kept.items())
    if isinstance(given, list):
        return f"[{'; '.join(map(shortly, given))}]"
    try:
        of, key = read_id(given)
    except (Refused, AttributeError, UnicodeDecodeError):
        return str(given)
    return f"{of}…{key[-6:]}"


def told(act: Act, answer: Answer) -> tuple[int, ...] | None:
    """How many lines the ledgers gain: of many acts one for each that was taken."""
    return (answer.payload["taken"],) if act.each else act.told


def taken_whole(answer: Answer) -> bool:
    """Whether nothing of it was refused, which would be judged anew."""
    return all(item["refusal"] is None for item in answer.payload.get("items", ()))


@pytest.fixture
def running(demo_offices: postgres.Database) -> Iterator[Running]:
    office = Running(demo_offices)
    yield office
    office.close()


def test_whoever_does_whatever_and_whenever_the_server_dies(
    running: Running, demo_offices: postgres.Database
) -> None:
    EveryVerb.running, EveryVerb.tally, EveryVerb.found = running, Counter(), []
    began = monotonic()
    try:
        run_state_machine_as_test(
            seed(SEED)(EveryVerb),
            settings=settings(
                max_examples=max(1, STEPS // ACTS_OF_A_RUN),
                stateful_step_count=A_RUN,
                suppress_health_check=list(HealthCheck),
                database=None,
                report_multiple_bugs=False,
                phases=(Phase.generate,),
            ),
        )
    finally:
        # Asked again the same run goes another way: what was found first is told as it was.
        if EveryVerb.found:
            raise EveryVerb.found[0] from None
    tally, took = EveryVerb.tally, monotonic() - began
    steps, _ = tally.pop(("steps", "")), tally.pop(("runs", ""))
    told = [f"{steps} steps in {took:.0f} s ({steps / took:.0f} a second), seed {SEED}"]
    told += [f"{name:24} {outcome:24} {n}" for (name, outcome), n in sorted(tally.items())]
    print("\n".join(told))  # noqa: T201  # how far a long run came
    assert running.run(complaints(demo_offices.owner_url)) == []
    if steps >= MANY * len(VERBS):
        assert {name for name, outcome in tally if outcome == "done"} == set(VERBS)

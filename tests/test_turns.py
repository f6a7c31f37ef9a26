"""Turns at something that few may do at once."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from resolvers.ground.turns import Turns

WAITERS = st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.booleans()), max_size=40)


async def served(waiting: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The order in which they come to their turn, all waiting from the start."""
    turns, order = Turns(1), []

    async def take(line: str, known: bool) -> None:
        async with turns.turn(line, known=known):
            order.append((line, known))
            await asyncio.sleep(0)

    async with turns.turn("the first", known=False):
        tasks = [asyncio.create_task(take(*each)) for each in waiting]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    return order


async def test_a_crowd_in_one_line_holds_up_no_other_line() -> None:
    order = await served([("crowd", False)] * 50 + [("alone", False)])
    assert order.index(("alone", False)) <= 1


async def test_many_lines_of_strangers_hold_up_nobody_who_is_known() -> None:
    order = await served([(f"stranger {n}", False) for n in range(50)] + [("known", True)])
    assert order.index(("known", True)) <= 1


async def test_a_crowd_of_those_known_does_not_shut_strangers_out() -> None:
    order = await served([(f"known {n}", True) for n in range(50)] + [("stranger", False)])
    assert order.index(("stranger", False)) <= 1


@given(WAITERS, st.integers(1, 3))
def test_everybody_who_waits_has_a_turn_and_who_leaves_takes_none_along(waiters, places) -> None:
    async def run() -> None:
        turns, inside, most, took = Turns(places), 0, 0, 0

        async def take(line: str, known: bool) -> None:
            nonlocal inside, most, took
            async with turns.turn(line, known=known):
                inside, took = inside + 1, took + 1
                most = max(most, inside)
                try:
                    await asyncio.sleep(0)
                finally:
                    inside -= 1

        tasks = [asyncio.create_task(take(line, known)) for line, known, _ in waiters]
        await asyncio.sleep(0)
        for task, (_, _, leaves) in zip(tasks, waiters, strict=True):
            if leaves:
                task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert took >= sum(each is None for each in done)
        assert most <= places
        # Every place is free again.
        async with asyncio.timeout(60):
            await asyncio.gather(*(take("later", False) for _ in range(places)))

    asyncio.run(run())

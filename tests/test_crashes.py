"""A served office is killed while fifty people write; `python -m tests.crashes` goes on longer."""

from tests import crashes


async def test_nothing_acknowledged_is_lost_or_doubled_when_server_and_database_are_killed() -> (
    None
):
    said = await crashes.run(rounds=2, writers=50, seconds=2, seed=20261121)
    assert said.startswith("2 rounds")

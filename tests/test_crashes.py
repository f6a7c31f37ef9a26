"""A served office is killed while fifty people write; `python -m tests.crashes` goes on longer."""

from tests import crashes


async def test_nothing_acknowledged_is_lost_or_doubled_when_server_or_database_is_killed() -> None:
    said = await crashes.run(rounds=3, writers=50, seconds=2, seed=20261121)
    assert said.startswith("3 rounds")

"""Whatever the owner of the tables alters in the ledger is found out, with its line."""

import os
import random

import asyncpg

import tests.value_tampers  # noqa: F401  # its ways of tampering join the others
from resolvers.ground import ledger
from resolvers.ground.database import Transaction
from resolvers.running import postgres
from tests.office import Api, leave, opened
from tests.tampers import TAMPERING, UNGUARDED, WALLS, Tampering
from tests.test_destroying import destroyed

TAMPERS = int(os.environ.get("GUIJU_TAMPERS", "200"))


async def test_whatever_the_owner_alters_is_found_with_its_line(spare: postgres.Database) -> None:
    # Whole chains are walked for each alteration: those of other tests are long by now.
    async with opened(spare) as api:
        await altered(api, spare.owner_url)


async def altered(api: Api, owner_url: str) -> None:
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.personal", leave("2026-03-09"))
    await staff.act("withdraw", requestId=request["id"])
    await staff.submit("leave.personal", leave("2026-03-10"))
    destroyer = await api.person("audit_admin@hrss-bureau")
    assert (await destroyed(destroyer, request["id"]))["__typename"] == "TextsDestroyed"
    chains = dict(
        await api.rows("select institution_id, seq from ledger_heads where seq > 1 order by 1")
    )
    chance, done = random.Random(20261129), 0
    owner = await asyncpg.connect(owner_url)
    try:
        whole = owner.transaction()
        await whole.start()
        await owner.execute(UNGUARDED)
        await owner.execute(WALLS)
        assert (await ledger.check_all(Transaction(owner, None, ""))).complaints == []
        for number in range(TAMPERS):
            act = TAMPERING[number % len(TAMPERING)]
            once = owner.transaction()
            await once.start()
            await owner.execute(UNGUARDED.partition("alter column request drop expression;")[2])
            told = await act(Tampering(owner, chance, chains))
            await owner.execute(WALLS)
            found = (await ledger.check_all(Transaction(owner, None, ""))).complaints
            await once.rollback()
            assert any(line.startswith(told) for line in found), (act.__name__, told, found)
            done += 1
        await whole.rollback()
    finally:
        await owner.close()
    assert done == TAMPERS

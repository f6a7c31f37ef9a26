"""The ledger as tests read it: its records with the texts that lie beside them."""

import json
from typing import Any

from resolvers.ground import ledger
from tests.office import Api


async def records(api: Api, where: str, *values: Any) -> list[dict[str, Any]]:
    """The records of these lines `l` with their texts, in order."""
    sql = f"select {ledger.READ} from ledger l where {where} order by l.seq"
    rows = await api.rows(sql, *values)
    lines = ({"record": row["record"], "kept": json.loads(row["kept"])} for row in rows)
    return [dict(ledger.read(line)[0]) for line in lines]

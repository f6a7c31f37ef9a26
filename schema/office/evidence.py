"""The public keys of an institution in the API: whoever has them proves what it signed."""

import json
from datetime import datetime
from typing import Annotated

import strawberry

from resolvers.ground.evidence import KEYS
from schema.ground.fields import Info, query
from schema.ground.scalars import JSON


@strawberry.type
class SigningKey:
    """A key with which the institution signs, or signed, receipts and heads of its ledger."""

    id: Annotated[str, "Its thumbprint after RFC 7638."]
    since: Annotated[datetime, "Since when."]
    public_key: Annotated[JSON, "The public part, as a JWK."]


async def signing_keys(info: Info) -> list[SigningKey]:
    """The public keys of the viewer's institution, the newest first."""
    return [
        SigningKey(id=each["id"], since=each["at"], public_key=json.loads(each["public"]))
        for each in await info.context.rows(KEYS)
    ]


FIELDS = (query(signing_keys, "evidence.read"),)

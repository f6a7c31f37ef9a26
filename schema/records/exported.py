"""A file that lies ready in the API: its name, its digest and the link that opens it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from resolvers.records import exports
from schema.ground.fields import Info
from schema.ground.rows import told


@strawberry.type
class ExportedFile:
    """A file that lies ready for ten minutes, for whoever bears its link."""

    link: Annotated[str, "The path that it is fetched from, with GET."]
    expires_at: Annotated[datetime, "Until when the link opens it."]
    name: Annotated[str, "Its file name."]
    lines: Annotated[int, "How many lines it has."]
    sha256: Annotated[str, "Its SHA-256, as the ledger keeps it."]


async def shown(info: Info, key: UUID) -> ExportedFile:
    return told(ExportedFile, await exports.ready(info.context, key))

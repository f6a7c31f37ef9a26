"""A file that lies ready in the API: its name, its digest and the link that opens it."""

from datetime import datetime
from uuid import UUID

import strawberry

from resolvers.records import exports
from schema.ground.fields import Info
from schema.ground.rows import told


@strawberry.type
class ExportedFile:
    """A file that lies ready for ten minutes, for whoever bears its link."""

    link: str = strawberry.field(description="The path that it is fetched from, with GET.")
    expires_at: datetime = strawberry.field(description="Until when the link opens it.")
    name: str = strawberry.field(description="Its file name.")
    lines: int = strawberry.field(description="How many lines it has.")
    sha256: str = strawberry.field(description="Its SHA-256, as the ledger keeps it.")


async def shown(info: Info, key: UUID) -> ExportedFile:
    return told(ExportedFile, await exports.ready(info.context, key))

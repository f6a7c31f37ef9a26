"""Files in the API: an upload begun, confirmed once its bytes came, and opened by a short link."""

from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.records.files import KINDS, ending_of
from resolvers.files import opening, uploads
from resolvers.time.sweeps import LOOSE
from schema.ground.acts import KEY, act, replayed, within
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, plain, written
from schema.ground.ids import Id, uuid_of
from schema.ground.rows import told

DOOR = "files"
UPLOADS, OPENED = "/files/uploads", "/files/open"
"""The addresses that `schema/running/uploads.py` answers at."""


@strawberry.type
class Upload:
    """A file that is being uploaded, or was."""

    id: Annotated[strawberry.ID, "What `attachments` name."]
    name: Annotated[str, "Its file name."]
    size: Annotated[int, "In bytes."]
    received: Annotated[int, "How many bytes have come: where to go on."]
    sha256: Annotated[
        str | None, "The SHA-256 of what is kept, once confirmed; a picture loses its position."
    ]
    confirmed_at: Annotated[datetime | None, "When it was confirmed."]
    url: Annotated[str, "PUT its bytes there, with the token; HEAD tells how many have come."]
    expires_at: Annotated[datetime, "Until when it must be attached to something, or is forgotten."]


@strawberry.type
class UploadConfirmed:
    """It is kept, and may be attached."""

    upload: Annotated[Upload, "As it is kept."]


@strawberry.type
class AttachmentOpened:
    """A link that opens a file in this session, for five minutes."""

    url: Annotated[str, "GET it with the same token."]
    expires_at: Annotated[datetime, "Until when."]
    name: Annotated[str, "Its file name."]
    media_type: Annotated[str, "As it is served."]
    size: Annotated[int, "In bytes."]
    sha256: Annotated[str, "The SHA-256 of its content, in hexadecimal."]


@strawberry.input
class ConfirmUploadInput:
    """What was sent, as its sender knows it."""

    upload_id: Annotated[strawberry.ID, "The upload."]
    size: Annotated[int, "In bytes."]
    sha256: Annotated[str, "The SHA-256 of its content, in hexadecimal."]
    idempotency_key: Annotated[strawberry.ID, KEY[2]]


ConfirmResult = Annotated[UploadConfirmed | Refusal, strawberry.union("ConfirmUploadResult")]


def _upload(info: Info, row: Any) -> Upload:
    came = info.context.services.files.received(uploads.place_of(row))
    left: timedelta = LOOSE
    return told(
        Upload,
        row,
        received=row["size"] if row["sha256"] else came,
        url=f"{UPLOADS}/{row['id']}",
        expires_at=row["begun_at"] + left,
    )


async def create_upload(
    info: Info,
    name: Annotated[str, "Its file name: pdf, ofd, wps, docx, xlsx, jpg, png, heic, txt or csv."],
    size: Annotated[int, "In bytes."],
) -> None:
    """Announce a file: it is told where its bytes go."""
    await uploads.begin(info.context, name, size)


async def _mine(info: Info, key: UUID) -> Upload:
    return _upload(info, await uploads.mine(info.context, key))


BEGUN = within(
    _mine, "UploadBegun", "It may be sent.", upload="Send its bytes to its url, then confirm it."
)


async def confirm_upload(info: Info, input: ConfirmUploadInput) -> UploadConfirmed:
    """Have a file that has come looked through and kept; to confirm it once more is the same."""
    context, key = info.context, uuid_of(input.upload_id, "Upload", "uploadId")
    async with context.write(DOOR):
        row = await uploads.mine(context, key)
    uploads.must_be_the_same(row, input.size, input.sha256)
    async with uploads.looked_through(context, row, input.sha256) as kept:
        done: UploadConfirmed = await written(
            info,
            partial(uploads.confirm, context, key, input.size, input.sha256, kept),
            DOOR,
            replay=replayed(_confirmed, "upload"),
            idempotency_key=input.idempotency_key,
            asked=["confirmUpload", plain(input)],
        )
    return done


async def _confirmed(info: Info, key: UUID) -> UploadConfirmed:
    return UploadConfirmed(upload=await _mine(info, key))


async def open_attachment(
    info: Info, upload_id: Annotated[UUID, Id("Upload"), "Of an attachment."]
) -> AttachmentOpened:
    """Open a paper of a record that the viewer may see; each opening is on the ledger."""
    return await _opened(info, upload_id)


async def _opened(info: Info, key: UUID) -> AttachmentOpened:
    link = await opening.opened(info.context, key)
    return told(
        AttachmentOpened,
        link.row,
        url=f"{OPENED}/{link.token}",
        expires_at=link.expires_at,
        media_type=KINDS[ending_of(link.row["name"])].media_type,
    )


FIELDS = (
    act(create_upload, DOOR, replay=replayed(BEGUN, "upload")),
    mutation(confirm_upload, DOOR, ConfirmResult, each=True),
    act(open_attachment, DOOR, replay=replayed(_opened, "upload")),
)

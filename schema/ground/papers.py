"""Papers in the API: an upload attached to a record, under the name of the demanded paper."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.files import attaching
from resolvers.files.attaching import Wanted, papers_of
from resolvers.ground.batches import batched
from resolvers.requests import papers
from schema.ground.acts import keyed, optional
from schema.ground.fields import Info, is_after_write
from schema.ground.ids import uuid_of
from schema.ground.mirrors import Part
from schema.ground.rows import told


@strawberry.input
class AttachmentInput:
    """A paper that goes with a record."""

    upload: Annotated[strawberry.ID, "The confirmed upload; see createUpload."]
    paper: Annotated[str | None, "The demanded paper that it is, as the clause names it."] = None


@strawberry.type
class Attachment:
    """A paper that goes with a record; `openAttachment` opens it."""

    name: Annotated[str, "Its file name."]
    sha256: Annotated[str, "The SHA-256 of its content, in hexadecimal."]
    paper: Annotated[str | None, "The demanded paper that it was attached as."] = None
    upload: Annotated[
        strawberry.ID | None, "What to open; none where its content was never kept."
    ] = None
    size: Annotated[int | None, "In bytes."] = None


ATTACHMENTS = optional("attachments", list[AttachmentInput], "Its papers.")


def papered(*more: Part) -> tuple[Part, ...]:
    """What the input of a form takes beside its fields: these, its papers, the key of the call."""
    return keyed(*more, ATTACHMENTS)


async def found(
    info: Info,
    given: list[AttachmentInput] | None,
    name: str = "attachments",
    *,
    of: UUID | None = None,
) -> tuple[papers.Attachment, ...]:
    """The papers that a list in an input names; `of` is the record, where it is there already.

    Raises: Refused: one is none that the viewer may attach.
    """
    wanted = [_wanted(each, name, str(at)) for at, each in enumerate(given or ())]
    return await attaching.found(info.context, wanted, of=of)


async def found_one(
    info: Info, given: AttachmentInput, *path: str, of: UUID | None = None
) -> papers.Attachment:
    """The paper that stands at a place of an input.

    Raises: Refused: it is none that the viewer may attach.
    """
    [paper] = await attaching.found(info.context, [_wanted(given, *path)], of=of)
    return paper


def _wanted(given: AttachmentInput, *path: str) -> Wanted:
    return Wanted(uuid_of(given.upload, "Upload", *path, "upload"), given.paper, path)


async def attach(info: Info, given: list[AttachmentInput] | None, record: str, of: UUID) -> None:
    """Give a record the papers that an input names."""
    if given:
        await attaching.attach(info.context, await found(info, given, of=of), record, of)


def attachments_field() -> Any:
    """The papers of a row, read for all rows of a list together."""

    async def attachments(root: Any, info: Info) -> list[Attachment]:
        after = is_after_write(info)
        found = await batched(info.context, papers_of, root.id, after_write=after)
        return [told(Attachment, each) for each in found or ()]

    return (
        "attachments",
        list[Attachment],
        strawberry.field(resolver=attachments, description="The papers that go with it."),
    )

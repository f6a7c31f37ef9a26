"""Channels by which the office is told outside, in the API, and one's own address for mail."""

import re
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault
from domain.office.channels import Way
from resolvers.office import channels
from schema.ground.acts import act, counted, within
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_from
from schema.ground.rows import told
from schema.office.administering import by_two

MAIL = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,180}\.[^\s@<>,;]{2,60}")
ChannelWay: Any = enum_from(
    "ChannelWay",
    {
        "WEBHOOK": strawberry.enum_value(Way.WEBHOOK, description="The office's own gateway."),
        "MAIL": strawberry.enum_value(
            Way.MAIL, description="Letters to those who gave an address."
        ),
    },
    "How a channel leads to people.",
)


@strawberry.type
class DeadLetter:
    """A message that was given up: it was refused, or too old."""

    code: Annotated[str, "YOUR_TURN, or the code of the notice."]
    number: Annotated[str | None, "The number of the request it is about."]
    at: Annotated[datetime, "When what it tells of happened."]
    dead_at: Annotated[datetime, "When it was given up."]
    tries: Annotated[int, "How often it was sent."]
    why: Annotated[str | None, "What the last try met."]


async def _dead_letters(root: strawberry.Parent["NoticeChannel"], info: Info) -> list[DeadLetter]:
    found = await channels.dead_letters(info.context, root.key)
    return [told(DeadLetter, each) for each in found]


@strawberry.type
class NoticeChannel:
    """A way by which people are told outside that something waits: number, kind and link alone."""

    key: strawberry.Private[UUID]
    id: Annotated[strawberry.ID, "Opaque; `closeChannel` takes it."]
    way: Annotated[ChannelWay, "How it leads to people."]
    url: Annotated[str | None, "Where the gateway is; null for mail."]
    opened_at: Annotated[datetime, "When it was opened."]
    opened_by: Annotated[str, "By whom."]
    failures: Annotated[int, "How often in a row it failed; 0 while it works."]
    trouble: Annotated[str | None, "What the last failure was."]
    waiting: Annotated[int, "Messages that are still to be sent."]
    dead: Annotated[int, "Messages that were given up."]
    dead_letters: list[DeadLetter] = strawberry.field(
        resolver=_dead_letters, description="Those that were given up, the latest hundred."
    )


@strawberry.type
class ChannelOpened:
    """A channel, and the secret that signs its messages."""

    channel_id: Annotated[strawberry.ID, "The channel."]
    secret: Annotated[
        str | None, "In hexadecimal, told once: null for mail, and when the call is repeated."
    ]


async def every(info: Info) -> list[NoticeChannel]:
    """The open channels of the office."""
    return [
        told(NoticeChannel, e, key=e["id"], opened_at=e["at"], opened_by=e["by_name"])
        for e in await channels.every(info.context)
    ]


async def mail_address(info: Info) -> str | None:
    """Where the viewer gets mail that something waits; null where they gave no address."""
    return await channels.mail_address(info.context)


async def open_channel(
    info: Info,
    way: Annotated[ChannelWay, "How it leads to people."],
    url: Annotated[
        str | None, "Where the gateway is: https, and public or named by the operator."
    ] = None,
) -> ChannelOpened:
    """Open a channel to the office's gateway, signed as Standard Webhooks are, or to mail."""
    made, secret = await channels.open_channel(info.context, way.value, url)
    return ChannelOpened(channel_id=global_id("NoticeChannel", made), secret=secret)


async def close_channel(
    info: Info, channel_id: Annotated[UUID, Id("NoticeChannel"), "The channel."]
) -> None:
    """End a channel; what still waits in it is told to nobody."""
    await channels.close_channel(info.context, channel_id)


async def revive_dead_letters(
    info: Info, channel_id: Annotated[UUID, Id("NoticeChannel"), "The channel."]
) -> None:
    """Try once more what a channel gave up."""
    await channels.revive(info.context, channel_id)


async def set_mail_address(
    info: Info, address: Annotated[str | None, "Null to get no mail any more."] = None
) -> None:
    """Say where the viewer gets mail that something waits for them."""
    if address is not None and not MAIL.fullmatch(address):
        raise at_fault("NOT_MAIL", "input", "address")
    await channels.set_mail_address(info.context, address)


async def _opened_again(info: Info, answer: Any) -> ChannelOpened:  # noqa: ARG001
    return ChannelOpened(channel_id=global_id("NoticeChannel", answer["channel"]), secret=None)


async def _channel(_: Info, answer: Any) -> strawberry.ID:
    return global_id("NoticeChannel", answer["channel"])


async def _address(info: Info, _: Any) -> str | None:
    return await channels.mail_address(info.context)


CLOSED = within(
    _channel, "ChannelClosed", "A channel that tells nobody any more.", channel_id="The channel."
)
REVIVED = within(
    counted,
    "DeadLettersRevived",
    "What was given up is tried once more.",
    count="How many messages.",
)
SET = within(
    _address,
    "MailAddressSet",
    "Where the viewer gets mail from now on.",
    address="Null where none is kept.",
)
FIELDS = (
    query(every, "channels.manage", name="channels"),
    query(mail_address, "viewer.read"),
    by_two(open_channel, "channels.manage", replay=_opened_again),
    by_two(close_channel, "channels.manage", replay=CLOSED),
    by_two(revive_dead_letters, "channels.manage", replay=REVIVED),
    act(set_mail_address, "viewer.read", replay=SET),
)

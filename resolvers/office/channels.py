"""The channels of an office: opened, closed, looked after, and one's own address for mail."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.errors import at_fault
from domain.office.channels import Way
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.gateways import NotAllowed, reached
from resolvers.ground.sealing import sealed

MOST = 10
"""Channels of an office at once."""
MOST_DEAD = 100

OPEN = statement("""
  insert into channels (institution_id, id, way, url, sealed_secret, by_id, by_name, at, seen_until,
                        next_at)
  values (:institution_id, :id, :way, :url, :sealed_secret, :by_id, :by_name, :at, :at, :at)""")
CLOSE = statement("""
  update channels set closed_at = :at
  where institution_id = :institution and id = :id and closed_at is null returning id""")
ALL = statement("""
  select c.id, c.way, c.url, c.at, c.by_name, c.failures, c.trouble,
    (select count(*) from deliveries d
     where d.institution_id = c.institution_id and d.channel_id = c.id
       and d.delivered_at is null and d.dead_at is null) as waiting,
    (select count(*) from deliveries d
     where d.institution_id = c.institution_id and d.channel_id = c.id
       and d.dead_at is not null) as dead
  from channels c where c.institution_id = :institution and c.closed_at is null
  order by c.at, c.id""")
DEAD = statement(f"""
  select d.about_id, d.to_id, d.code, d.at, d.dead_at, d.tries, d.why, r.number
  from deliveries d
  left join requests r on (r.institution_id, r.id) = (d.request_institution_id, d.request_id)
  where d.institution_id = :institution and d.channel_id = :id and d.dead_at is not null
  order by d.dead_at desc, d.about_id limit {MOST_DEAD}""")
REVIVE = statement("""
  with revived as (
    update deliveries set dead_at = null, why = null, tries = 0
    where institution_id = :institution and channel_id = :id and dead_at is not null
    returning channel_id
  ), now as (
    update channels set next_at = :at where institution_id = :institution and id = :id)
  select count(*) from revived""")
ADDRESS = statement("""
  insert into mail_addresses (institution_id, person_id, address, at)
  values (:institution, :person, :address, :at)
  on conflict (institution_id, person_id) do update set address = excluded.address, at = excluded.at
  """)
NO_ADDRESS = statement("""
  delete from mail_addresses where institution_id = :institution and person_id = :person""")
MINE = statement("""
  select address from mail_addresses where institution_id = :institution and person_id = :person""")


async def every(context: Context) -> Sequence[Mapping[str, Any]]:
    """The open channels of the viewer's office: `trouble` says why one fails so often in a row."""
    return await context.rows(ALL)


async def dead_letters(context: Context, channel_id: UUID) -> Sequence[Mapping[str, Any]]:
    """What a channel gave up, the latest first: a hundred at most."""
    return await context.rows(DEAD, id=channel_id)


async def open_channel(context: Context, way: Way, url: str | None) -> tuple[UUID, str | None]:
    """Open a channel; its secret is told now and never again.

    Raises: Refused: naming `url` where it may not be asked, `way` where no mail is set up.
    """
    if way is Way.MAIL and not (context.services.outside.smtp_url and url is None):
        raise at_fault(
            "NO_MAIL" if url is None else "NOT_WANTED", "input", "way" if url is None else "url"
        )
    if way is Way.WEBHOOK:
        try:
            await reached(url or "", context.services.outside.inner)
        except NotAllowed:
            raise at_fault("NOT_A_GATEWAY", "input", "url") from None
    if len(await every(context)) >= MOST:
        raise at_fault("TOO_MANY_CHANNELS", "input", "way", most=MOST)
    made, secret = context.services.new_id(), secrets.token_bytes(32)
    kept = sealed(context.services.secrets, b"channel " + made.bytes, secret)
    row = {"id": made, "way": way.value, "url": url}
    await context.rows(OPEN, **context.signed, **row, sealed_secret=kept)
    await context.remember({"channel": made})
    await context.record("channel_opened", {"channel": made, "way": way.value})
    return made, secret.hex() if way is Way.WEBHOOK else None


async def close_channel(context: Context, channel_id: UUID) -> None:
    """End a channel; what still waits in it is told to nobody.

    Raises: Refused: there is no such open channel.
    """
    if not await context.rows(CLOSE, id=channel_id, at=context.now):
        raise at_fault("CHANNEL_NOT_FOUND", "input", "channelId")
    await context.remember({"channel": channel_id})
    await context.record("channel_closed", {"channel": channel_id})


async def revive(context: Context, channel_id: UUID) -> None:
    """Try what was given up once more. Raises: Refused: there is no such open channel."""
    if channel_id not in {each["id"] for each in await every(context)}:
        raise at_fault("CHANNEL_NOT_FOUND", "input", "channelId")
    count: int = await context.value(REVIVE, id=channel_id, at=context.now)
    await context.remember({"channel": channel_id, "count": count})
    await context.record("channel_revived", {"channel": channel_id, "count": count})


async def mail_address(context: Context) -> str | None:
    """Where the viewer gets mail."""
    found: str | None = await context.value(MINE, person=context.viewer.person.id)
    return found


async def set_mail_address(context: Context, address: str | None) -> None:
    """Keep where the viewer gets mail, or forget it."""
    person = context.viewer.person.id
    if address is None:
        await context.rows(NO_ADDRESS, person=person)
    else:
        await context.rows(ADDRESS, person=person, address=address, at=context.now)
    await context.done("mail_address_set", {}, given=address is not None)

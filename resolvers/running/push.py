"""Telling people outside: what waits for them is found in the rows that make it wait, and sent.

The rows of inboxes and notices are the outbox, so nothing is told that was rolled back, and nothing
that was kept is forgotten. A message may come twice, under one id, where a worker died in between.
"""

import asyncio
import smtplib
from base64 import b64encode
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit, urlunsplit
from uuid import UUID

import structlog

from domain.messages import ZH
from domain.office.channels import (
    GIVEN_UP_AFTER,
    TURN,
    Message,
    Outcome,
    Way,
    body,
    next_try,
    outcome,
    signature,
)
from domain.tables import PLATFORM
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import is_own
from policies.messages import MESSAGES
from resolvers.ground.database import statement
from resolvers.ground.gateways import NotAllowed, reached
from resolvers.ground.sealing import Unreadable, opened
from resolvers.ground.viewers import HELD_TODAY
from resolvers.requests.procedures import label_of
from resolvers.running.services import Services

if TYPE_CHECKING:
    import httpx

log = structlog.get_logger()

LOOKS_EVERY = 1.0
LEASE = timedelta(seconds=60)
"""So long one worker has a channel to itself."""
OVERLAP = timedelta(minutes=10)
"""So far back it is looked for what was still being kept when it was looked last."""
MOST = 50
PATIENCE = 5.0

WAITING = statement("""
  select institution_id, id from channels where closed_at is null and next_at <= :now
  order by next_at""")
TAKEN = statement("""
  select * from channels
  where institution_id = :institution and id = :id and closed_at is null and next_at <= :now
  for update skip locked""")
GATHERED = statement(f"""
  insert into deliveries (institution_id, channel_id, about_id, to_id, code,
                          request_institution_id, request_id, at)
  select :institution, cast(:id as uuid), w.step_id, w.seat_id, '{TURN}', w.request_institution_id,
         w.request_id, w.opened_at
  from (select id from seats where institution_id = :institution
        union all select id from people where institution_id = :institution) mine(id)
  cross join lateral (
    select * from waiting w
    where w.institution_id = :institution and w.seat_id = mine.id
      and w.opened_at >= cast(:since as timestamptz)) w
  union all
  select :institution, :id, n.id, n.to_id, n.code, n.request_institution_id, n.request_id, n.at
  from notices n where n.institution_id = :institution and n.at >= :since
  on conflict do nothing""")
DUE = statement(f"""
  select d.about_id, d.to_id, d.code, d.at, d.request_id, r.number, r.kind,
    d.request_institution_id, r.rulebook_version,
    (d.code <> '{TURN}' or exists (
       select from waiting w
       where w.institution_id = d.institution_id
         and (w.seat_id, w.step_id) = (d.to_id, d.about_id))) as stands,
    (select coalesce(jsonb_agg(jsonb_build_object('account', p.account, 'mail', m.address)
                               order by p.account), '[]')
     from people p
     left join mail_addresses m on (m.institution_id, m.person_id) = (p.institution_id, p.id)
     where p.institution_id = d.institution_id and (p.leaves is null or p.leaves >= :today)
       and (d.code <> '{TURN}' or r.concerns_id is distinct from p.id or r.applicant_id = p.id)
       and (p.id = d.to_id
         or p.id in (select a.person_id from appointments a
                     where a.institution_id = d.institution_id and a.seat_id = d.to_id
                       and {HELD_TODAY})
         or p.id in (select l.borrower_id from delegations l
                     where l.institution_id = d.institution_id and l.seat_id = d.to_id
                       and l.ended_at is null and l.begins <= :today and l.ends >= :today
                       and l.limit_fact is null and r.kind <> all(l.excepted)
                       and (l.kinds is null or r.kind = any(l.kinds))))) as people
  from deliveries d
  left join requests r on (r.institution_id, r.id) = (d.request_institution_id, d.request_id)
  where d.institution_id = :institution and d.channel_id = :id
    and d.delivered_at is null and d.dead_at is null
  order by d.at, d.about_id, d.to_id limit {MOST}""")
FINISHED = statement("""
  update deliveries d set tries = d.tries + 1, why = f.why,
    delivered_at = case when f.outcome = 'delivered' then cast(:now as timestamptz) end,
    dead_at = case when f.outcome = 'dead' then cast(:now as timestamptz) end
  from jsonb_to_recordset(:finished) f(about_id uuid, to_id uuid, outcome text, why text)
  where d.institution_id = :institution and d.channel_id = :id
    and (d.about_id, d.to_id) = (f.about_id, f.to_id)""")
LEFT = statement("""
  update channels set seen_until = :seen_until, next_at = :next_at, failures = :failures,
    trouble = :trouble
  where institution_id = :institution and id = :id""")


@dataclass(frozen=True)
class Sent:
    """What became of one message, and why not where it was not delivered."""

    outcome: Outcome
    why: str | None = None


async def run(services: Services, stop: asyncio.Event) -> None:
    """Send what waits until told to stop; a database or a gateway that is away is waited for."""
    while not stop.is_set():
        try:
            await push_due(services)
        except Exception as error:  # noqa: BLE001  # people are told on, whatever was wrong for a moment
            log.warning("push_interrupted", why=repr(error))
        try:
            await asyncio.wait_for(stop.wait(), LOOKS_EVERY)
        except TimeoutError:
            continue


async def push_due(services: Services) -> int:
    """Serve every channel whose time has come, each once; how many messages were delivered."""
    now = services.now().astimezone(OFFICE_TIME)
    async with services.database.transaction(PLATFORM, read_only=True) as transaction:
        found = await transaction.rows(WAITING, now=now)
    count = 0
    for row in found:
        count += await _serve(services, row["institution_id"], row["id"], now)
    return count


async def _serve(services: Services, institution: str, channel_id: UUID, now: datetime) -> int:
    of = {"institution": institution, "id": channel_id}
    async with services.database.transaction(institution) as transaction:
        channel = await transaction.row(TAKEN, **of, now=now)
        if channel is None:
            return 0
        since = max(channel["at"], channel["seen_until"] - OVERLAP)
        await transaction.rows(GATHERED, **of, since=since)
        due = await transaction.rows(DUE, **of, today=now.date())
        after = {key: channel[key] for key in ("failures", "trouble")}
        next_at = now + (LEASE if due else timedelta(seconds=LOOKS_EVERY))
        await transaction.rows(LEFT, **of, seen_until=now, next_at=next_at, **after)
    if not due:
        return 0
    finished, failures, trouble = [], 0, None
    async with AsyncExitStack() as stack:
        sender = Sender(services, channel, stack)
        for row in due:
            sent = await sender.send(row, now)
            finished.append({**_key(row), "outcome": sent.outcome, "why": sent.why})
            if sent.outcome is Outcome.TRY_AGAIN:
                failures, trouble = channel["failures"] + 1, sent.why
                break
    async with services.database.transaction(institution) as transaction:
        next_at = next_try(failures, now) if failures else now
        await transaction.rows(FINISHED, **of, finished=finished, now=now)
        given = {"failures": failures, "trouble": trouble, "seen_until": now}
        await transaction.rows(LEFT, **of, next_at=next_at, **given)
    return sum(each["outcome"] is Outcome.DELIVERED for each in finished)


@dataclass
class Sender:
    """Sends the messages of one channel, one after the other."""

    services: Services
    channel: Mapping[str, Any]
    stack: AsyncExitStack
    client: "httpx.AsyncClient | None" = None

    async def send(self, row: Mapping[str, Any], now: datetime) -> Sent:
        """Send one, if there is still somebody to tell."""
        people = [each for each in row["people"] if each["account"]]
        if not row["stands"] or not people:
            return Sent(Outcome.DELIVERED, "over" if people else "nobody")
        if now - row["at"] > GIVEN_UP_AFTER:
            return Sent(Outcome.DEAD, "too old")
        message = self._message(row, [each["account"] for each in people])
        if self.channel["way"] == Way.WEBHOOK:
            return await self._posted(message, now)
        addresses = [each["mail"] for each in people if each["mail"]]
        label = await self._label(row)
        return await asyncio.to_thread(self._mailed, message, label, addresses)

    async def _label(self, row: Mapping[str, Any]) -> str:
        """What people call what waits, by the rules that it is pinned to."""
        kind, pinned = row["kind"] or "", (row["request_institution_id"], row["rulebook_version"])
        living = await self.services.rulebooks.version(*pinned) if is_own(kind) else None
        return label_of(kind, living).zh if kind else ""

    def _message(self, row: Mapping[str, Any], accounts: list[str]) -> Message:
        link, of = self.services.outside.link, str(row["request_id"])
        opaque = b64encode(f"Request:{of}".encode()).decode()
        return Message(
            id=f"{row['about_id']}.{row['to_id']}",
            institution=self.channel["institution_id"],
            code=row["code"],
            at=row["at"].astimezone(OFFICE_TIME).isoformat(),
            to=tuple(accounts),
            number=row["number"],
            kind=row["kind"],
            link=link.format(id=opaque, number=row["number"]) if link and row["number"] else None,
        )

    async def _posted(self, message: Message, now: datetime) -> Sent:
        import httpx

        url = str(self.channel["url"])
        try:
            name = b"channel " + self.channel["id"].bytes
            secret = opened(self.services.secrets, name, self.channel["sealed_secret"])
            gateway = await reached(url, self.services.outside.inner)
        except (NotAllowed, Unreadable) as refused:
            return Sent(Outcome.TRY_AGAIN, type(refused).__name__)
        if self.client is None:
            plain = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False, trust_env=False)
            self.client = await self.stack.enter_async_context(plain)
        parts, said, sent = urlsplit(url), body(message), int(now.timestamp())
        host = f"[{gateway.address}]" if ":" in gateway.address else gateway.address
        there = parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host)
        headers = {
            "host": parts.netloc,
            "content-type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(sent),
            "webhook-signature": signature(secret, message.id, sent, said),
        }
        asked = self.client.stream(
            method="POST", url=urlunsplit(there), content=said, headers=headers,
            extensions={"sni_hostname": gateway.host},
        )  # fmt: skip
        try:
            async with asked as answer:
                return Sent(outcome(answer.status_code), f"HTTP {answer.status_code}")
        except httpx.HTTPError as error:
            return Sent(Outcome.TRY_AGAIN, type(error).__name__)

    def _mailed(self, message: Message, label: str, addresses: list[str]) -> Sent:
        outside = self.services.outside
        if not addresses:
            return Sent(Outcome.DELIVERED, "nobody")
        if outside.smtp_url is None:
            return Sent(Outcome.TRY_AGAIN, "no mail is set up")
        parts = urlsplit(outside.smtp_url)
        try:
            kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
            with kind(parts.hostname or "", parts.port or 0, timeout=PATIENCE) as server:
                server.ehlo_or_helo_if_needed()
                if parts.scheme == "smtp" and server.has_extn("starttls"):
                    server.starttls()
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                for address in addresses:
                    server.send_message(self._letter(message, label, address))
        except smtplib.SMTPRecipientsRefused as refused:
            return Sent(Outcome.DEAD, type(refused).__name__)
        except (OSError, smtplib.SMTPException) as error:
            return Sent(Outcome.TRY_AGAIN, type(error).__name__)
        return Sent(Outcome.DELIVERED)

    def _letter(self, message: Message, label: str, address: str) -> EmailMessage:
        waits = MESSAGES[message.code if message.code == TURN else "NOTICE_WAITS"].say(ZH, {})
        letter = EmailMessage()
        letter["From"] = self.services.outside.sender or "guiju"
        letter["To"], letter["Message-ID"] = address, f"<{message.id}@guiju>"
        letter["Subject"] = " ".join(filter(None, ("规矩", waits, label, message.number)))
        letter.set_content("\n".join(filter(None, (waits, label, message.number, message.link))))
        return letter


def _key(row: Mapping[str, Any]) -> dict[str, str]:
    return {"about_id": str(row["about_id"]), "to_id": str(row["to_id"])}

"""Opening a file: a short link for whoever may see the record that it belongs to, on record."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from domain import CASE_KINDS, REGISTERS, STATEMENTS, THINGS
from domain.approval.request import Status, StepStatus
from domain.errors import Refused
from domain.records.files import DUTY, REQUEST
from policies import vocabulary
from resolvers.ground import ledger, tokens
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records import case_rows, publication_rows, register_rows, thing_rows
from resolvers.requests.acting import find
from resolvers.requests.papers import folded
from resolvers.requests.rows import RequestView

LASTS = timedelta(minutes=5)

KIN = """any(array(
    select superior_id from institution_superiors where institution_id = :institution
    union all
    select institution_id from institution_superiors where superior_id = :institution
  ) || cast(:institution as text))"""
ONE = statement(f"select * from files where institution_id = {KIN} and id = :id")

RULES = "rulebook"
"""What the document belongs to that adopted rules: all of the office reads it."""

KEEPING = "record"
"""The act of a step whose seat keeps what was decided, its papers too."""


@dataclass(frozen=True)
class Link:
    """What opens a file in one session, until it expires."""

    token: str
    expires_at: datetime
    row: asyncpg.Record


async def opened(context: Context, upload: UUID) -> Link:
    """A link to a file; that it was asked for is on record in the office whose file it is.

    Raises: Refused: there is none that the viewer may see, or what it tells is not theirs to know.
    """
    row = await context.row(ONE, id=upload)
    if row is None or row["sha256"] is None:
        raise Refused("UPLOAD_NOT_FOUND")
    await _must_be_seen(context, row)
    expires_at = context.now + LASTS
    content = {"file": str(upload), "jti": str(context.session), "exp": expires_at.timestamp()}
    token = jwt.encode(
        {"alg": tokens.ALGORITHM}, content, OctKey.import_key(context.services.secret)
    )
    await context.remember({"upload": upload})
    person = context.viewer.person
    told = {"file": upload, "object": row["record"], "subject": row["record_id"]}
    told |= {"person": person.id, "name": person.name}
    home = row["institution_id"]
    await context.transaction.act_as(home)
    await ledger.append(context.transaction, home, "file_opened", context.now, told)
    await context.transaction.act_as(context.viewer.institution)
    return Link(token, expires_at, row)


async def linked(context: Context, token: str) -> asyncpg.Record:
    """The file that a link opens in this very session.

    Raises: Refused: it is none, has expired, or was given in another session.
    """
    try:
        content = tokens.verified(token, context.services.secrets)
        upload, session, until = UUID(content["file"]), content["jti"], content["exp"]
    except (JoseError, KeyError, ValueError, TypeError) as malformed:
        raise Refused("FILE_LINK_OVER") from malformed
    if session != str(context.session) or until <= context.now.timestamp():
        raise Refused("FILE_LINK_OVER")
    return await context.found(ONE, Refused("FILE_LINK_OVER"), id=upload)


async def _must_be_seen(context: Context, row: asyncpg.Record) -> None:
    """Raises: Refused: as if there were none, where the record is out of the viewer's sight."""
    me, record = context.viewer.person.id, row["record"]
    if record is None:
        if row["owner_id"] != me:
            raise Refused("UPLOAD_NOT_FOUND")
        return
    try:
        view = await SEEN[record](context, row["record_id"])
    except (Refused, KeyError):
        raise Refused("UPLOAD_NOT_FOUND") from None
    if view is None:
        raise Refused("UPLOAD_NOT_FOUND")
    if record == REQUEST:
        actor = context.viewer.actor(view.kind, view.facts)
        if not may_open(view, row["paper"], me, actor.seats | set(actor.lent)):
            raise Refused("PAPER_NOT_YOURS_TO_OPEN")


def may_open(view: RequestView, paper: str | None, me: UUID, seats: frozenset[UUID]) -> bool:
    """Whether a paper of a request in sight is opened by a person in these seats.

    What tells of health, identity or accounts is opened by the applicant, by the seats whose act
    its clause serves while they are asked, and afterwards by who keeps the record of it.
    """
    personal = map(folded, vocabulary.personal_papers())
    if view.applicant == me or paper is None or folded(paper) not in personal:
        return True
    return any(
        seats.intersection(step.seats) or step.decided_by == me for step in _serving(view, paper)
    )


def _serving(view: RequestView, paper: str) -> list[Any]:
    """The steps for which a paper is there: those of its own clause, else whoever decides."""
    keeping = [step for step in view.steps if step.act == KEEPING]
    if view.status is not Status.PENDING:
        return keeping or list(view.steps[-1:])
    documents = view.living.documents if view.living else ()
    clauses = {
        each.clause
        for each in documents
        if each.kind == view.kind and folded(paper) in map(folded, each.documents)
    }
    asked = [step for step in view.steps if step.status in (StepStatus.OPEN, StepStatus.DONE)]
    deciding = [step for step in asked if step.act != KEEPING]
    return [step for step in deciding if clauses.intersection(step.clauses)] or deciding


Seen = Callable[[Context, UUID], Awaitable[Any]]


def _line(register: Any) -> Seen:
    return lambda context, key: register_rows.line_of(context, register, key)


def _case(kind: Any) -> Seen:
    return lambda context, key: case_rows.find(context, kind, key)


def _card(thing: Any) -> Seen:
    return lambda context, key: thing_rows.thing_of(context, thing, key)


async def _of_office(_: Context, key: UUID) -> UUID:
    return key


SEEN: dict[str, Seen] = {
    REQUEST: find,
    DUTY: _of_office,
    RULES: _of_office,
    **{each.name: publication_rows.one for each in STATEMENTS},
    **{each.name: _line(each) for each in REGISTERS},
    **{each.code: _case(each) for each in CASE_KINDS},
    **{each.name: _card(each) for each in THINGS},
}
"""How a record is found in the viewer's sight, by what it is called."""

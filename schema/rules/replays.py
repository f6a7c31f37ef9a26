"""Replays in the API: a draft on the stored requests of a period, at once or as a job."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.messages import say
from domain.vocabulary import Label
from resolvers.rules import drafts, replaying
from schema.ground.acts import act, ask, replayed
from schema.ground.connections import page_size
from schema.ground.errors import sentence
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_from
from schema.ground.rows import told
from schema.office.organisation import title_of
from schema.rules.drafts import MAY, DraftId


@strawberry.type
class RoutesChanged:
    """Requests of a kind and a unit whose route would be another."""

    kind: Annotated[str, "The kind's code."]
    unit: Annotated[str, "What the unit was called."]
    changed: Annotated[int, "How many."]
    into_gap: Annotated[int, "How many nobody could decide any more."]
    out_of_gap: Annotated[int, "How many somebody could decide at last."]
    example: Annotated[strawberry.ID, "One of them; one that was kept back has no page of its own."]
    gaps: Annotated[list[strawberry.ID], "The first twenty that nobody could decide any more."]


@strawberry.type
class SignaturesOfUnit:
    """How much more a role would be asked for by the requests of a unit, or less."""

    unit: Annotated[str, "What the unit was called."]
    more: Annotated[int, "How many turns more; below zero where fewer."]


@strawberry.type
class SignaturesChanged:
    """How much more a role would be asked for, or less."""

    role: Annotated[str, "Its code."]
    title: Annotated[str, "What it is called."]
    more: Annotated[int, "How many turns more; below zero where fewer."]
    by_unit: Annotated[list[SignaturesOfUnit], "By whose requests."]


@strawberry.type
class AuthorityChanged:
    """What the seats of a role may do by more lines, or by fewer."""

    role: Annotated[str, "Its code."]
    title: Annotated[str, "What it is called."]
    of: Annotated[str, "The code of the kind of request or of the object."]
    label: Annotated[str, "What that is called."]
    act: Annotated[str, "approve, sign …, keep, take, issue …"]
    gained: Annotated[int, "How many lines come."]
    lost: Annotated[int, "How many go."]


@strawberry.type
class CasesWithoutTaker:
    """Open cases that nobody who serves could take on by the draft."""

    of: Annotated[str, "The code of the kind of case."]
    label: Annotated[str, "What that is called."]
    state: Annotated[str, "Where they stand."]
    cases: Annotated[int, "How many."]
    today: Annotated[int, "How many of them nobody can take on today either."]
    number: Annotated[str, "The number of one."]


@strawberry.type
class DraftReplay:
    """What was submitted in a period as the draft would route it, beside today's rules."""

    requests: Annotated[int, "How many were looked at."]
    kept_back: Annotated[
        int, "How many of them nobody could decide, so that they became no requests."
    ]
    changed: Annotated[int, "How many would go another way."]
    by_kind_and_unit: Annotated[list[RoutesChanged], "Which of them."]
    signatures: Annotated[list[SignaturesChanged], "By role."]
    authority: Annotated[list[AuthorityChanged], "Which roles gain and lose what."]
    cases: Annotated[list[CasesWithoutTaker], "Open cases that would have no taker."]
    digest: Annotated[str, "Of the lines of the draft that was replayed."]


ReplayState: Any = enum_from(
    "ReplayState",
    {
        "WAITING": ("waiting", "等待: it waits for the worker."),
        "RUNNING": ("running", "重算中: it goes on."),
        "DONE": ("done", "已完成: its result is there."),
        "CANCELLED": ("cancelled", "已取消: somebody ended it."),
        "FAILED": ("failed", "失败: it has no result; `problem` says why."),
    },
    "How a replay stands.",
)


@strawberry.type
class ReplayJob:
    """A replay as a job."""

    id: Annotated[strawberry.ID, "Opaque and global."]
    draft_id: Annotated[strawberry.ID, "Of which draft."]
    from_: date = strawberry.field(description="The first day.", name="from")
    to: Annotated[date, "The last one."]
    state: Annotated[ReplayState, "How it stands."]
    done: Annotated[int, "How many requests it has looked at."]
    total: Annotated[int, "How many there are; 0 before it has begun."]
    by: Annotated[str, "Who began it."]
    at: Annotated[datetime, "When."]
    stale: Annotated[bool, "Whether the draft is no more as it was: the result is of what it was."]
    problem: Annotated[str | None, "Why it has no result."]
    result: Annotated[DraftReplay | None, "What it found."]


def replay_of(info: Info, made: Any, digest: str) -> DraftReplay:
    words, language = info.context.services.vocabulary, info.context.language
    roles = words.roles
    labels = {code: each.label for code, each in words.kinds.items()}
    labels |= {code: each.label for code, each in words.objects.items()}

    def called(code: str) -> str:
        return say(language, labels.get(code, Label(code, code)))

    return DraftReplay(
        requests=made["requests"],
        kept_back=made.get("kept_back", 0),
        changed=sum(each["changed"] for each in made["changed"]),
        by_kind_and_unit=[
            told(
                RoutesChanged,
                each,
                example=global_id("Request", UUID(each["example"])),
                gaps=[global_id("Request", UUID(one)) for one in each["gaps"]],
            )
            for each in made["changed"]
        ],
        signatures=[
            told(
                SignaturesChanged,
                each,
                title=title_of(each["role"], roles, language),
                by_unit=[SignaturesOfUnit(unit=u, more=m) for u, m in each["units"].items()],
            )
            for each in made["signatures"]
        ],
        authority=[
            AuthorityChanged(
                title=title_of(each["role"], roles, language), label=called(each["of"]), **each
            )
            for each in made.get("authority", ())
        ],
        cases=[CasesWithoutTaker(label=called(e["of"]), **e) for e in made.get("cases", ())],
        digest=digest,
    )


async def job_of(info: Info, row: Any) -> ReplayJob:
    [job] = await jobs_of(info, row["draft_id"], [row])
    return job


async def jobs_of(info: Info, draft_id: UUID, rows: Sequence[Any]) -> list[ReplayJob]:
    """Jobs of one draft, which is read once."""
    digest = (await drafts.one(info.context, draft_id)).digest.hex() if rows else ""
    return [_job(info, row, stale=digest != row["digest"]) for row in rows]


def _job(info: Info, row: Any, *, stale: bool) -> ReplayJob:
    said = {**replaying.LIMITS, "request_id": row["id"]}
    return told(
        ReplayJob,
        row,
        id=global_id("RulebookReplay", row["id"]),
        draft_id=global_id("RulebookDraft", row["draft_id"]),
        from_=row["first"],
        to=row["last"],
        stale=stale,
        problem=row["problem"] and sentence(row["problem"], said, info.context.language),
        result=replay_of(info, row["result"], row["digest"]) if row["result"] else None,
    )


async def replay_draft(info: Info, draft_id: DraftId, from_: date, to: date) -> DraftReplay:
    """The stored requests of a period under a draft: which would go another way."""
    context = info.context
    draft = await drafts.one(context, draft_id)
    told = await replaying.at_once(context, draft, from_, to)
    return replay_of(info, told, draft.digest.hex())


async def start_replay(
    info: Info,
    draft_id: DraftId,
    from_: Annotated[date, "The first day."],
    to: Annotated[date, "The last one, at most three years later."],
) -> None:
    """Begin a replay as a job: `replayJob` tells how far it is, and at last what it found."""
    await replaying.start(info.context, draft_id, from_, to)


WhichReplay = Annotated[UUID, Id("RulebookReplay"), "Which."]


async def replay_job(info: Info, replay_id: WhichReplay) -> ReplayJob:
    """How far a replay is, and what it found."""
    return await job_of(info, await replaying.one(info.context, replay_id))


async def replay_jobs_of(info: Info, draft_id: DraftId, first: int | None = 20) -> list[ReplayJob]:
    """The replays of a draft, the latest first."""
    found = await replaying.of_draft(info.context, draft_id, page_size(first))
    return await jobs_of(info, draft_id, found)


async def cancel_replay(info: Info, replay_id: WhichReplay) -> None:
    """End a replay where it is."""
    await replaying.cancel(info.context, replay_id)


CHANGING: Any = {"permission": MAY, "replay": replayed(replay_job, "replay")}

FIELDS = (
    ask(replay_draft, MAY),
    ask(replay_job, MAY),
    query(replay_jobs_of, MAY, name="replay_jobs"),
    act(start_replay, result="ReplayJobResult", **CHANGING),
    act(cancel_replay, result="ReplayJobResult", **CHANGING),
)

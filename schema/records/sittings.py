"""Sittings as the API shows them: notice, attendance, agenda, resolutions, minutes."""

from collections.abc import Collection, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Annotated, Any, Union
from uuid import UUID

import strawberry

from domain import SITTINGS
from domain.approval.forms import read_form
from domain.records import sittings
from domain.records.ballots import Choice
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import words_of
from resolvers.ground.batches import batched
from resolvers.records import attending
from resolvers.records import sitting_rows as rows
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import sentence
from schema.ground.fields import Info, is_after_write
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_of, mirror
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.office.organisation import title_of
from schema.records.actions import LivingAction, of_object
from schema.rules.clauses import Clause

ENTRIES: dict[str, Any] = {
    each.code: mirror(each.entry, words_of(each.code)) for each in SITTINGS if each.entry
}
SittingParticulars: Any = Annotated[
    Union[(*ENTRIES.values(),)],
    strawberry.union("SittingParticulars", description="A typed entry for each kind that has one."),
]
Outcome: Any = enum_of(sittings.Outcome, "SittingOutcome")


@strawberry.type
class SittingMember:
    """Somebody who was due at a sitting, or sat in."""

    id: Annotated[strawberry.ID, "The person."]
    name: Annotated[str, "As the office writes it."]
    attended: Annotated[bool, "Whether they came."]
    excused: Annotated[bool, "Whether who did not come had asked beforehand."]
    sits_in: Annotated[bool, "Whether they only sit in: neither counted nor asked to vote."]


@strawberry.type
class SittingStatement:
    """What somebody said on an item."""

    name: Annotated[str, "Who."]
    said: Annotated[str, "What."]
    in_writing: Annotated[bool, "Whether they were absent and wrote it."]


def _member(each: rows.Member) -> SittingMember:
    return told(SittingMember, each, id=global_id("Person", each.id))


async def _due(root: strawberry.Parent["Sitting"], info: Info) -> list[SittingMember]:
    key = root.kind, root.body, root.begins_at, root.caller, tuple(root.invited)
    after_write = is_after_write(info)
    found = await batched(info.context, attending.due, key, after_write=after_write)
    return [_member(each) for each in found or ()]


@strawberry.type
class SecretBallot:
    """A secret ballot: how many have cast it, and the count once it is closed."""

    open: Annotated[bool, "Whether votes are still cast."]
    voters: Annotated[int, "How many have a vote."]
    voted: Annotated[int, "How many have cast it."]
    in_favour: Annotated[int | None, "Null while it is open."]
    against: Annotated[int | None, "Null while it is open."]
    abstained: Annotated[int | None, "Null while it is open."]


@strawberry.type
class SittingItem:
    """A matter on an agenda, what was counted and what it came to."""

    id: Annotated[strawberry.ID, "Opaque; `recordVote` takes it."]
    title: Annotated[str, "What it is about."]
    matter: Annotated[str, "The code that a row may give it; empty for any."]
    request_id: Annotated[
        strawberry.ID | None, "The request whose step waits; null for a matter of its own."
    ]
    carried: Annotated[bool, "Whether an earlier sitting put it off."]
    revote: Annotated[bool, "Whether it was voted on before."]
    withdrawn: Annotated[list[str], "Members who withdraw from it, by name."]
    heard: Annotated[list[SittingStatement], "What was said on it."]
    secret_ballot: Annotated[SecretBallot | None, "The secret ballot on it, if one was opened."]
    ballot: Annotated[JSON | None, "Who were due and present, and the votes; null before."]
    outcome: Annotated[Outcome | None, "Null while it is open."]
    found_by_chair: Annotated[
        bool | None, "Whether the chair found it, since the text states no majority."
    ]
    reason: Annotated[str | None, "Why the chair found so."]
    explanation: Annotated[str, "The count in words."]
    clauses: Annotated[list[Clause], "The clauses that judged it."]


@strawberry.type
class Sitting:
    """A meeting of a body."""

    id: Annotated[strawberry.ID, "Opaque and global."]
    invited: strawberry.Private[Collection[UUID]]
    caller: strawberry.Private[UUID]
    kind: Annotated[str, "sitting, study.session …"]
    particulars: Annotated[
        SittingParticulars | None,
        "What was stated when it was called, where its kind asks for something.",
    ]
    number: Annotated[str, "Counted within kind, body and year: 2026-03."]
    body: Annotated[str, "The role code of the body: party_group …"]
    title: Annotated[str, "What this office calls the body."]
    place: Annotated[str, "Where it meets."]
    begins_at: Annotated[datetime, "When it begins."]
    noticed_at: Annotated[datetime, "When its papers were sent."]
    notice_due: Annotated[datetime | None, "Until when they had to be; null where no clause says."]
    notice_clause: Annotated[Clause | None, "The clause that says so."]
    notice: Annotated[str, "What is demanded of the notice, in words."]
    called_by: Annotated[str, "The name of who called it."]
    called_at: Annotated[datetime, "When it was called."]
    eligible: Annotated[int | None, "How many were due; null before."]
    present: Annotated[int | None, "How many came; null before."]
    chaired_by: Annotated[str | None, "The name of who chaired it; null where nobody said."]
    members: Annotated[list[SittingMember], "By name, where so recorded."]
    due: list[SittingMember] = strawberry.field(
        resolver=_due, description="Who is due by the seats they hold, and who was invited."
    )
    items: Annotated[list[SittingItem], "The agenda."]
    minutes: Annotated[str | None, "The minutes, once closed."]
    closed_by: Annotated[str | None, "The name of who closed them."]
    closed_at: Annotated[datetime | None, "When they were closed."]
    called_off: Annotated[bool, "Whether it was called off before it began: `minutes` says why."]
    allowed_actions: list[LivingAction] = of_object(
        lambda root: root.kind, lambda root: {"body": root.body}
    )


def sitting_of(living: LivingRulebook, sitting: rows.Sitting, language: str) -> Sitting:
    words, notice = Words(living, language), sentence("NOTICE_OPEN", {}, language)
    if sitting.notice_due:
        due = sitting.notice_due.astimezone(OFFICE_TIME)
        notice = sentence("NOTICE_KEPT", {"due": f"{due:%Y-%m-%d %H:%M}"}, language)
    return told(
        Sitting,
        sitting,
        words,
        invited=sitting.invited,
        called_off=bool(sitting.closed_at and sitting.closed_at < sitting.begins_at),
        caller=sitting.called_by,
        members=[_member(each) for each in sitting.members],
        particulars=_particulars(sitting),
        title=title_of(sitting.body, living.vocabulary.roles, language),
        notice=notice,
        items=[_item_of(words, item, sitting.members) for item in sitting.items],
    )


def _particulars(sitting: rows.Sitting) -> Any:
    kind = next(each for each in SITTINGS if each.code == sitting.kind)
    if kind.entry is None:
        return None
    entry = SimpleNamespace(**vars(read_form(kind.entry, sitting.entry)))
    return strawberry.cast(ENTRIES[kind.code], entry)


def _ballot_of(item: rows.Item) -> SecretBallot | None:
    if not item.voters:
        return None
    counted = item.secret_count
    sums = {choice: getattr(counted, choice, None) for choice in Choice}
    return told(SecretBallot, item, open=item.ballot_open, **sums)


def _item_of(words: Words, item: rows.Item, members: Iterable[rows.Member]) -> SittingItem:
    language = words.language
    stop = ". " if language == "en" else ";"
    return told(
        SittingItem,
        item,
        words,
        carried=item.carried_from is not None,
        withdrawn=[each.name for each in members if each.id in item.withdrawn],
        secret_ballot=_ballot_of(item),
        explanation=stop.join(sentence(r["code"], r["details"], language) for r in item.remarks),
    )

"""Drafts of a rulebook in the API: changed, judged, replayed, and submitted to a second person."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import NotAllowed
from domain.records.rule_changes import Found, Shown, severity
from domain.rulebook import Rulebook
from policies.drafting import Change
from resolvers.files import attaching
from resolvers.office.administering import administer, must_see
from resolvers.requests.submissions import plain_facts
from resolvers.rules import drafts, versions
from schema.ground.acts import act, ask, replayed
from schema.ground.connections import page_size
from schema.ground.fields import Info, query
from schema.ground.ids import Id
from schema.ground.papers import AttachmentInput, found_one
from schema.ground.rows import told
from schema.ground.scalars import JSON
from schema.office.administering import ACTS, READY, Administered, again, shown
from schema.rules.adopting import LONGEST_FILE, RulebookFileInput
from schema.rules.clauses import LawInForce, law_of
from schema.rules.draft_lines import RulebookSheet, sheets_of
from schema.rules.matrix import Severity
from schema.rules.rulebook_versions import (
    MOST_LINES_SHOWN,
    SEES,
    RulebookDifference,
    RulebookVersionFile,
)


@strawberry.type
class RulebookDraft:
    """What an administrator would make of the office's rulebook."""

    id: Annotated[strawberry.ID, "Opaque and global."]
    base: Annotated[int, "The version that it changes."]
    by: Annotated[str, "Who began it."]
    at: Annotated[datetime, "When."]
    changed_at: Annotated[datetime, "When it was last changed."]
    version: Annotated[int | None, "The version that came of it."]
    digest: Annotated[str, "The SHA-256 of all its lines, in hexadecimal."]
    changes: Annotated[
        list[RulebookDifference], "How it differs from its base: the first two thousand lines."
    ]
    kept: strawberry.Private[drafts.Draft]

    @strawberry.field(description="All its lines, by file.")  # type: ignore[untyped-decorator]
    def files(self) -> list[RulebookVersionFile]:
        texts = versions.written(self.kept.files)
        return [RulebookVersionFile(name=name, text=text) for name, text in texts]

    @strawberry.field(  # type: ignore[untyped-decorator]
        description="Each file that it may have, with columns, or one: what a form is made of."
    )
    def sheets(
        self,
        info: Info,
        file: Annotated[str | None, strawberry.argument(description="This one alone.")] = None,
    ) -> list[RulebookSheet]:
        return sheets_of(self.kept, file, info.context.language)


@strawberry.input
class LineChangeInput:
    """A line that goes, one that comes in its place, or one that is added."""

    file: Annotated[str, "leave, clauses, clocks … as a folder names it."]
    remove: Annotated[JSON | None, "The line as it is, by column; what is not said is empty."] = (
        None
    )
    add: Annotated[JSON | None, "The line as it shall be."] = None


@strawberry.type
class DraftFinding:
    """What is wrong with the draft and not with the rules in force, or the other way round."""

    severity: Annotated[Severity, "How bad it is."]
    problem: Annotated[str, "GAP, OVERLAP, VACANT_SEAT, LADDER_HOLE …"]
    message: Annotated[str, "A sentence for people."]
    clauses: Annotated[list[str], "The clauses to look at."]


@strawberry.type
class DraftExample:
    """An example that the office holds its rules to, as the draft would route it."""

    example: Annotated[str, "What it is called."]
    kind: Annotated[str, "The kind's code."]
    facts: Annotated[JSON, "What the case states."]
    expected: Annotated[str, "`endorse:section_chief > director`, or GAP …"]
    found: Annotated[str, "The route by the draft, written so."]
    holds: Annotated[bool, "Whether it is as expected; else it blocks."]


@strawberry.type
class DraftAnalysis:
    """What a draft brings; a new error blocks it, and a new warning needs a reason."""

    new: Annotated[list[DraftFinding], "What the rules in force do not have."]
    gone: Annotated[list[DraftFinding], "What the draft does away with."]
    closed_silently: Annotated[
        list[DraftFinding],
        "Gaps that it closes by no interpretation and no new clause: they block it.",
    ]
    examples: Annotated[list[DraftExample], "Those of the draft, all of them."]
    examples_changed: Annotated[
        list[str], "Those that it has otherwise or no more: they need a reason."
    ]
    overtaken: Annotated[
        list[LawInForce], "Laws in force that say otherwise, with no interpretation: they block it."
    ]
    blocked: Annotated[
        bool,
        "Whether it cannot be submitted; one that restores a version is not blocked "
        "by the errors which that had.",
    ]


DraftId = Annotated[UUID, Id("RulebookDraft"), "Which."]
Effective = Annotated[date | None, "In force from this day; today where not said."]


def draft_of(draft: drafts.Draft) -> RulebookDraft:
    return told(
        RulebookDraft,
        draft.row,
        digest=draft.digest.hex(),
        changes=[*map(RulebookDifference.of, draft.differences[:MOST_LINES_SHOWN])],
        kept=draft,
    )


async def start_draft(
    info: Info,
    like: Annotated[int | None, "With the lines of this earlier version: to take back."] = None,
) -> RulebookDraft:
    """Begin a draft on the newest version of the office's rulebook."""
    return draft_of(await drafts.start(info.context, like))


async def change_draft(
    info: Info,
    draft_id: DraftId,
    changes: Annotated[Sequence[LineChangeInput], "Lines, one after the other."] = (),
    files: Annotated[Sequence[RulebookFileInput], "Files that are as these say."] = (),
) -> RulebookDraft:
    """Change lines of a draft, or whole files; all of it is checked, and kept as a whole or not."""
    lines = [Change(each.file, each.remove, each.add) for each in changes]
    texts = [(each.name, each.text) for each in files]
    return draft_of(await drafts.change(info.context, draft_id, lines, texts))


async def list_drafts(info: Info, first: int | None = 20) -> list[RulebookDraft]:
    """Drafts of the office's rulebook, the latest first."""
    return [*map(draft_of, await drafts.listed(info.context, page_size(first)))]


async def one_draft(info: Info, draft_id: DraftId) -> RulebookDraft:
    """A draft of the office's rulebook, for those who draft, look on, or confirm."""
    context = info.context
    try:
        await context.must_open(SEES)
    except NotAllowed:
        await must_see(context, "enact")
    return draft_of(await drafts.one(context, draft_id))


async def analyse_draft(
    info: Info, draft_id: DraftId, effective_from: Effective = None
) -> DraftAnalysis:
    """What a draft would bring that the rules in force do not have, and what it does away with."""
    context = info.context
    draft = await drafts.one(context, draft_id)
    found, book = await drafts.analysed(context, draft, effective_from or context.today)
    before = (await context.services.rulebooks.version(draft.institution, draft.base)).rulebook
    language = context.language
    return DraftAnalysis(
        new=[_finding(each, book, language) for each in found.new],
        gone=[_finding(each, before, language) for each in found.gone],
        closed_silently=[_finding(each, before, language) for each in found.silent],
        examples=[_example(each) for each in found.examples],
        examples_changed=[each.name for each in found.dropped],
        overtaken=[law_of(each, book) for each in found.overtaken],
        blocked=bool(found.errors or found.silent or found.broken or found.overtaken),
    )


def _example(each: Shown) -> DraftExample:
    of = each.example
    facts = JSON(plain_facts(of.facts))
    return told(DraftExample, each, example=of.name, kind=of.kind, facts=facts, expected=of.written)


def _finding(each: Found, book: Rulebook, language: str) -> DraftFinding:
    return DraftFinding(
        severity=Severity(severity(each)),
        problem=each.problem.value,
        message=drafts.said(each, book, language),
        clauses=list(each.clauses),
    )


async def submit_draft(
    info: Info,
    draft_id: DraftId,
    issuing_body: Annotated[str, "Who adopted it: 局党组."],
    number: Annotated[str, "The document's number: 清人社〔2026〕12号."],
    day: Annotated[date, "When it was adopted."],
    effective_from: Annotated[date, "The first day that it is in force; not in the past."],
    reason: Annotated[str, "Why; needed where the analysis warns."] = "",
    attachment: Annotated[AttachmentInput | None, "The document itself, as a file."] = None,
) -> Administered:
    """Ask that a draft be put into force; whom the office's rules name for it agrees, or else a
    second policy administrator.
    """
    given: dict[str, Any] = {
        "draft": str(draft_id),
        "issuing_body": issuing_body.strip(),
        "number": number.strip(),
        "day": day.isoformat(),
        "effective_from": effective_from.isoformat(),
        "reason": reason.strip(),
    }
    await READY[drafts.ACT](info.context, given)
    if attachment:
        paper = await found_one(info, attachment, "attachment", of=draft_id)
        await attaching.attach(info.context, [paper], "rulebook", draft_id)
        given["file"] = paper.stored
    return await shown(info, await administer(info.context, drafts.ACT, ACTS[drafts.ACT], given))


async def again_draft(info: Info, id_: UUID) -> RulebookDraft:
    return draft_of(await drafts.one(info.context, id_))


MAY = "rulebooks.draft"
CHANGING: Any = {"permission": MAY, "replay": replayed(again_draft, "draft")}

FIELDS = (
    query(list_drafts, SEES, name="rulebook_drafts"),
    ask(one_draft, "administration.read", "DraftResult", name="rulebook_draft"),
    ask(analyse_draft, MAY),
    act(start_draft, result="DraftResult", **CHANGING),
    act(change_draft, result="DraftResult", **CHANGING, longest=LONGEST_FILE),
    act(submit_draft, MAY, "AdministeredResult", replay=again),
)

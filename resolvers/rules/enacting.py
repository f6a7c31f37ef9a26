"""A draft put into force: by the document that adopted it, from a day on, once another agrees."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.placement import expanded
from domain.errors import Problem, Refused, at_fault, must_be_none
from domain.office.notices import Notice
from domain.records.rule_changes import Comparison, roles_changed
from domain.rulebook import Rulebook
from domain.vocabulary import Act
from policies.drafting import source_of
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.office.administering import FOUNDERS, FOUNDING, HELD, OBJECT, holders
from resolvers.office.outcomes import Outcome, sentence
from resolvers.records.acts import roles_that_may
from resolvers.rules import drafts
from resolvers.rules.adopting import put_in_force, unanswered
from resolvers.rules.drafts import DIGEST, Draft
from resolvers.rules.rulebooks import ALONE, living_of

ENACTED = "enacted"
"""Why a version was recorded: it was drafted here, adopted by a document, and agreed to."""

MOST_TOLD = 100
DONE = statement("""
  update rulebook_drafts set version = :version
  where institution_id = :institution and id = :id""")


async def foreseen(context: Context, given: Mapping[str, Any]) -> None:
    """Judge a draft before anybody else has to wait for it: `enact` then finds it judged.

    Raises: Refused: as `enact` says, but for what it brings.
    """
    await drafts.analysed(context, *await _asked(context, given))


async def _asked(context: Context, given: Mapping[str, Any]) -> tuple[Draft, date]:
    """The draft, and the day from which it is asked to be in force."""
    draft = await drafts.one(context, UUID(given["draft"]))
    begins = date.fromisoformat(given["effective_from"])
    problems = [
        Problem("REQUIRED", ("input", name))
        for name, field in (("issuingBody", "issuing_body"), ("number", "number"))
        if not given[field].strip()
    ]
    if begins < context.today:
        details = {"today": context.today}
        problems.append(Problem("IN_THE_PAST", ("input", "effectiveFrom"), None, details))
    if date.fromisoformat(given["day"]) > begins:
        problems.append(Problem("ADOPTED_LATER", ("input", "day")))
    if not draft.differences:
        problems.append(Problem("NOTHING_CHANGED", ("input", "draftId")))
    must_be_none(problems)
    return draft, begins


async def enact(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Have a draft in force from a day on, as a version of the office's own.

    Raises: Refused: its base is outdated, the day is past, or what it brings does not stand.
    """
    await context.rows(ALONE)
    draft, begins = await _asked(context, given)
    found, after = await drafts.analysed(context, draft, begins)
    before = (await context.services.rulebooks.version(draft.institution, draft.base)).rulebook
    current = await context.rulebook(on=begins)
    if await context.value(DIGEST, version=current.version) != await context.value(
        DIGEST, version=draft.base
    ):
        raise at_fault("BASE_NOT_YET_IN_FORCE", "input", "effectiveFrom", base=draft.base)
    _must_stand(found, after, given["reason"], context.language)
    await _must_leave_somebody(context, after, begins)
    me = context.viewer.person
    names = ("issuing_body", "number", "day", "reason")
    document = {name: given[name] for name in names}
    document |= {"draft": given["draft"], "asked_by": str(by), "agreed_by": me.name}
    document["file"] = given.get("file")
    source = source_of(draft.institution, draft.files)
    numbers = await put_in_force(context, source, after, begins, ENACTED, document)
    await context.rows(DONE, id=draft.id, version=numbers[0])
    await _tell(context, before, after, begins, given)
    content = {
        "versions": numbers,
        "base": draft.base,
        "digest": draft.digest.hex(),
        "draft": draft.id,
        "number": given["number"],
        "effective_from": begins,
        "person": me.id,
        "name": me.name,
        "asked_by": by,
    }
    await context.record("rulebook_enacted", content)
    about: dict[str, Any] = {**document, "lines": len(draft.differences), "begins": begins}
    return Outcome(
        sentence(await context.rulebook(), "SAID_RULEBOOK_ENACTED", about),
        weighty=True,
        answer={"version": numbers[0]},
    )


def _must_stand(found: Comparison, book: Rulebook, reason: str, language: str) -> None:
    """What blocks: a new error, a gap that is closed silently, an example that does not hold; and
    without a reason a new warning, or an example that is changed.

    Raises: Refused: DRAFT_DOES_NOT_STAND, with each of them.
    """

    def told() -> Iterator[Problem]:
        for broken in found.broken:
            about = broken.example
            told = {"example": about.name, "expected": about.written, "found": broken.found}
            yield Problem("EXAMPLE_BROKEN", ("input", "draftId"), None, told)
        for dropped in found.dropped if not reason.strip() else ():
            told = {"example": dropped.name}
            yield Problem("EXAMPLE_CHANGED", ("input", "reason"), None, told)
        for code, each in (
            *(("NEW_ERROR", each) for each in found.errors),
            *(("GAP_CLOSED_SILENTLY", each) for each in found.silent),
            *(("NEW_WARNING", each) for each in found.warnings if not reason.strip()),
        ):
            said = drafts.said(each, book, language)
            name = "reason" if code == "NEW_WARNING" else "draftId"
            yield Problem(code, ("input", name), None, {"said": said})
        yield from unanswered(found.overtaken, "draftId")

    problems = [*told()]
    if problems:
        raise Refused("DRAFT_DOES_NOT_STAND", problems=problems[:MOST_TOLD], count=len(problems))


async def _must_leave_somebody(context: Context, book: Rulebook, on: date) -> None:
    """Raises: Refused: NOBODY_CONFIRMS: by its lines nobody could agree to what is asked for."""
    living = living_of(0, book, on)
    founders = await holders(context, FOUNDERS) if await context.value(FOUNDING) else set()
    for thing, act, asking in (
        (OBJECT, Act.CONFIRM, "posts.manage"),
        ("rulebook", Act.APPROVE, "rulebooks.draft"),
    ):
        ruled = roles_that_may(living, thing, act)
        seconds = await holders(context, ruled) | founders
        asks = await holders(context, ROLES_BY_PERMISSION[asking])
        if ruled and (not seconds or any(not seconds - {each} for each in asks)):
            raise Refused("NOBODY_CONFIRMS")


async def _tell(
    context: Context, before: Rulebook, after: Rulebook, on: date, given: Mapping[str, Any]
) -> None:
    """Whoever holds a seat that gains or loses authority is told, once."""
    changed: dict[str, tuple[int, int]] = {}
    for role, counts in roles_changed(before, after, on).items():
        for each in expanded(role, after.vocabulary.roles):
            old = changed.get(each, (0, 0))
            changed[each] = old[0] + counts[0], old[1] + counts[1]
    rows = await context.rows(HELD, roles=sorted(changed), today=context.today)
    by_person: dict[UUID, tuple[int, int]] = {}
    for row in rows:
        old, counts = by_person.get(row["person_id"], (0, 0)), changed[row["role"]]
        by_person[row["person_id"]] = old[0] + counts[0], old[1] + counts[1]
    about: dict[str, Any] = {
        "issuing_body": given["issuing_body"],
        "number": given["number"],
        "day": on,
    }
    home = context.viewer.institution
    notices = [
        Notice("AUTHORITY_CHANGED", person, home, {**about, "gained": gained, "lost": lost})
        for person, (gained, lost) in sorted(by_person.items())
    ]
    await announce(context, *notices)

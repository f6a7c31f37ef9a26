"""A rulebook adopted area by area, from a shipped one, from files, or as empty; first foreseen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused, at_fault, invalid, must_be_none
from domain.rulebook import Rulebook
from domain.shapes.law import LawInForce
from policies import loading, vocabulary
from policies.adopting import Adoption, adopted, of_files
from policies.lines import Fault, Faults, RulebookError
from policies.loading import SHIPPED, Source, read_source
from policies.messages import MESSAGES
from policies.overtaking import about
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import Overtaken
from resolvers.office.outcomes import Outcome, sentence
from resolvers.rules.rulebook_rows import digest_of, read_version, store_version
from resolvers.rules.rulebooks import ALONE, LAST, NEXT_EPOCH

ADOPTED = "adopted"
"""Why a version was recorded: an administrator adopted it, and a second person agreed."""

LATER = statement("""
  select distinct effective_from from rulebook_versions
  where institution_id = :institution and effective_from > :since""")
HELD = statement("""
  select distinct role from seats
  where institution_id = :institution and (ends is null or ends >= :today)""")
MOST_TOLD = 200


async def foreseen(context: Context, given: Mapping[str, Any]) -> Adoption:
    """What adopting would make of the office's rulebook; nothing is kept.

    Raises: Refused: the template or an area is unknown, or its lines cannot be read.
    """
    home, areas = context.viewer.institution, given["areas"]
    problems = [
        Problem("UNKNOWN_AREA", ("input", "areas"), None, {"area": each[:60]})
        for each in areas
        if each not in vocabulary.areas()
    ]
    if not areas:
        problems.append(Problem("REQUIRED", ("input", "areas")))
    must_be_none(problems)
    version = await context.value(LAST)
    own = Source(home, (), ())
    if version:
        own = await read_version(context.transaction, home, version)
    held = {row["role"] for row in await context.rows(HELD, today=context.today)}
    words = context.services.vocabulary
    reasons = given.get("overtaken", {})
    try:
        adoption = adopted(own, _template(given), areas, given["roles"], held, words, reasons)
    except RulebookError as error:
        raise invalid(told_in(context, error.faults, "files")) from error
    told = {each.clause for each in adoption.law}
    problems = [
        Problem("NOT_OVERTAKEN", ("input", "overtaken"), None, {"clause": each[:120]})
        for each in reasons
        if each not in told
    ]
    must_be_none(problems)
    return adoption


def told_in(context: Context, faults: Sequence[Fault], name: str) -> list[Problem]:
    """Each fault: in which file, line and column, and why."""
    return [
        Problem(
            "ROW_AT_FAULT",
            ("input", name),
            None,
            {
                "file": e.file or "-",
                "line": e.line,
                "column": e.column or "-",
                "reason": reason_of(e, context.language),
            },
        )
        for e in faults[:MOST_TOLD]
    ]


def reason_of(fault: Fault, language: str) -> str:
    return MESSAGES[fault.code].say(language, dict(fault.details))


def unanswered(laws: Iterable[LawInForce], name: str = "overtaken") -> list[Problem]:
    """A problem for each law that says otherwise than rules which are to be live."""
    return [Problem("LAW_UNANSWERED", ("input", name), None, about(each)) for each in laws]


def _template(given: Mapping[str, Any]) -> Source | None:
    faults = Faults()
    if code := given["template"]:
        if code not in loading.institutions():
            raise at_fault("UNKNOWN_INSTITUTION", "input", "from", institution=code)
        return read_source(SHIPPED / code, faults)
    if not given["files"]:
        return None
    source = of_files("files", given["files"], faults)
    faults.raise_any()
    return source


async def adopt(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Have these areas of a template from today on, as a version of the office's own.

    Raises: Refused: as `foreseen` says, or a role has no seat in the office and is not mapped.
    """
    await context.rows(ALONE)
    adoption = await foreseen(context, given)
    problems = [
        Problem("ROLE_MISSING", ("input", "roles"), None, {"role": role})
        for role in adoption.missing
        if role not in given["roles"]
    ]
    problems += unanswered(adoption.unanswered)
    if problems:
        raise Refused("INVALID_INPUT", problems=problems, count=len(problems))
    first = await context.value(LAST)
    numbers = await put_in_force(
        context, adoption.source, adoption.book, context.today if first else None, ADOPTED
    )
    me, source = context.viewer.person, given["template"] or ("files" if given["files"] else "-")
    content = {
        "versions": numbers,
        "digest": digest_of(adoption.source).hex(),
        "code": source,
        "person": me.id,
        "name": me.name,
        "asked_by": by,
    }
    await context.record("rulebook_adopted", content)
    labels = [vocabulary.areas()[each] for each in given["areas"]]
    said = {
        language: sentence(
            await context.rulebook(),
            "SAID_RULEBOOK_ADOPTED",
            {"areas": joint.join(getattr(e, language) for e in labels), "source": source},
        )[language]
        for language, joint in (("zh", "、"), ("en", ", "))
    }
    return Outcome(said, True, {"version": numbers[0]})


async def put_in_force(
    context: Context,
    source: Source,
    book: Rulebook,
    begins: date | None,
    reason: str,
    document: Mapping[str, Any] | None = None,
) -> list[int]:
    """Store a source as the version of a day and of each later one on which rules turn.

    So no earlier version comes back on a day of its own.

    Raises: Overtaken: somebody else has changed the rules meanwhile.
    """
    since = begins or context.today
    last = await context.value(LAST)
    later = {row["effective_from"] for row in await context.rows(LATER, since=since)}
    turning = {day for day in book.turning_days if day > since}
    days = [begins, *sorted(turning | later)]
    numbers = [*range(last + 1, last + 1 + len(days))]
    for number, day in zip(numbers, days, strict=True):
        await store_version(
            context.transaction,
            source,
            number,
            effective_from=day,
            reason=reason,
            at=context.now,
            document=document,
        )
    epoch, judged = await context.value(NEXT_EPOCH), context.transaction.judged
    if judged is None or epoch != judged.policy + 1:
        raise Overtaken
    context.transaction.judged = replace(judged, policy=epoch)
    return numbers

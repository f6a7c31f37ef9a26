"""A rulebook adopted area by area, from a shipped one, from files, or as empty; first foreseen."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused, invalid
from policies import loading, vocabulary
from policies.adopting import Adoption, adopted, of_files
from policies.lines import Faults, RulebookError
from policies.loading import SHIPPED, Source, read_source
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.office.administering import Outcome, sentence
from resolvers.rules.rulebook_rows import digest_of, read_version, store_version
from resolvers.rules.rulebooks import ALONE, LAST, NEXT_EPOCH

ADOPTED = "adopted"
"""Why a version was recorded: an administrator adopted it, and a second person agreed."""

LATER = statement(
    """select distinct effective_from from rulebook_versions
       where institution_id = :institution and effective_from > :today"""
)
HELD = statement(
    """select distinct role from seats
       where institution_id = :institution and (ends is null or ends >= :today)"""
)
MOST_TOLD = 200


async def foreseen(context: Context, given: Mapping[str, Any]) -> Adoption:
    """What adopting would make of the office's rulebook; nothing is kept.

    Raises:
        Refused: the template or an area is unknown, or its lines cannot be read.

    """
    home, areas = context.viewer.institution, given["areas"]
    problems = [
        Problem("UNKNOWN_AREA", ("input", "areas"), None, {"area": each[:60]})
        for each in areas
        if each not in vocabulary.areas()
    ]
    if not areas:
        problems.append(Problem("REQUIRED", ("input", "areas")))
    if problems:
        raise invalid(problems)
    version = await context.value(LAST)
    own = Source(home, (), ())
    if version:
        own = await read_version(context.transaction, home, version)
    held = {row["role"] for row in await context.rows(HELD, today=context.today)}
    words = context.services.vocabulary
    try:
        return adopted(own, _template(given), areas, given["roles"], held, words)
    except RulebookError as error:
        problems = [
            Problem(
                "ROW_AT_FAULT",
                ("input", "files"),
                None,
                {"file": e.file or "-", "line": e.line, "column": e.column, "reason": e.reason},
            )
            for e in error.faults[:MOST_TOLD]
        ]
        raise invalid(problems) from error


def _template(given: Mapping[str, Any]) -> Source | None:
    faults = Faults()
    if code := given["template"]:
        if code not in loading.institutions():
            problem = Problem("UNKNOWN_INSTITUTION", ("input", "from"), None, {"institution": code})
            raise invalid([problem])
        return read_source(SHIPPED / code, faults)
    if not given["files"]:
        return None
    source = of_files("files", given["files"], faults)
    faults.raise_any()
    return source


async def adopt(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Have these areas of a template from today on, as a version of the office's own.

    Raises:
        Refused: as `foreseen` says, or a role has no seat in the office and is not mapped.

    """
    await context.rows(ALONE)
    adoption = await foreseen(context, given)
    problems = [
        Problem("ROLE_MISSING", ("input", "roles"), None, {"role": role})
        for role in adoption.missing
        if role not in given["roles"]
    ]
    if problems:
        raise Refused("INVALID_INPUT", problems=problems, count=len(problems))
    last = await context.value(LAST)
    later = {row["effective_from"] for row in await context.rows(LATER, today=context.today)}
    turning = {day for day in adoption.book.turning_days if day > context.today}
    days = [context.today if last else None, *sorted(turning | later)]
    for number, day in enumerate(days, start=last + 1):
        await store_version(
            context.transaction,
            adoption.source,
            number,
            effective_from=day,
            reason=ADOPTED,
            at=context.now,
        )
    await context.rows(NEXT_EPOCH)
    me, source = context.viewer.person, given["template"] or ("files" if given["files"] else "-")
    content = {
        "versions": [*range(last + 1, last + 1 + len(days))],
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
    return Outcome(said, True, {"version": last + 1})

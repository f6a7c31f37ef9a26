"""An auditor's lists in the API, and what each clause came to in a year."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

import strawberry

from domain.messages import say
from resolvers.ground.context import Context
from resolvers.records import audit_lists
from resolvers.rules import practice
from schema.ground.connections import Cursors, moment
from schema.ground.edges import pages
from schema.ground.errors import sentence
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_of
from schema.ground.rows import told
from schema.rules.clauses import Clause, clause_of

AuditList: Any = enum_of(audit_lists.AuditList)


@strawberry.type
class AuditEntry:
    """Something that an auditor looks at: what it is about, who did it, and why it is listed."""

    at: Annotated[datetime, "When."]
    number: Annotated[str | None, "The request that it is about."]
    request_id: Annotated[strawberry.ID | None, "Its id."]
    kind: Annotated[str | None, "Of what kind, in the office's words."]
    unit_name: Annotated[str | None, "The unit that it came from."]
    about: Annotated[str | None, "Whose request or consequence it is."]
    person: Annotated[str | None, "Who did it; null for another office's."]
    why: Annotated[str, "Why it is listed."]
    clause: Annotated[Clause | None, "The clause under which it was done."]


PAGES = pages(
    "Audit",
    AuditEntry,
    Cursors("audit", (moment, str)),
    ("An entry in a page.", "The entry.", "A page of an auditor's list, the latest first."),
)


@strawberry.type
class ClauseInPractice:
    """What a clause came to in a year, by the lines of the ledger."""

    clause: Annotated[Clause, "The clause."]
    decided: Annotated[int, "Turns that were taken by it."]
    refused: Annotated[int, "Of these, how many rejected; and what it forbade to be submitted."]
    returned: Annotated[int, "Of these, how many returned the request."]
    overdue: Annotated[int, "Its clocks that ran out."]
    overridden: Annotated[
        int, "Turns that an administrator reassigned, and requests that one ended."
    ]
    gap_hit: Annotated[int, "Submissions into a gap beside it, those that a switch let pass too."]
    overlap_hit: Annotated[int, "Submissions on which it and others disagree."]
    cited: Annotated[int, "Lines of the ledger that cite it at all."]
    never_used: Annotated[bool, "Whether none does."]


async def audit(
    info: Info,
    of: Annotated[AuditList, "Which list."],
    from_: date | None = None,
    to: date | None = None,
    within: Annotated[int, "What is split: within how many days."] = 30,
    first: int | None = 50,
    after: str | None = None,
) -> Any:
    """What an auditor looks through, read-only; what concerns the viewer is left out."""
    context = info.context
    days = min(max(within, 1), 366)
    page = PAGES.page(first, after)
    found = await audit_lists.entries(context, audit_lists.AuditList(of), from_, to, days, page)
    return await PAGES.told(info, page, found, partial(_entry, context))


async def _entry(context: Context, row: Mapping[str, Any]) -> AuditEntry:
    kind = (await context.rulebook()).vocabulary.kinds.get(row["kind"] or "")
    details = {"name": row["person_name"] or "—", **row["details"]}
    return told(
        AuditEntry,
        row,
        kind=say(context.language, kind.label) if kind else None,
        why=sentence(row["why"], details, context.language),
        clause=await Clause.named(context, row["clause"]),
    )


async def clause_in_practice(
    info: Info, year: Annotated[int, "Which year of the calendar."]
) -> list[ClauseInPractice]:
    """How often each clause of the office was decided by, refused, overdue …, or never used."""
    living = await info.context.rulebook()
    counted = await practice.in_practice(info.context, year)
    what = ("decided", "refused", "returned", "overdue", "overridden", "gap_hit", "overlap_hit")
    return [
        ClauseInPractice(
            clause=clause_of(living, clause),
            cited=found["cited"],
            never_used=not found["cited"],
            **{each: found[each] for each in what},
        )
        for clause, found in counted.items()
    ]


FIELDS = (
    query(audit, "audits.read", PAGES.connection),
    query(clause_in_practice, "clauses.practice"),
)

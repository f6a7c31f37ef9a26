"""Comments on a request: said once, never changed, and no part of any decision."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.approval.correspondence import LONGEST_COMMENT, comments, may_comment, named
from domain.errors import Problem, must_be_none, must_be_said
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.ground.listing import EARLIEST_KEY, Listed
from resolvers.ground.people import load_applicant, these
from resolvers.requests.history import Lines
from resolvers.requests.oversight import IN_SIGHT, MAY_SEE, whose
from resolvers.requests.rows import RequestView
from resolvers.requests.sending import To, must_reach, record, tell

COMMENT = insertion(comments)
SEEN_BY = statement(
    f"select r.id from requests r where r.institution_id = {IN_SIGHT} and r.id = :id and {MAY_SEE}"
)
COMMENTS_OF = statement("""
  select c.* from unnest(cast(:ids as uuid[])) q(id) cross join lateral (
    select c.* from comments c
    where c.institution_id = :institution and c.request_id = q.id
      and (c.at, c.id) > (:after_at, :after_id)
    order by c.at, c.id limit :size) c
  order by c.at, c.id""")


async def comment(context: Context, view: RequestView, text: str, mentions: Sequence[UUID]) -> None:
    """Say something about a request that one has in sight, drafts apart.

    Raises: Refused: nothing or too much is said, or somebody is mentioned who cannot see it.
    """
    may_comment(view.request)
    kept = must_be_said(text, "text", LONGEST_COMMENT)
    person, owner = context.viewer.person, view.request.institution
    named(mentions, person.id, "input", "mentions")
    known = await these(context, mentions)
    await must_reach(context, view, [To(each, "Person") for each in mentions], "mentions")
    await _must_see(context, view, mentions)
    said_id = context.services.new_id()
    said = {
        "institution_id": owner,
        "id": said_id,
        "request_id": view.id,
        "author_id": person.id,
        "author_name": person.name,
        "text": kept,
        "mentions": [{"id": str(each), "name": known[each].name} for each in mentions],
        "at": context.now.isoformat(),
    }
    await context.transaction.rows_of(owner, COMMENT, rows=[said])
    here = [(each, person.institution) for each in mentions]
    await tell(context, view, "MENTIONED", here, subject=said_id)
    content = {"id": said_id, "comment": kept, "mentions": list(mentions)}
    await record(context, view, "commented", content)


async def _must_see(context: Context, view: RequestView, people: Sequence[UUID]) -> None:
    """A mention brings nobody into sight: that is what a copy is for."""
    holders = {holder.id for seat in view.seats.values() for holder in seat.holders}
    deciders = {step.decided_by for step in view.request.steps}
    problems = []
    for index, each in enumerate(people):
        if each == view.request.applicant or each in holders or each in deciders:
            continue
        here = context.viewer.institution
        other = await load_applicant(context, here, each)
        eyes = whose(context, other)
        if await context.transaction.row(SEEN_BY, id=view.id, **eyes) is None:
            problems.append(Problem("MENTIONED_OUT_OF_SIGHT", ("input", "mentions", str(index))))
    must_be_none(problems)


async def comments_of(
    context: Context,  # noqa: ARG001
    reading: Transaction,
    spans: list[Lines],
) -> Mapping[Lines, list[Listed[Any]]]:
    """The comments on each of these requests, oldest first, one more than asked for if there is."""
    alike: dict[Lines, list[Lines]] = defaultdict(list)
    for span in spans:
        alike[Lines(span.institution, UUID(int=0), span.page)].append(span)
    found: dict[Lines, list[Listed[Any]]] = {span: [] for span in spans}
    for like, these_spans in alike.items():
        by_request = {span.request: span for span in these_spans}
        rows = await reading.rows_of(
            like.institution,
            COMMENTS_OF,
            institution=like.institution,
            ids=list(by_request),
            **like.page.values(EARLIEST_KEY),
        )
        for row in rows:
            found[by_request[row["request_id"]]].append(Listed((row["at"], row["id"]), row))
    return found

"""What no word can say of reviews: a sheet is of whom, or of the unit that, its review is of."""

from collections.abc import Mapping
from typing import Any

from domain.areas.evaluation.reviews import CHECKS as BOOKS
from domain.areas.evaluation.reviews import MemberSheet, Reviewed
from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.registers import Check

REVIEWED = statement("""
  select true from party_reviews
  where institution_id = :institution and id = :review and party_review = :kind
    and :of in (unit_id, member_id)""")


async def _of_its_review(context: Context, entry: Any) -> None:
    """Raises: Refused: the review that a sheet names is of somebody else, or of another unit."""
    kind, of = Reviewed.LEADERSHIP_REVIEW, getattr(entry, "unit_id", None)
    if isinstance(entry, MemberSheet):
        kind, of = Reviewed.MEMBER_REVIEW, entry.member_id
    known = {"review": entry.review_id, "kind": kind.value, "of": of}
    if entry.review_id and not await context.value(REVIEWED, **known):
        raise at_fault("OF_ANOTHER_REVIEW", "input", "reviewId")


CHECKS: Mapping[str, Check] = {each.name: _of_its_review for each in BOOKS}

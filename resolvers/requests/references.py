"""What the books say of a form before it is judged: that it is the office's, and to be had."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from domain import NAMED, SETTLING
from domain.approval.forms import form_fields
from domain.approval.procedure import Form
from domain.approval.times import starts_of
from domain.errors import Problem, at_fault, must_be_none
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.bookable import must_be_had
from resolvers.records.case_going_on import must_wait
from resolvers.requests.counted import TOLD_BY_CASE
from resolvers.requests.words import camel

Facts = Mapping[str, FactValue]

ALSO = {of.word: of.table for of in (each.metadata["refers"] for *_, each in NAMED)}
UNKNOWN = {
    **dict.fromkeys(ALSO, "NOT_FOUND_HERE"),
    "Person": "NOBODY_HERE",
    "Unit": "NO_UNIT_HERE",
    "Sitting": "SITTING_NOT_FOUND",
}
KNOWN = statement(
    " union all ".join(
        f"""select t.id from {table} t where t.institution_id = :institution
              and t.id = any(cast(:ids as uuid[]))"""
        for table in sorted({"people", "units", *ALSO.values()})
    )
)
MET_AT = statement(
    "select begins_at from sittings where institution_id = :institution and id = :id"
)
APPROVED = statement("""
  select exists (
    select from requests r
    where r.institution_id = :institution and r.id = :id
      and r.kind = :kind and r.status = 'approved')""")


async def on_record(context: Context, kind: str, form: Form) -> Facts:
    """Facts that only the books know. Raises: Refused: they say that it cannot be had."""
    await must_wait(context, kind, form)
    await must_be_ours(context, form)
    await must_be_had(context, kind, form)
    return {**told_by_case(kind, form), **await settled(context, kind, form)}


def told_by_case(kind: str, form: Form) -> Facts:
    """That a form takes a case along is known by the case that it names."""
    return {fact: getattr(form, by) is not None for fact, by in TOLD_BY_CASE.get(kind, ())}


async def must_be_ours(context: Context, form: Form) -> None:
    """Raises: Refused: a person, section or sitting that is named is none of this office."""
    named = list(_named(form))
    if not named:
        return
    ids = [key for _, _, key in named]
    rows = await context.rows(KNOWN, ids=ids)
    known = {row["id"] for row in rows}
    must_be_none(
        Problem(UNKNOWN[word], ("input", camel(name)))
        for name, word, key in named
        if key not in known
    )


async def begins_at(context: Context, form: Form) -> datetime | None:
    """When what is asked for begins: with the sitting that a form names, or as it says itself."""
    sitting = getattr(form, "sitting_id", None)
    return await context.value(MET_AT, id=sitting) if sitting else starts_of(form)


async def settled(context: Context, kind: str, form: Form) -> Facts:
    """Whether what is paid for was approved beforehand.

    Raises: Refused: what it settles is not approved.
    """
    settles = SETTLING.get(kind)
    if settles is None:
        return {}
    named: UUID | None = getattr(form, "settles", None)
    if named is None:
        return {"approved_beforehand": False}
    if not await context.value(APPROVED, id=named, kind=settles.kind):
        raise at_fault(settles.code, "input", "settles")
    return {"approved_beforehand": True}


def _named(form: Form) -> Iterator[tuple[str, str, UUID]]:
    for each in form_fields(type(form)):
        key = getattr(form, each.name)
        if each.refers and each.refers.word in UNKNOWN and key is not None:
            yield each.name, each.refers.word, key

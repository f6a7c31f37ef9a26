"""The rules that a request is routed by, or pinned to; what they give to nobody is on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from domain.errors import Refused
from domain.office.booking import Absence
from domain.rules.rows import Rule, unique
from domain.rules.tables import requests_not_routed
from resolvers.ground.context import Context
from resolvers.ground.derived import insertion
from resolvers.requests.rows import RequestView
from resolvers.rules.rulebooks import LivingRulebook

NOT_ROUTED = insertion(requests_not_routed)


def rules_of(
    living: LivingRulebook, kind: str, on: date, extends: Absence | None
) -> tuple[Rule, ...]:
    """The kind's own rules; an extension that no clause regulates is judged like its leave."""
    own = living.rulebook.rules_for(kind, on)
    if own or extends is None:
        return own
    return living.rulebook.rules_for(extends.kind, on)


@contextmanager
def kept_on_record(
    context: Context, kind: str, living: LivingRulebook, unit: str, facts: dict[str, Any]
) -> Iterator[None]:
    """What is submitted and given to nobody is on record, though its own transaction is undone;

    by its facts too, which a replay looks at.
    """
    try:
        yield
    except Refused as refused:
        cited = (refused.clause, *(each.clause for each in refused.problems))
        said = {
            "kind": kind,
            "code": refused.code,
            "clauses": unique(each for each in cited if each),
            "rulebook_version": living.version,
        }
        asked = {"kind": kind, "unit_name": unit, "facts": facts, "at": context.now}
        owner = {"institution_id": living.rulebook.institution, "id": context.services.new_id()}
        context.on_record.append(("not_routed", said))
        context.kept_back.append((NOT_ROUTED, {**owner, **asked}))
        raise


async def with_rules(context: Context, view: RequestView) -> RequestView:
    """The request with the rulebook version that it is pinned to; a draft with today's."""
    if view.living is not None:
        return view
    return replace(view, living=await rules_for(context, view.institution, view.rulebook_version))


async def rules_for(context: Context, institution: str, version: int | None) -> LivingRulebook:
    """A version of an institution's rulebook, or for none today's."""
    if version is None:
        return await context.rulebook(institution)
    return await context.services.rulebooks.version(institution, version)

"""Requests under the rulebook version that they are pinned to."""

from dataclasses import replace

from resolvers.ground.context import Context
from resolvers.requests.rows import RequestView
from resolvers.rules.rulebooks import LivingRulebook


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

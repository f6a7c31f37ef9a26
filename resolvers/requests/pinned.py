"""Requests under the rulebook version that they are pinned to."""

from dataclasses import replace

from resolvers.ground.context import Context
from resolvers.requests.rows import RequestView


async def with_rules(context: Context, view: RequestView) -> RequestView:
    """The request with the rulebook version that it is pinned to; a draft with today's."""
    if view.living is not None:
        return view
    if view.rulebook_version is None:
        return replace(view, living=await context.rulebook(view.request.institution))
    rulebooks = context.services.rulebooks
    living = await rulebooks.version(view.request.institution, view.rulebook_version)
    return replace(view, living=living)

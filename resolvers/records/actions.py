"""Each act that fits an object, as the lines in force judge it for the viewer."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.records.acts import Verdict, judged, seats_of
from resolvers.records.sight import seen


async def actions(
    context: Context,
    thing: str,
    facts: Mapping[str, Any] | None = None,
    borne: Collection[str] = (),
    stages: Sequence[str] = (),
    *,
    lent_for: str = "",
    unit: UUID | None = None,
    named: bool = False,
    after_write: bool = False,
) -> list[tuple[Act, str, Verdict]]:
    """The act, the stage that it takes if any, and whether by which line; of one record.

    `stages` are those that may be taken next. Whom the record names may see it.
    """
    living = await context.rulebook()
    seats = await seats_of(context, thing, facts or {}, kind=lent_for, after_write=after_write)
    of, known = living.vocabulary.objects[thing], dict(facts or {})
    found: list[tuple[Act, str, Verdict]] = []
    for act in of.acts:
        if act is Act.SEE:
            found.append(
                (act, "", seen(living, thing, known, seats, borne, unit=unit, named=named))
            )
            continue
        for stage in stages if act is Act.TAKE and STAGE in of.facts else ("",):
            told = {**known, STAGE: stage} if stage else known
            found.append((act, stage, judged(living, thing, act, told, seats, borne, unit=unit)))
    return found

"""What clauses count towards a score, and how totals are ranked."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, cast

import strawberry

from domain.rules.phrases import plain
from domain.shapes.asking import speaking, unstated
from domain.shapes.derivations import raw_of
from domain.shapes.scores import Effect, Item, is_ranking, ranked, scored, scores_asked
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.acts import ask
from schema.ground.fields import Info
from schema.ground.scalars import JSON
from schema.rules.clauses import Clause, clause_of
from schema.rules.shapes import MeasurePreviewInput, asked, inside_input


@strawberry.type
class ScorePreview:
    """What a case scores."""

    values: Annotated[JSON, "Figures by name, as strings; null where the text leaves one open."]
    clauses: Annotated[list[Clause], "The clauses that say so."]
    unstated: Annotated[list[str], "Measures not stated: counted as nothing."]


async def score_preview(info: Info, input: MeasurePreviewInput) -> ScorePreview:
    """What a clause counts towards each of its scores; ballots are averaged, totals ranked."""
    living, rows, stated = await asked(info, input, lambda shapes: shapes.scores, ballots=True)
    items = whole_scores(living, rows)
    ranks, people = ranking(items, cast(Mapping[str, Any], input.measures))
    measures = {**stated, **people}
    values: dict[str, Any] = {}
    missing: dict[str, None] = {}
    with inside_input(living, info.context.language, measures):
        for score in scores_asked(speaking(items, measures), measures):
            found = {item.item: ranks[item.measure] for item in score if item.measure in ranks}
            if not (found and is_ranking(score, measures)):
                result = scored(score, measures)
                found |= {name: figure(value) for name, value in result.values.items()}
                missing |= dict.fromkeys(result.unstated)
            for name, value in found.items():
                # Two scores of one clause may both call their result the total.
                values[f"{score[0].id}: {name}" if name in values else name] = value
    missing |= dict.fromkeys(unstated(items, measures))
    cited = dict.fromkeys(item.clause for item in items if item.when.holds(measures))
    return ScorePreview(
        values=JSON(values),
        clauses=[clause_of(living, clause) for clause in cited],
        unstated=list(raw_of(missing, measures, living.shapes.measures)),
    )


def ranking(
    items: Sequence[Item], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Decimal]]:
    """The places of totals given in a list or by name, and how many are ranked by the same score.

    Whoever gives the totals has counted those ranked.
    """
    ranks: dict[str, Any] = {}
    people: dict[str, Decimal] = {}
    for rank in (item for item in items if item.effect is Effect.RANK):
        totals = given.get(rank.measure)
        if isinstance(totals, list | Mapping) and totals:
            named = totals if isinstance(totals, Mapping) else dict(enumerate(totals))
            exact = {str(name): Decimal(str(total)) for name, total in named.items()}
            places = {name: str(place) for place, name in ranked(exact)}
            ranks[rank.measure] = places if named is totals else [places[name] for name in exact]
            tiers = [each for each in items if each.effect is Effect.TIER and each.id == rank.id]
            people |= {each.measure: Decimal(len(exact)) for each in tiers if each.measure}
    return ranks, people


def whole_scores(living: LivingRulebook, rows: Iterable[Item]) -> tuple[Item, ...]:
    """Every item of the scores that a clause adds to, whichever clause states it."""
    rows = tuple(rows)
    ids = {row.id for row in rows}
    return tuple(item for item in living.shapes.scores if item.id in ids) or rows


def figure(value: Decimal | bool | None) -> str | bool | None:
    return plain(value) if isinstance(value, Decimal) else value


FIELDS = (ask(score_preview, "shapes.preview"),)

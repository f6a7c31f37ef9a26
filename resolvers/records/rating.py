"""Ballots of a round: cast by who rates in person, or entered from papers by who keeps it."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.errors import Refused, at_fault, invalid
from domain.records.marks import read_ratings
from domain.shapes.quotas import beyond, is_kept
from domain.shapes.scores import Item
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records import round_rows as rows
from resolvers.records.round_rows import Round, Section
from resolvers.records.rounds import kept, must_be_theirs, section_of

MOST_BALLOTS = 1000


async def rate(
    context: Context,
    round_id: UUID,
    subject: UUID,
    panel: str | None,
    line: str | None,
    rating: Decimal,
) -> None:
    """Cast one's own ballot for a panel, once for each section; for the only one if none is named.

    Raises:
        Refused: one's own section, no panel of theirs, off the scale, or cast before.

    """
    round_, section = await section_of(context, round_id, subject)
    if panel is None:
        named = round_.cast_in_person
        panel = named[0] if len(named) == 1 else ""
    item = _panel(round_, panel)
    await must_be_theirs(context, round_.kind, Act.INSPECT, panel)
    rater = context.viewer.person.id
    await _rated(context, round_, section, item, _lines(round_, line), [rating], rater)


async def enter_ratings(
    context: Context,
    round_id: UUID,
    subject: UUID,
    panel: str,
    line: str | None,
    ratings: Sequence[Decimal],
) -> None:
    """Enter the ballots of a panel without accounts; who cast them is not kept."""
    if not ratings:
        raise at_fault("REQUIRED", "input", "ratings")
    if len(ratings) > MOST_BALLOTS:
        raise at_fault("TOO_LARGE", "input", "ratings", maximum=MOST_BALLOTS)
    round_, section = await section_of(context, round_id, subject)
    if panel in round_.cast_in_person:
        raise at_fault("CAST_IN_PERSON", "input", "panel")
    await must_be_theirs(context, round_.kind, Act.KEEP)
    item, on = _panel(round_, panel), _lines(round_, line)
    cast = max(len(section.ratings.get((panel, each), ())) for each in on) + len(ratings)
    for quota in round_.living.shapes.quotas:
        measures = {quota.measure: Decimal(cast)}
        if quota.subject == panel and quota.limit and is_kept(quota, measures) is False:
            raise invalid([beyond(quota, measures, ("input", "ratings"))])
    await _rated(context, round_, section, item, on, ratings, None)


async def _rated(
    context: Context,
    round_: Round,
    section: Section,
    panel: Item,
    lines: Sequence[str],
    ratings: Sequence[Decimal],
    rater: UUID | None,
) -> None:
    name = "rating" if rater else "ratings"
    measured = {each.measure: each for each in round_.scheme.sheet}
    for line in lines:
        of = measured.get(line, panel)
        read = read_ratings(of, round_.living.shapes.measures, ratings, name)
        cast = await context.rows(
            rows.RATE,
            round=round_.id,
            subject=section.subject,
            panel=panel.measure,
            line=line,
            rater=rater,
            ids=[context.services.new_id() for _ in read],
            ratings=list(read),
        )
        if not cast:
            raise Refused("ALREADY_RATED")
    content = {
        "subject": section.subject,
        "panel": panel.measure,
        "lines": [*lines],
        "ratings": sorted(map(str, ratings)),
    }
    await kept(context, round_.id, "evaluation_rated", content)


def _lines(round_: Round, line: str | None) -> Sequence[str]:
    """The line that is rated; all of them alike where none is named.

    Raises:
        Refused: there is no such line.

    """
    known = round_.scheme.lines
    if line and line not in known:
        told = {"measure": line[:40], "known": " ".join(filter(None, known))}
        raise at_fault("UNKNOWN_MEASURE", "input", "line", **told)
    return (line,) if line else known


def _panel(round_: Round, panel: str) -> Item:
    known = {each.measure: each for each in round_.scheme.panels}
    if panel not in known:
        raise at_fault("UNKNOWN_PANEL", "input", "panel", panel=panel[:40], known=" ".join(known))
    return known[panel]

"""What lapses on a day of a thing's card: whoever keeps such things is reminded of the last."""

from dataclasses import replace

from domain.approval.procedure import Form
from domain.records.things import Thing
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records.acts import roles_that_may
from resolvers.time.clocks import Subject, happened
from resolvers.time.duty_rows import seat_ids, seats_by_role


async def watched(context: Context, thing: Thing, card: Form, subject: Subject) -> None:
    """Start the clocks of the days on a card, in place of those on the card before."""
    roles = roles_that_may(await context.rulebook(), thing.name, Act.KEEP)
    of = context.transaction, subject.institution, roles, context.today
    seats = [seat for seats in (await seats_by_role(*of)).values() for seat in seats]
    keepers = replace(subject, responsible=tuple(sorted(seat_ids(seats))))
    for column in thing.lapses.values():
        if day := getattr(card, column):
            event = f"{thing.name}.{column}"
            await happened(context, [event], keepers, at=day, instead_of=subject.id)

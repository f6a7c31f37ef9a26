"""What days and clocks settle by themselves: whom it concerns is told what follows."""

from datetime import timedelta

from domain.shapes.count_words import Whose
from resolvers.ground.context import Context
from resolvers.records.happened import said_by_lines
from resolvers.records.proposing import Subject, retold, told_of_lines
from resolvers.running.services import Services

BACK = timedelta(days=31)
"""How far back a day is looked at again: what is granted, or runs out, afterwards changes it."""


async def settle_days(services: Services, institution: str, back: timedelta = BACK) -> None:
    """Tell what the lines of the last days come to, and what they no longer lead to."""
    async with services.database.transaction(institution) as transaction:
        context = await Context.of_nobody(services, transaction, institution)
        living = await context.rulebook()
        since = context.today - back
        lines = await said_by_lines(context, living, None, since, context.today)
        people = {person for person, _ in lines} | await told_of_lines(context, since)
        await retold(context, (Subject(Whose.PERSON, each) for each in sorted(people)))

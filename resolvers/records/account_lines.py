"""Lines of registers that move accounts: whose they move, and no more than is left."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from domain.errors import Problem, invalid
from domain.records.registers import Register
from domain.records.rules import day_of
from domain.time.wording import quantity
from resolvers.ground.context import Context
from resolvers.records.accounts import Whose, hold, moved_by, told
from resolvers.requests.words import camel

Line = Mapping[str, Any]


async def moved_by_line(
    context: Context, register: Register, line: Line, corrected: Line | None
) -> list[Whose]:
    """The accounts that a line moves, and those of the line that it corrects; held until the end.

    Raises:
        Refused: it takes more than is left.

    """
    living = await context.rulebook(context.viewer.institution)
    every = moved_by(living, register.name)
    lines = [each for each in (line, corrected) if each]
    people = sorted({each[register.about] for each in lines}) if every else []
    accounts = [Whose(living, each, whom) for each in every for whom in people]
    await hold(context, accounts)
    for each in accounts:
        if each.person == line[register.about] and not line["void"]:
            await _must_be_left(context, each, register, line)
    return accounts


async def _must_be_left(context: Context, whose: Whose, register: Register, line: Line) -> None:
    flow = whose.account.debit(register.name)
    if flow is None:
        return
    day, wanted = day_of(line[register.day]), Decimal(line[flow.column])
    known = await told(context, whose, max(day, context.today), but=line["corrects"])
    left = known.on(day).room
    if known.bound and wanted > left:
        label, unit = whose.living.vocabulary.objects[whose.account.name].label, whose.account.unit
        details = {
            "zh": label.zh,
            "en": label.en,
            "left": quantity(left, unit),
            "asked": quantity(wanted, unit),
        }
        path = ("input", camel(flow.column))
        clause = next(iter(each.clause for each in whose.rows), None)
        raise invalid([Problem("ACCOUNT_SHORT", path, clause, details)], clause=clause)

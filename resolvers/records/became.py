"""What a stated total has become, since absences became shorter or longer than was asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain import PROCEDURES
from domain.approval.counting import derive
from domain.approval.forms import read_form
from domain.approval.procedure import Circumstances
from domain.office.booking import Absence
from domain.shapes.counts import Count, Sum
from domain.time.moments import Period, half_day_of, last_half_day_of
from domain.vocabulary import FactValue
from resolvers.ground.context import Context


def totals(counts: Iterable[Count], kind: str) -> frozenset[str]:
    """The columns of a kind whose last total counts."""
    return frozenset(each.column for each in counts if each.of == kind and each.sum is Sum.LAST)


async def became(
    context: Context,
    columns: frozenset[str],
    row: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
) -> dict[str, FactValue]:
    """These totals up to the absence of a request of one person, of all of whose `rows` it is one.

    Nothing where it asks for no absence, or none of these totals counts.
    """
    procedure = PROCEDURES.get(row["kind"])
    if not columns or procedure is None or procedure.occupies is None or row["begins"] is None:
        return {}
    before = [
        Absence(each["id"], each["kind"], Period(each["begins"], each["ends"]), each["days"])
        for each in rows
        if each["begins"] and each["begins"] < row["begins"]
    ]
    away = Period(row["begins"], row["ends"])
    form = read_form(procedure.form, row["form"])
    form = replace(form, begins=half_day_of(away.begins), ends=last_half_day_of(away))
    known = Circumstances(context.now, await context.calendar(), "", "", before)
    facts = derive(procedure, form, known).facts
    return {name: facts[name] for name in columns & facts.keys()}

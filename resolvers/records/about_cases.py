"""Cases as lines of whom they are about, for what the office counts of people and sections."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from domain import CASE_KINDS
from domain.approval.forms import Field, form_fields
from domain.records.cases import CaseKind
from domain.shapes.count_words import Whose
from domain.shapes.counts import Happened
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.derived import derived

ABOUT = {each.code: each for each in CASE_KINDS if each.about}
"""Cases about somebody: they count as of whom they are about."""
KEPT = {each.code: each for each in CASE_KINDS if each.entry}
"""Cases that an office keeps: they count as of the office."""
ONE_OFFICE = "cast(:subject as uuid) is null"


@derived
def cases_of(kind: CaseKind[Any], column: str) -> str:
    """The cases about a subject, from one day to another."""
    named = ", ".join(f"'{each}'" for each in kind.kinds)
    of_kinds = f" and t.kind in ({named})" if named else ""
    of = f"(cast(:subject as uuid) is null or t.{column} = :subject)" if column else ONE_OFFICE
    return f"""select t.*, t.{kind.day} as at_day from {kind.table.name} t
        where t.institution_id = :institution{of_kinds} and {of}
          and t.{kind.day} between :first and :last"""


async def of_cases(
    context: Context, names: Collection[str], whose: Whose, of_time: Mapping[str, Any]
) -> list[tuple[Any, Happened]]:
    """The cases about a person or a section, or those that the office keeps."""
    found: list[tuple[Any, Happened]] = []
    for kind in (ABOUT[name] for name in sorted(ABOUT.keys() & names)):
        about: Any = kind.about
        column = {Whose.PERSON: about.person, Whose.UNIT: about.unit}.get(whose)
        for row in await context.rows(cases_of(kind, column), **of_time) if column else ():
            facts = told(form_fields(kind.record), row)
            line = Happened(row["id"], kind.code, row["at_day"], facts)
            found.append(((line.day, row["begun_at"]), line))
    for kind in (KEPT[name] for name in sorted(KEPT.keys() & names) if whose is Whose.OFFICE):
        for row in await context.rows(cases_of(kind, ""), **of_time):
            facts = told(form_fields(kind.record), row)
            line = Happened(row["id"], kind.code, row["at_day"], facts)
            found.append(((line.day, row["begun_at"]), line))
    return found


def told(fields: Iterable[Field], row: Mapping[str, Any]) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for each in fields:
        value = row[each.name]
        if isinstance(value, bool | str | Decimal):
            facts[each.name] = value
        elif isinstance(value, int):
            facts[each.name] = Decimal(value)
    return facts

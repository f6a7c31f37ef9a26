"""Who decides on the viewer's own matters: changed by another administrator, never by the viewer.

The rule stands over everything that changes who holds a seat: appointments, loans, hand-overs; over
whoever asks for it, then and when another confirms it.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domain import CASE_KINDS
from domain.errors import Problem, invalid
from domain.office.organisation import LEADS_A_UNIT
from domain.records.cases import CaseKind
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import named_takers, seats_of
from resolvers.records.case_rows import units_led

REQUESTS = statement("""
  select r.number, r.applicant_id = :person as own from requests r
  where r.institution_id = :institution and r.status <> 'draft'
    and (r.applicant_id = :person or r.concerns_id = :person) and exists (
      select from steps t
      where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round)
        and (t.status in ('open', 'waiting')
          or r.status = 'returned' and t.status <> 'skipped')
        and t.seats && cast(:seats as uuid[]))
  order by own desc, r.created_at, r.id limit 1""")
"""A returned request is submitted again: whoever had a turn in it may be asked once more."""


def _about(kind: CaseKind[Any]) -> str:
    """Whether a seat has a turn in a case of this kind that is the viewer's matter, as SQL."""
    mine = ["c.begun_by = :person"] if kind.alone else []
    if about := kind.about:
        mine += [
            f"c.{about.person} = :person",
            *(f"c.{name} = :name" for name in about.matters_to),
            f"c.{about.unit} = any(cast(:headed as uuid[]))",
            f"position(cast(:name as text) in c.{about.text}) > 0",
        ]
    turns = [f"s.role = any(cast(:{_takers(kind)} as text[]))"]
    turns += [
        f"c.{each.unit} = s.unit_id and s.role = any(cast(:leading as text[]))"
        for each in kind.parties
        if each.unit
    ]
    return f"""exists (
      select from {kind.table.name} c
      where c.institution_id = s.institution_id and c.standing
        and c.kind = any(array[{", ".join(f"'{each}'" for each in kind.kinds or ("",))}])
        and ({" or ".join(mine)}) and ({" or ".join(turns)}))"""


def _takers(kind: CaseKind[Any]) -> str:
    return f"takers_{kind.code.replace('.', '_')}"


CONCERNING = tuple(each for each in CASE_KINDS if each.about or each.alone)
CASES_ABOUT = statement(f"""
  select from seats s
  where s.institution_id = :institution and s.id = any(cast(:seats as uuid[]))
    and ({" or ".join(map(_about, CONCERNING))})
  limit 1""")


async def must_be_anothers(context: Context, seats: Collection[UUID], by: UUID, *path: str) -> None:
    """Refuse to change who holds these seats where one has a turn in a matter of who asks for it.

    It takes the chain's lock: what is submitted meanwhile comes before the change or after it.

    Raises: Refused: naming one's own request, and no other matter.
    """
    if problems := await reasons_against(context, seats, by, *path):
        raise invalid(problems)


async def reasons_against(
    context: Context, seats: Collection[UUID], by: UUID, *path: str
) -> list[Problem]:
    """Why somebody may not change who holds these seats; of cases when they ask, not once more."""
    person = context.viewer.person
    await ledger.hold(context.transaction, person.institution)
    asked = {"institution": person.institution, "person": by, "seats": sorted(seats)}
    another = [Problem("ANOTHER_ADMINISTRATOR", ("input", *path))]
    if request := await context.row(REQUESTS, **asked):
        if request["own"] and by == person.id:
            details = {"number": request["number"]}
            return [Problem("DECIDES_YOUR_REQUEST", ("input", *path), details=details)]
        return another
    if by != person.id:
        return []
    _, headed = units_led(context, await seats_of(context, "", {}))
    roles = context.services.vocabulary.roles
    living = await context.rulebook()
    about = await context.row(
        CASES_ABOUT,
        **asked,
        name=person.name,
        headed=headed,
        **{_takers(each): sorted(named_takers(living, each.code)) for each in CONCERNING},
        leading=[code for code, role in roles.items() if role.level >= LEADS_A_UNIT],
    )
    return another if about is not None else []

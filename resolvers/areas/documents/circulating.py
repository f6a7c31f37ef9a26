"""A paper is read by whom the circulation opinion names, in that order, before it is filed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.areas.documents.incoming import INCOMING
from domain.errors import Problem
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView

NAMED = statement("""
  select said, id, name, position(name in said) as place
  from people join unnest(cast(:every as text[])) said on position(name in said) > 0
  where institution_id = :institution order by place, length(name) desc""")
READING, GIVING = {"read", "return"}, {"circulate", "give", "read", "finish"}
Named = list[tuple[UUID, str]]


async def of_incoming(context: Context, view: CaseView, look: Look) -> Looked:
    """Whether all have read who are named, and whether whoever is to have it now is the next."""
    filled, clause = view.case.filled, look.named[0].clause
    if look.event not in GIVING or not filled.reading_order:
        return Looked({"all_have_read": True})
    named = await batched(context, _named, filled.reading_order, after_write=True) or []
    read = {each["person_name"] for each in view.entries if each["event"] in READING}
    left = [each for each in named if each[1] not in read]
    known, names = {"all_have_read": not left}, "、".join(name for _, name in left)
    waiting = [key for key, _ in left if (look.event, key) != ("read", filled.reader_id)]
    if getattr(look.given, "reader_id", None) in waiting[1:]:
        out_of_turn = Problem("READ_IN_ORDER", ("reader_id",), clause, {"names": names})
        return Looked(known, against=(out_of_turn,))
    unread = Problem("NOT_ALL_HAVE_READ", ("event",), clause, {"names": names})
    return Looked(known, remarks=(unread,) if left else ())


async def _named(
    context: Context, reading: Transaction, every: Sequence[str]
) -> Mapping[str, Named]:
    """Whom each opinion names, in its order; a name inside a longer one names nobody."""
    found: dict[str, Named] = defaultdict(list)
    ends: dict[str, int] = defaultdict(int)
    rows = await reading.rows(NAMED, institution=context.viewer.institution, every=list(every))
    for each in rows:
        said, name = each["said"], each["name"]
        if each["place"] >= ends[said]:
            ends[said] = each["place"] + len(name)
            found[said].append((each["id"], name))
    return found


LOOKS: Mapping[str, Looks] = {INCOMING.code: of_incoming}

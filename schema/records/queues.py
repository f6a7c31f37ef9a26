"""A queue in the API: the cases that wait for a stage, each in its place and what puts it there."""

from datetime import datetime
from typing import Any

import strawberry

from domain.records.queues import Queue
from domain.shapes.orders import Turn
from resolvers.ground.listing import Listed
from resolvers.records.queues import queue_for_those_who_act
from schema.ground.edges import in_place
from schema.ground.fields import Info, query
from schema.ground.ids import global_id
from schema.ground.mirrors import shaped
from schema.ground.rows import Words, told
from schema.records.cases import Cases
from schema.rules.clauses import Clause


def served_queue(of: Queue, cases: Cases, case: str) -> Any:
    """The root type of a queue; `case` names the field of a turn that holds the case."""
    priority: Any = _type(
        f"{of.word}Priority",
        "Something that puts a case first.",
        ("label", str, "What the clause puts first."),
        ("clause", Clause, "The clause that says so."),
    )
    ids = list[strawberry.ID]
    turn: Any = _type(
        f"{of.word}Turn",
        "A case that waits, in its place.",
        ("place", int, "1 is first."),
        (case, cases.type, "The case."),
        ("asked_at", datetime, "When it was applied for."),
        ("priorities", list[priority], "What puts it there."),
        ("open_against", ids, "Cases that the text puts neither before nor after it."),
        ("may_share_with", ids, "Cases that one stage may serve together with it."),
    )

    async def queue(info: Info) -> Any:
        context = info.context
        found = await queue_for_those_who_act(context, of)
        words = Words(await context.rulebook(), context.language)

        async def shown(placed: tuple[int, Turn]) -> Any:
            place, each = placed
            key = each.waiting.id
            rows = [told(priority, row, words) for row in each.priorities]
            named = {
                "open_against": [global_id(cases.words, one) for one in each.open_against],
                "may_share_with": [global_id(cases.words, one) for one in found.together(of, key)],
            }
            known = {case: await cases.shown(info, found.cases[key]), **named}
            return turn(place=place, asked_at=each.waiting.asked_at, priorities=rows, **known)

        placed = enumerate(found.turns, start=1)
        listed = [Listed((each.waiting.id,), (place, each)) for place, each in placed]
        name = of.kind.table.name
        return [await in_place(name, each, shown) for each in (*listed, *found.lost)]

    queue.__doc__ = (
        "What waits, in the order that the office's clauses give. Null stands for one that cannot"
        " be shown, and `errors` says so; it comes last."
    )
    served = query(queue, "cases", list[turn | None])
    return strawberry.type(type("Queueing", (), {of.name: served}))


def _type(name: str, says: str, *shape: tuple[str, Any, str]) -> Any:
    fields = ((field, kind, strawberry.field(description=told)) for field, kind, told in shape)
    return shaped(name, fields, says)

"""The marks of a sheet in the API: each item with its points, or whether it is kept."""

from decimal import Decimal
from typing import Any

import strawberry

from domain.shapes.checks import Mark
from resolvers.ground.batches import batched
from resolvers.records import checks
from schema.ground.fields import Info, is_after_write
from schema.ground.rows import told
from schema.rules.clauses import Clause, clause_of


@strawberry.input
class MarkInput:
    """How an item was found to be: in points where it is scored, kept or not where it is ticked."""

    item: str = strawberry.field(description="Its code, as `checkItems` lists it.")
    points: Decimal | None = strawberry.field(default=None, description="Of a scored item.")
    kept: bool | None = strawberry.field(default=None, description="Of a ticked item.")

    def read(self) -> Mark:
        return Mark(self.item, self.points, self.kept)


@strawberry.type
class SheetMark:
    """What an item of a sheet was found to be."""

    item: str = strawberry.field(description="Its code.")
    label: str = strawberry.field(description="What was looked at.")
    points: Decimal = strawberry.field(description="What it was worth, before its weight.")
    kept: bool | None = strawberry.field(description="Whether it was kept; null where scored.")
    clause: Clause = strawberry.field(description="The clause that speaks of it.")


async def sheet_marks(root: strawberry.Parent[Any], info: Info) -> list[SheetMark]:
    context = info.context
    rows = await batched(context, checks.marks_of, root.id, after_write=is_after_write(info))
    living = await context.rulebook(context.viewer.institution)
    return [
        told(
            SheetMark,
            row,
            label=row["label"].get(context.language, row["label"]["zh"]),
            clause=clause_of(living, row["clause"]),
        )
        for row in rows or ()
    ]


def marks_field() -> Any:
    return strawberry.field(
        resolver=sheet_marks, description="Its marks; none on a line that strikes one out."
    )

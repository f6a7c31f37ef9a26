"""Adopting a rulebook in the API: foreseen, then done once a second person agrees."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from domain.errors import at_fault
from resolvers.office.administering import administer
from resolvers.rules import adopting
from schema.ground.acts import act
from schema.ground.errors import Refusal
from schema.ground.fields import Info, query
from schema.office.administering import ACTS, Administered, again, shown
from schema.office.organisation import title_of
from schema.rules.clauses import LawInForce, law_of

LONGEST_FILE = 400_000
MOST_LEFT_OUT = 500


@strawberry.input
class RulebookFileInput:
    """A file of a rulebook, as its folder has it."""

    name: Annotated[str, "leave.csv, clauses.csv, clocks.csv …"]
    text: Annotated[str, "Its lines, in UTF-8."]


@strawberry.input
class RoleMappingInput:
    """Which role of the office does what a template's does."""

    role: Annotated[str, "The template's."]
    to: Annotated[
        str, "The office's; empty where it has none yet: what comes to it finds nobody."
    ] = ""


@strawberry.type
class MissingRole:
    """A role that the rules name and that no seat of the office has."""

    role: Annotated[str, "Its code."]
    title: Annotated[str, "What it is called."]


@strawberry.type
class LeftOut:
    """A line of the template that does not fit the office, with the other lines of its rule."""

    file: Annotated[str, "Where it stands."]
    line: Annotated[int, "In which line."]
    text: Annotated[str, "What it says."]
    reason: Annotated[str, "Why it is left out."]


@strawberry.input
class OvertakenInput:
    """What the office makes of a clause that a law in force has overtaken."""

    clause: Annotated[str, "attendance-measures/三(二)"]
    reason: Annotated[
        str,
        "Why its rules are taken nevertheless, kept as an interpretation of the "
        "office; without one they are left out.",
    ] = ""


@strawberry.type
class OvertakenClause:
    """A clause of the template that a law in force has overtaken."""

    clause: Annotated[str, "`overtaken` takes it."]
    title: Annotated[str, "What the regulation is called."]
    law: Annotated[LawInForce, "What says otherwise, and how."]
    live: Annotated[
        bool, "Whether rules that rest on it would be live without a reason: it is refused."
    ]


@strawberry.type
class LinesAdded:
    """How many lines of a table would be the office's."""

    table: Annotated[str, "rows, clauses, clocks, quotas …"]
    lines: Annotated[int, "How many."]


@strawberry.type
class RulebookAdoption:
    """What adopting would bring."""

    added: Annotated[list[LinesAdded], "By table."]
    missing_roles: Annotated[
        list[MissingRole], "Each needs a seat, or a role of the office that does it instead."
    ]
    left_out: Annotated[list[LeftOut], "Lines that do not map, with why."]
    overtaken: Annotated[
        list[OvertakenClause],
        "What laws in force have overtaken of it, as far as the sample knows.",
    ]


From = Annotated[str | None, "A shipped institution whose rules are the template: hrss-bureau."]
Files = Annotated[list[RulebookFileInput] | None, "Or files; without either the areas are emptied."]
Areas = Annotated[list[str], "Which areas: leave, seals …; others stay as they are."]
Roles = Annotated[list[RoleMappingInput] | None, "Where the office's roles are others."]
Overtaken = Annotated[
    list[OvertakenInput] | None, "For each overtaken clause why its rules are taken, or that not."
]


@strawberry.input
class RulebookAdoptionInput:
    """Which rules would be adopted."""

    areas: Annotated[list[str], "Which areas: leave, seals …"]
    from_: str | None = strawberry.field(
        name="from", default=None, description="A shipped institution: hrss-bureau."
    )
    files: list[RulebookFileInput] = strawberry.field(
        default_factory=list, description="Or files; without either the areas are emptied."
    )
    roles: list[RoleMappingInput] = strawberry.field(
        default_factory=list, description="Where the office's roles are others."
    )
    overtaken: list[OvertakenInput] = strawberry.field(
        default_factory=list, description="What becomes of clauses that laws have overtaken."
    )


async def rulebook_adoption(info: Info, input: RulebookAdoptionInput) -> RulebookAdoption:
    """What adopting rules would bring, and what of them does not fit the office."""
    given = _given(input.areas, input.from_, input.files, input.roles, input.overtaken)
    found = await adopting.foreseen(info.context, given)
    roles, language = info.context.services.vocabulary.roles, info.context.language
    unanswered, lines = found.unanswered, found.book.lines_by_clause
    return RulebookAdoption(
        added=[LinesAdded(table=name, lines=number) for name, number in found.added.items()],
        missing_roles=[
            MissingRole(role=each, title=title_of(each, roles, language)) for each in found.missing
        ],
        left_out=[
            LeftOut(
                file=e.file,
                line=e.number,
                text=", ".join(e.fields),
                reason=adopting.reason_of(why, language),
            )
            for e, why in found.left_out[:MOST_LEFT_OUT]
        ],
        overtaken=[
            OvertakenClause(
                clause=each.clause,
                title=lines[each.clause][0].title,
                law=law_of(each, found.book),
                live=each in unanswered,
            )
            for each in found.law
        ],
    )


async def adopt_rulebook(
    info: Info,
    areas: Areas,
    from_: From = None,
    files: Files = None,
    roles: Roles = None,
    overtaken: Overtaken = None,
) -> Administered:
    """Have the rules of some areas from today on, as the office's own; a second person agrees."""
    given = _given(areas, from_, files or (), roles or (), overtaken or ())
    return await shown(info, await administer(info.context, "adopt", ACTS["adopt"], given))


def _given(
    areas: Sequence[str],
    template: str | None,
    files: Sequence[RulebookFileInput],
    roles: Sequence[RoleMappingInput],
    overtaken: Sequence[OvertakenInput],
) -> dict[str, Any]:
    if template and files:
        raise at_fault("ONE_OF_TWO", "input", "files", one="from", other="files")
    return {
        "areas": list(dict.fromkeys(areas)),
        "template": template,
        "files": [[each.name, each.text] for each in files],
        "roles": {each.role: each.to for each in roles},
        "overtaken": {each.clause: each.reason.strip() for each in overtaken},
    }


AdoptionResult = Annotated[RulebookAdoption | Refusal, strawberry.union("RulebookAdoptionResult")]


FIELDS = (
    query(rulebook_adoption, "rulebooks.adopt", AdoptionResult),
    act(
        adopt_rulebook, "rulebooks.adopt", "AdministeredResult", replay=again, longest=LONGEST_FILE
    ),
)

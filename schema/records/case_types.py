"""The GraphQL type of a kind of case: what every case shows, and the columns of its record."""

from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Annotated, Any

import strawberry

from domain.messages import say
from domain.records.cases import CaseKind
from resolvers.ground.batches import once
from resolvers.records import case_turns
from resolvers.records.case_looks import Looks
from resolvers.records.case_rows import CaseView
from resolvers.records.case_sql import origins
from resolvers.records.case_turns import Next, tells_secrets
from resolvers.requests.words import camel
from schema.ground.edges import come_to, lenient, nothing
from schema.ground.errors import Problem, problem_of
from schema.ground.fields import Info, is_after_write
from schema.ground.ids import global_id
from schema.ground.mirrors import mirror, read_off
from schema.ground.nodes import Node, ShownFrom
from schema.ground.papers import attachments_field
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.office.organisation import title_of
from schema.records.actions import ALLOWED, LivingAction, of_case
from schema.requests.kinds import RequestKind
from schema.rules.clauses import Clause


@strawberry.type
class CaseEvent:
    """What happened to a case."""

    event: Annotated[str, "begin, assign, leave, given_up …"]
    from_: str = strawberry.field(name="from", description="The state that it found.")
    to: Annotated[str, "The state that it led to."]
    taken: Annotated[bool, "False: a seat only put its part on record."]
    at: Annotated[datetime, "When."]
    by: Annotated[str, "The name of who did it."]
    role: Annotated[str, "In which role; may be one borne in the case."]
    comment: Annotated[str, "What was said; may be empty."]
    measures: Annotated[JSON, "What was stated, by measure."]
    particulars: Annotated[JSON, "What was filled in."]
    clause: Annotated[
        Clause | None, "The clause that it rests on; none where the office's text gives no path."
    ]


@strawberry.type
class CaseNext:
    """An event that may follow on a case's state."""

    event: Annotated[str, "Its mutation begins with it."]
    to: Annotated[str, "The state that it leads to."]
    label: Annotated[str, "In words."]
    by: Annotated[list[str], "Whose it is: roles, held or borne in the case."]
    allowed: Annotated[bool, "Nothing known now stands against the viewer."]
    reasons: Annotated[list[Problem], "Why not, each with its clause."]
    demands: Annotated[list[str], "The parts of the input that it asks for."]
    clause: Annotated[Clause | None, "The clause that it rests on, if any."]


@strawberry.type
class CaseClock:
    """A deadline of a case."""

    action: Annotated[str, "What is to be done."]
    due_at: Annotated[datetime, "Until when."]
    state: Annotated[str, "running, paused, done, expired or cancelled."]
    provisional: Annotated[bool, "Later announcements may move it."]
    clause: Annotated[Clause, "The clause that sets it."]


def next_of(view: CaseView, each: Next, language: str) -> CaseNext:
    roles = view.living.vocabulary.roles
    reasons = [problem_of(problem, view.living, language) for problem in each.reasons]
    return told(
        CaseNext,
        each.transition,
        Words(view.living, language),
        to=each.transition.target,
        by=[title_of(role, roles, language) for role in each.by],
        allowed=not reasons,
        reasons=reasons,
        demands=[camel(part) for part in each.demands],
    )


HEADER: tuple[tuple[str, Any, str], ...] = (
    ("number", str, "The request's number."),
    ("path", str, "The path that it is on."),
    ("state", str, "Where it stands on it."),
    ("since", datetime, "Since when."),
    ("version", int, "To give as `expectedVersion`."),
    ("standing", bool, "Whether it can still go on."),
    ("rulebook_version", int, "The rules that it is judged by."),
    ("begun_at", datetime, "When it began."),
)


def _of_case(name: str, kind: Any, says: str) -> tuple[str, Any, Any]:
    return read_off(name, kind, says, lambda it: getattr(it.view.case, name))


def _secret(name: str, description: str) -> Any:
    async def read(root: strawberry.Parent[Any], info: Info) -> str:
        told = await tells_secrets(info.context, root.view, after_write=is_after_write(info))
        if not told:
            return ""
        info.context.reads_secret(root.view.asked_for, root.view.case.id)
        return str(getattr(root, name))

    return strawberry.field(resolver=read, description=description)


def type_of(kind: CaseKind[Any], words: str, row: type, looks: Looks | None) -> Any:
    secrets = {f.name: f.metadata for f in fields(kind.record) if f.metadata.get("confidential")}
    table = kind.table.name

    def stage(root: Any, info: Info) -> str:
        return say(info.context.language, root.view.stage)

    def events(root: Any, info: Info) -> list[CaseEvent]:  # noqa: ARG001
        words = Words(root.view.living)
        return [
            told(CaseEvent, e, words, from_=e["origin"], to=e["target"], by=e["person_name"])
            for e in root.view.entries
        ]

    async def followed(root: Any, info: Info) -> list[CaseNext]:
        found = await case_turns.next_events(
            info.context, root.view, root.seats, root.calendar, looks
        )
        return [next_of(root.view, each, info.context.language) for each in found]

    later = lenient(table, followed, nothing)

    def following(root: Any, info: Info) -> list[CaseNext]:
        if looks or case_turns.stands_alone(root.view):
            return later(root, info)  # type: ignore[no-any-return]
        return once(info.context, (next_of, root.alike), lambda: come_to(followed(root, info)))

    def clocks(root: Any, info: Info) -> list[CaseClock]:  # noqa: ARG001
        words = Words(root.view.living)
        return [told(CaseClock, each, words) for each in root.view.clocks]

    def part(read: Any, description: str) -> Any:
        resolver, parent = lenient(table, read, nothing), strawberry.Parent
        resolver.__annotations__["root"] = parent[Any]
        return strawberry.field(resolver=resolver, description=description)

    def request_of(root: Any) -> strawberry.ID | None:
        asked_by = root.view.case.request_id
        return global_id("Request", asked_by) if asked_by else None

    def kind_of(root: Any) -> Any:
        return RequestKind(root.view.case.kind) if root.view.case.kind else None

    optional: Any = RequestKind | None
    asked: Any = optional if "" in origins(kind) else RequestKind
    more: list[tuple[str, Any, Any]] = [
        read_off(
            "id", strawberry.ID, "Opaque and global.", lambda it: global_id(words, it.view.case.id)
        ),
        read_off("request_id", strawberry.ID | None, "The request that it began with.", request_of),
        read_off("kind", asked, "What was asked for.", kind_of),
        *(_of_case(*each) for each in HEADER),
        ("stage", str, strawberry.field(stage, description="Where it stands, in words.")),
        read_off(
            "begun_by",
            str,
            "Who asked for it, or registered it.",
            attrgetter("view.case.begun_by_name"),
        ),
        read_off(
            "approved_by",
            str | None,
            "Who approved its request last.",
            attrgetter("view.approved_by"),
        ),
        read_off("overdue", bool, "Whether a clock of it has run out.", attrgetter("view.overdue")),
        *(
            (each.name, str | None, strawberry.field(description=each.label.zh))
            for each in kind.shows
        ),
        *(
            (name, str, _secret(name, f"{m['zh']}; the ledger keeps who read it."))
            for name, m in secrets.items()
        ),
        attachments_field(),
        ("clocks", list[CaseClock], part(clocks, "Its deadlines.")),
        ("history", list[CaseEvent], part(events, "What happened, in its order.")),
        (
            "next",
            list[CaseNext],
            part(following, "What may follow, for the viewer, and why the rest may not."),
        ),
        (
            "allowed_actions",
            list[LivingAction],
            strawberry.field(resolver=of_case, description=ALLOWED),
        ),
    ]
    made = mirror(kind.record, words, more=tuple(more), without=(*secrets, *kind.hidden), node=Node)
    made.__strawberry_definition__.is_type_of = ShownFrom((row,))
    return made

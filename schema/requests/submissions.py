"""One submit and one preview for each kind, each with a typed input made from its form."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval.procedure import Procedure
from domain.approval.request import Step, StepStatus
from domain.errors import Refused, at_fault
from domain.rules.routes import Finding, Note, Route
from domain.vocabulary import words_of
from resolvers.requests import verbs
from resolvers.requests.acting import find
from resolvers.requests.going import hangs_on
from resolvers.requests.needs import cited
from resolvers.requests.procedures import PROCEDURES, procedure_of
from resolvers.requests.submissions import Filled, Judged, judge, nearest, placed
from schema.ground.acts import keyed, optional
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import uuid_if_given, uuid_of
from schema.ground.mirrors import mirror, read_input
from schema.ground.papers import ATTACHMENTS, found
from schema.requests.kinds import KINDS, kind_named
from schema.requests.requests import Request
from schema.rules.routes import RoutePreview, RoutePreviewResult, shown


@strawberry.input
class NamedPersonInput:
    """Somebody whom the form names: the witness, the person in whose presence it was done."""

    role: Annotated[str, "The role that a clause names: witness."]
    person_id: Annotated[strawberry.ID, "The person; see `people`."]


@strawberry.type
class Submitted:
    """The request as it was submitted."""

    request: Annotated[Request, "With its steps and its number."]


SubmitResult = Annotated[Submitted | Refusal, strawberry.union("SubmitResult")]


BESIDE = (
    ATTACHMENTS,
    optional("as_seat", strawberry.ID, "The seat to submit in."),
    optional("named", list[NamedPersonInput], "Who takes a turn of their own."),
    optional("draft_id", strawberry.ID, "The draft it completes."),
)
"""What every submission says besides its form."""


async def replay_submitted(info: Info, answer: Any) -> Submitted:
    return Submitted(request=await find(info.context, UUID(answer["request"])))  # type: ignore[arg-type]


class Area:
    """The root types of an area: a submit and a preview for each of its procedures."""

    def __init__(self, procedures: tuple[Procedure[Any], ...]) -> None:
        self.procedures = procedures
        submits, previews, more = {}, {}, keyed(*BESIDE)
        for procedure in procedures:
            words = words_of(procedure.kind)
            name = procedure.kind.replace(".", "_")
            given = mirror(procedure.form, f"Submit{words}Input", is_input=True, more=more)
            submits[f"submit_{name}"] = _submission(procedure, given)
            previews[f"preview_{name}"] = _preview(procedure, given)
        self.Mutation = strawberry.type(type("Mutation", (), submits))
        self.Query = strawberry.type(type("Query", (), previews))


async def procedure_named(info: Info, code: str) -> Procedure[Any]:
    """The procedure of LEAVE_SICK, or of a kind that the viewer's office has itself.

    Raises: Refused: there is no such kind, or it has no form.
    """
    living = await info.context.rulebook()
    kind = kind_named(living.vocabulary, code, "input", "kind")
    if kind in KINDS and kind not in PROCEDURES:
        raise at_fault("NO_FORM", "input", "kind", kind=KINDS[kind].label)
    return procedure_of(kind, living)


async def filled(info: Info, form: Any, given: Any, draft: UUID | None) -> Filled:
    """A form with what is said beside it."""
    return Filled(
        form=form,
        attachments=await found(info, given.attachments, of=draft),
        as_seat=uuid_if_given(given.as_seat, "Seat", "asSeat"),
        named=named_of(given.named),
    )


def named_of(given: list[NamedPersonInput] | None) -> dict[str, UUID]:
    """By role who takes a turn of their own. Raises: Refused: a role is named twice."""
    found: dict[str, UUID] = {}
    for index, each in enumerate(given or ()):
        if each.role in found:
            raise at_fault("NAMED_TWICE", "input", "named", str(index))
        found[each.role] = uuid_of(each.person_id, "Person", "named", str(index), "personId")
    return found


def _submission(procedure: Procedure[Any], given: Any) -> Any:
    async def submit(info: Info, input: Any) -> Submitted:
        return await submitted(info, procedure, read_input(procedure.form, input), input)

    submit.__annotations__["input"] = given
    submit.__doc__ = "Routed by the rules of the day, and pinned to them."
    return mutation(
        submit,
        "requests.submit",
        SubmitResult,
        replay=replay_submitted,
        office=True,
        absences=procedure.looks_at_absences,
    )


def _preview(procedure: Procedure[Any], given: Any) -> Any:
    async def preview(info: Info, input: Any) -> RoutePreview:
        return await previewed(info, procedure, read_input(procedure.form, input), input)

    preview.__annotations__["input"] = given
    preview.__doc__ = "Where it would go: derived as on submission, nothing is kept."
    return query(preview, "requests.submit", RoutePreviewResult, office=True)


async def submitted(info: Info, procedure: Procedure[Any], form: Any, given: Any) -> Submitted:
    """A form on its way, however it came, with what is given beside it."""
    draft = uuid_if_given(given.draft_id, "Request", "draftId")
    whole = await filled(info, form, given, draft)
    view = await verbs.submit(info.context, procedure, whole, draft)
    return Submitted(request=view)  # type: ignore[arg-type]


async def previewed(info: Info, procedure: Procedure[Any], form: Any, given: Any) -> RoutePreview:
    """Where a form would go, however it came, with what is given beside it."""
    draft = uuid_if_given(given.draft_id, "Request", "draftId")
    whole = await filled(info, form, given, draft)
    judged = await judge(info.context, procedure, whole, as_told=True)
    route, seats, notes = await _as_placed(info, judged)
    notes = (*notes, *_beside(judged))
    going = partial(
        hangs_on, info.context, judged.living, procedure.kind, judged.form, judged.who.person.id
    )
    more: Any = {"provisional": judged.provisional, "going": going}
    return shown(info, judged.living, route, seats, notes, **more)


async def _as_placed(info: Info, judged: Judged) -> tuple[Route, Any, tuple[Note, ...]]:
    """The route as it would really be taken: own seats and the office's switches considered."""
    found = judged.route
    if found.finding is not Finding.ROUTED:
        return found, judged.nearest, ()
    try:
        steps = placed(info.context, judged, info.context.now)
    except Refused as refused:
        note = Note(str(refused.details["because"]), refused.details)
        return Route(Finding.GAP, claims=found.claims), judged.nearest, (note,)
    taken = tuple(
        turn
        for turn, step in zip(found.steps, steps, strict=True)
        if step.status is StepStatus.WAITING
    )
    return Route(found.finding, taken, found.claims, found.notes), judged.nearest, _notes(steps)


def _beside(judged: Judged) -> tuple[Note, ...]:
    """Of a hole that no clause claims, the clauses next to it."""
    if judged.route.finding is not Finding.GAP or judged.route.claims:
        return ()
    said = "、".join(cited(judged.living, clause) for clause in nearest(judged))
    return (Note("NEAREST_CLAUSES", {"clauses": said}),)


def _notes(steps: tuple[Step, ...]) -> tuple[Note, ...]:
    return tuple(
        Note(step.skipped["code"], step.skipped) for step in steps if step.skipped is not None
    )

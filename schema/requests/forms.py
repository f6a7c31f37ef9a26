"""The form of a request in the API: a union of typed forms, one for each kind."""

from types import SimpleNamespace
from typing import Annotated, Any, Union

import strawberry

from domain.approval.description import Shown, displayed
from domain.approval.forms import read_form, without_secrets
from domain.approval.request import Status
from domain.vocabulary import words_of
from resolvers.requests.needs import DURATIONS, facts_of_interest
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.request_rows import ShownRequest
from resolvers.requests.rows import facts_of
from resolvers.requests.words import camel
from schema.ground.edges import CODE
from schema.ground.errors import Refusal, sentence
from schema.ground.fields import Info
from schema.ground.mirrors import mirror
from schema.ground.scalars import JSON
from schema.requests.steps import rules_of

TYPES: dict[str, Any] = {
    kind: mirror(procedure.form, f"{words_of(kind)}Form") for kind, procedure in PROCEDURES.items()
}


@strawberry.type
class FormValue:
    """One filled-in field, ready to show: 请假天数, 2.5 天."""

    name: Annotated[str, "The field's name."]
    label: Annotated[str, "What people call it."]
    display: Annotated[str, "Its value in words."]
    value: Annotated[JSON | None, "Its value."]


@strawberry.type
class PlainForm:
    """The form of a kind that an office has by its own rows, which alone know its fields."""

    fields: Annotated[list[FormValue], "As `formFields` of `kinds` names them."]


RequestForm: Any = Annotated[
    Union[(*TYPES.values(), PlainForm, Refusal)],
    strawberry.union(
        "RequestForm",
        description="What was filled in: a typed form for each kind, or why there is none to show.",
    ),
]


def readable(root: ShownRequest, info: Info) -> Any:
    """The form as the viewer may read it: what is confidential is the applicant's."""
    form = read_form(root.procedure.form, root.form)
    own = root.applicant == info.context.viewer.person.id
    return form if own else without_secrets(form)


def shown_fields(root: ShownRequest, info: Info) -> list[Shown]:
    """What was filled in as the viewer may read it, and what rules look at of what was counted."""
    rules = rules_of(root)
    looked_at = {*DURATIONS, *facts_of_interest(rules, root.kind)}
    facts = {name: value for name, value in facts_of(root).items() if name in looked_at}
    return displayed(readable(root, info), info.context.language, rules.vocabulary, facts)


def values_of(root: ShownRequest, info: Info) -> list[FormValue]:
    return [
        FormValue(
            name=camel(each.name), label=each.label, display=each.display, value=JSON(each.value)
        )
        for each in shown_fields(root, info)
    ]


def form(root: ShownRequest, info: Info) -> RequestForm:
    """The typed form; kinds may share one form in the domain, so each is told by its own type."""
    if root.status is Status.DRAFT:
        return no_form(info, "NOT_ON_A_DRAFT")
    if root.kind not in TYPES:
        return PlainForm(fields=values_of(root, info))
    shown = SimpleNamespace(**vars(readable(root, info)))
    return strawberry.cast(TYPES[root.kind], shown)


def no_form(info: Info, code: str = CODE) -> Refusal:
    """What stands in the place of a form that cannot be shown."""
    said = sentence(code, {}, info.context.language)
    return Refusal(code=code, message=said, clause=None, problems=[])

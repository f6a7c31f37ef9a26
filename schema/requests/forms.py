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
from schema.ground.edges import CODE
from schema.ground.errors import Refusal, sentence
from schema.ground.fields import Info
from schema.ground.mirrors import mirror
from schema.requests.steps import rules_of

TYPES: dict[str, Any] = {
    kind: mirror(procedure.form, f"{words_of(kind)}Form") for kind, procedure in PROCEDURES.items()
}
RequestForm: Any = Annotated[
    Union[(*TYPES.values(), Refusal)],
    strawberry.union(
        "RequestForm",
        description="What was filled in: a typed form for each kind, or why there is none to show.",
    ),
]


def readable(root: ShownRequest, info: Info) -> Any:
    """The form as the viewer may read it: what is confidential is the applicant's."""
    form = read_form(PROCEDURES[root.kind].form, root.form)
    own = root.applicant == info.context.viewer.person.id
    return form if own else without_secrets(form)


def shown_fields(root: ShownRequest, info: Info) -> list[Shown]:
    """What was filled in as the viewer may read it, and what rules look at of what was counted."""
    rules = rules_of(root)
    looked_at = {*DURATIONS, *facts_of_interest(rules, root.kind)}
    facts = {name: value for name, value in facts_of(root).items() if name in looked_at}
    return displayed(readable(root, info), info.context.language, rules.vocabulary, facts)


def form(root: ShownRequest, info: Info) -> RequestForm:
    """The typed form; kinds may share one form in the domain, so each is told by its own type."""
    if root.status is Status.DRAFT:
        return no_form(info, "NOT_ON_A_DRAFT")
    shown = SimpleNamespace(**vars(readable(root, info)))
    return strawberry.cast(TYPES[root.kind], shown)


def no_form(info: Info, code: str = CODE) -> Refusal:
    """What stands in the place of a form that cannot be shown."""
    said = sentence(code, {}, info.context.language)
    return Refusal(code=code, message=said, clause=None, problems=[])

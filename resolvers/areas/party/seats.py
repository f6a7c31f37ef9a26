"""Whose each stage of a party case is, and who may state what one seat alone states."""

from uuid import UUID

from domain.areas.party.joining import APPLICANT, STATEMENT, THING
from domain.errors import Refused
from domain.rules.rows import NOBODY
from domain.shapes.paths import Transition
from domain.vocabulary import STAGE, Act, Label
from resolvers.areas.party.cases import CaseView
from resolvers.ground.context import Context
from resolvers.records.acts import Verdict, acted, judged


def seat_for(
    context: Context, view: CaseView, each: Transition, *, note: bool
) -> tuple[str, UUID | None]:
    """The role and seat that the viewer acts in; who may write on the case may note as well."""
    role, own = taken_by(view, each), view.case.person == context.viewer.person.id
    stage, living = {STAGE: each.event}, view.taking
    if role == APPLICANT and own:
        acted(context, judged(living, THING, Act.TAKE, stage, (), own_roles(context, view)))
        return role, None
    if own:
        raise Refused("OWN_PARTY_CASE", clause=each.clause)
    taken = acted(context, judged(living, THING, Act.TAKE, stage, view.seats))
    if taken.acting:
        return role, taken.acting.seat
    noted = acted(context, judged(living, THING, Act.KEEP, stage, view.seats))
    if note and noted.acting:
        return noted.role, noted.acting.seat
    raise Refused("NOT_YOUR_STAGE", clause=taken.clause or each.clause, role=role)


def own_roles(context: Context, view: CaseView) -> frozenset[str]:
    """What the viewer bears in a case: its applicant in their own, nothing in another's."""
    own = view.case.person == context.viewer.person.id
    return frozenset(view.taking.vocabulary.objects[THING].bears if own else ())


def taken_by(view: CaseView, each: Transition) -> str:
    """Whose act an event is, by the first line that says so."""
    bears = view.taking.vocabulary.objects[THING].bears
    whose = judged(view.taking, THING, Act.TAKE, {STAGE: each.event}, ()).whose
    role = whose[0] if whose else NOBODY
    return APPLICANT if role in bears else role


def stating(view: CaseView, name: str) -> Verdict | None:
    """Whether the viewer may state what one seat alone states; None where anybody may."""
    of = view.taking.vocabulary.objects[STATEMENT]
    if name not in of.stages:
        return None
    return judged(view.taking, STATEMENT, Act.KEEP, {STAGE: name}, view.seats)


def titled(view: CaseView, judged_so: Verdict) -> dict[str, Label | str]:
    roles = view.living.vocabulary.roles
    return {"role": roles[judged_so.whose[0]].label if judged_so.whose else NOBODY}

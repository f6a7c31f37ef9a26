"""A case given up before it begins, by whoever asked for it."""

from typing import Any
from uuid import UUID

from domain.approval.soundness import shape_problems
from domain.conditions.language import ALWAYS
from domain.errors import Refused
from domain.records.case_paths import GIVEN_UP, given_up, lacking
from domain.records.cases import CaseKind
from domain.records.stage_forms import GivingUp
from domain.shapes.paths import Transition
from resolvers.ground.context import Context
from resolvers.records.case_looks import not_ready
from resolvers.records.case_notices import subject_of, tell_given_up
from resolvers.records.case_rows import keep, record
from resolvers.records.case_turns import borne_by
from resolvers.records.cases import Effect, Taking, line_of, to_change
from resolvers.records.having import passed_on
from resolvers.requests.handing import give_up_request
from resolvers.time.clocks import called_off, happened


async def give_up(
    context: Context,
    kind: CaseKind[Any],
    case_id: UUID,
    version: int,
    given: GivingUp,
    effect: Effect | None = None,
) -> UUID:
    """End a case that has not begun, as whoever asked for it; its request counts as withdrawn.

    Raises: Refused: it is another's, or has begun, or no reason is given.
    """
    view = await to_change(context, kind, case_id, version)
    case = view.case
    if case.begun_by != context.viewer.person.id:
        raise Refused("NOT_YOURS_TO_GIVE_UP")
    if not case.standing or getattr(case.filled, kind.begun) not in (None, ""):
        raise Refused("CASE_HAS_BEGUN")
    if against := shape_problems(given) + lacking(given, None):
        raise not_ready(None, against)
    reason = given.reason.strip()
    now = given_up(case, context.now)
    ended = Transition("", "", case.state, GIVEN_UP, GIVEN_UP, ALWAYS, None, None, kind.label)
    role = next(iter(borne_by(context, view, (), case.begun_by)), "")
    line = {**line_of(ended, (role, None), None, {}), "comment": reason}
    await keep(context, view, now, line)
    if case.request_id:
        await give_up_request(context, case.request_id, reason)
    await passed_on(context, view)
    if effect:
        await effect(context, Taking(view, given, case.filled, (), None))
    subject = subject_of(kind, case, context.viewer.institution)
    await happened(context, [f"{view.asked_for}.{GIVEN_UP}"], subject, living=view.living)
    await called_off(context, subject)
    await tell_given_up(context, view, reason)
    await record(context, kind, now, line)
    return case.id

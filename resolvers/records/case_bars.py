"""What the lists and limits of clauses have against a stage of a case: for whom, for what it is."""

from collections.abc import Collection, Iterator
from datetime import date

from domain.errors import Problem
from domain.shapes.asking import Measures
from domain.shapes.count_words import Whose
from domain.shapes.counts import measured
from domain.shapes.derivations import derive
from domain.shapes.eligibility import Reason, reasons
from domain.shapes.quotas import beyond, is_kept
from domain.vocabulary import FactValue
from resolvers.ground.context import Context
from resolvers.ground.people import load_applicant
from resolvers.records.case_looks import ever
from resolvers.records.case_rows import CaseView
from resolvers.records.happened import happened


def unfit(view: CaseView, event: str, known: Measures) -> tuple[Reason, ...]:
    """What the office's list of who or what a stage is for has against it: `<kind>.<event>`.

    A list of another name looks at all that was ever stated of the case.
    """
    stage = view.kind.stages.get(event)
    fit_for = stage.fit_for if stage else ""
    subject = fit_for or f"{view.kind.code}.{event}"
    rows = [row for row in view.living.shapes.eligibility if row.subject == subject]
    return reasons(rows, {**ever(view), **known} if rows and fit_for else known)


async def known_of_whom(
    context: Context, view: CaseView, event: str, known: Measures
) -> dict[str, FactValue]:
    """What the list of a stage looks at and the office knows of whom the case is about.

    The result of a year is judged by all of that year, whenever it is fixed.
    """
    living, today = view.living, context.today
    subject = f"{view.kind.code}.{event}"
    rows = (row for row in living.shapes.eligibility if row.subject == subject)
    names = {name for row in rows for name in row.when.regions} - known.keys()
    party = next((each for each in view.kind.parties if each.unit), None)
    if not names or party is None:
        return {}
    found: dict[str, FactValue] = {}
    year = getattr(view.case.filled, "year", None)
    today = date(year, 12, 31) if year else today
    who, unit = (getattr(view.case.filled, name) for name in (party.column, party.unit))
    if who:
        whom = await load_applicant(context, context.viewer.institution, who)
        found = {name: value for name, value in whom.person.facts.items() if name in names}
    for whose_, of in ((Whose.PERSON, who), (Whose.UNIT, unit)):
        counts = [e for e in living.shapes.counts if e.id in names and e.whose is whose_]
        if of and counts:
            lines = await happened(context, living, counts, whose_, of, today, today)
            found |= {name: each.value for name, each in measured(counts, lines, today).items()}
    return found


def barred_by_clauses(
    view: CaseView, event: str, known: Measures, asked: Collection[str]
) -> Iterator[Problem]:
    """What lists have against a stage, and the limits, `<kind>.<event>`, that it goes beyond."""
    yield from (unmet(each, asked) for each in unfit(view, event, known))
    told, subject = derive(known, view.living.shapes.measures, []), f"{view.kind.code}.{event}"
    for quota in view.living.shapes.quotas:
        if quota.subject != subject or quota.measure not in told or not quota.when.holds(told):
            continue
        if is_kept(quota, told) is False:
            derived = view.living.shapes.measures[quota.measure].derived
            named = (quota.measure, *(derived.raw if derived else ()))
            at = next((name for name in named if name in asked), "measures")
            yield beyond(quota, told, (at,))


def unmet(reason: Reason, asked: Collection[str] = ()) -> Problem:
    """A condition of a list that is not met, or an exclusion that applies, in its own words.

    It is said of what is `asked`, where it looks at that.
    """
    code = "EXCLUDED" if reason.excludes else "REQUIREMENT_NOT_MET"
    at = next((name for name in reason.measures if name in asked), "measures")
    return Problem(code, (at,), reason.clause, {"label": reason.label})

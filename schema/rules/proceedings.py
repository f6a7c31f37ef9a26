"""Votes, staged processes and separated duties: what a body may decide and what may follow."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, cast

import strawberry

from domain.errors import Problem as Fault
from domain.errors import at_fault, invalid
from domain.messages import say
from domain.rules.phrases import plain, region_said
from domain.shapes import paths, separations
from domain.shapes.asking import read_measures
from domain.shapes.paths import Obstacle, Transition, must_be_known, passage
from domain.shapes.separations import Breach, about, breaches
from domain.shapes.votes import Ballot, check, for_matter, outcome
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.rules.shapes import calendar_of, rows_of
from schema.ground.acts import ask
from schema.ground.errors import Problem, problem_of, sentence
from schema.ground.fields import Info
from schema.ground.scalars import JSON, given_object
from schema.office.organisation import title_of
from schema.rules.clauses import Clause, clause_of
from schema.rules.shapes import inside_input


@strawberry.input
class VotePreviewInput:
    """A count of votes in a body."""

    institution: Annotated[str, "The institution's code."]
    body: Annotated[str, "The role code of the body: party_group …"]
    matter: Annotated[str | None, "What is voted on, by the code that a row gives it."] = None
    eligible: Annotated[int, "How many have a vote."]
    present: Annotated[int, "How many of them have come."]
    in_favour: Annotated[int, "Votes in favour of those present."]
    against: Annotated[int | None, "Votes against."] = 0
    abstained: Annotated[int | None, "Abstentions."] = 0
    written_in_favour: Annotated[
        int | None, "Written opinions in favour of those who have not come."
    ] = 0
    on: Annotated[date | None, "The rules in force that day; today when absent."] = None


@strawberry.type
class VotePreview:
    """What a count comes to. Null where the regulation states no quorum or no majority."""

    quorate: Annotated[bool | None, "Whether enough have come."]
    passed: Annotated[bool | None, "Whether the motion is carried."]
    clauses: Annotated[list[Clause], "The clauses that say so."]
    explanation: Annotated[str, "Why, in words."]


@strawberry.input
class PathPreviewInput:
    """A step in a staged process."""

    institution: Annotated[str, "The institution's code."]
    path: Annotated[str | None, "The process, by its row's id."] = None
    clause: Annotated[str | None, "Or the processes that this clause speaks of."] = None
    from_: str = strawberry.field(name="from", description="The state that is left.")
    attempt: Annotated[str, "The event, or the state that is wanted."]
    measures: Annotated[JSON | None, '{"mentors": 2}'] = None
    since: Annotated[datetime | None, "When the state was reached; untold, no wait is judged."] = (
        None
    )
    at: Annotated[datetime | None, "When it is attempted; now when absent."] = None
    on: Annotated[date | None, "The rules in force that day; today when absent."] = None


@strawberry.type
class PathPreview:
    """Whether a step may be taken, or everything that stands in its way."""

    allowed: Annotated[bool, "Whether it may."]
    to: Annotated[str | None, "The state that it leads to."]
    label: Annotated[str | None, "The step in words."]
    wait: Annotated[
        str | None, "How long the state must have lasted; judged only when `since` is told."
    ]
    reasons: Annotated[list[Problem], "Everything in the way, at once."]
    clauses: Annotated[list[Clause], "The clauses that say so."]


@strawberry.input
class SeparationPreviewInput:
    """Who holds which duties in a case."""

    institution: Annotated[str, "The institution's code."]
    holders: Annotated[JSON, '{"王": ["requester", "approver"]}']
    clause: Annotated[str | None, "By this clause alone."] = None
    kind: Annotated[str | None, "For this request kind."] = None
    area: Annotated[str | None, "For this area."] = None
    on: Annotated[date | None, "The rules in force that day; today when absent."] = None


@strawberry.type
class SeparationPreview:
    """Whether these people may hold these duties."""

    allowed: Annotated[bool, "Whether nobody joins what is kept apart."]
    reasons: Annotated[list[Problem], "Every breach, at once."]
    clauses: Annotated[list[Clause], "The clauses that were asked."]


async def vote_preview(info: Info, input: VotePreviewInput) -> VotePreview:
    """Whether a body may decide, and whether a motion is carried."""
    living = await info.context.rulebook(input.institution, input.on)
    ballot = Ballot(
        input.eligible,
        input.present,
        input.in_favour,
        input.against or 0,
        input.abstained or 0,
        input.written_in_favour or 0,
    )
    with inside_input(living, info.context.language):
        votes = for_matter(living.shapes.votes, input.body, input.matter)
        check(ballot)
    found = outcome(votes, ballot)
    language = info.context.language
    cited = dict.fromkeys(vote.clause for vote in found.votes)
    stop = ". " if language == "en" else "；"
    return VotePreview(
        quorate=found.quorate,
        passed=found.passed,
        clauses=[clause_of(living, clause) for clause in cited],
        explanation=stop.join(sentence(r.code, r.details, language) for r in found.remarks),
    )


async def path_preview(info: Info, input: PathPreviewInput) -> PathPreview:
    """Whether an event may follow on a state of a staged process, with every reason why not."""
    context = info.context
    living = await context.rulebook(input.institution, input.on)
    with inside_input(living, context.language):
        transitions = chosen(living, input.path, input.clause)
        must_be_known(transitions, input.from_, input.attempt)
        measures = read_measures(given_object(input.measures), living.shapes.measures, transitions)
    calendar = await calendar_of(context, input.institution)
    found = passage(
        transitions,
        input.from_,
        input.attempt,
        measures,
        calendar,
        since=input.since,
        now=input.at or context.now,
    )
    reasons = [obstacle(living, each, context.language) for each in found.obstacles]
    if not found.tried:
        reasons = [no_transition(transitions, input, context.language)]
    cited = dict.fromkeys(each.clause for each in ([found.taken] if found.taken else found.tried))
    return PathPreview(
        allowed=found.taken is not None,
        to=found.taken.target if found.taken else None,
        label=say(context.language, found.taken.label) if found.taken else None,
        wait=wait_of(found.taken) if found.taken else None,
        reasons=reasons,
        clauses=[clause_of(living, clause) for clause in cited],
    )


def wait_of(taken: Transition) -> str | None:
    if taken.wait is None or taken.wait_unit is None:
        return None
    return f"{plain(taken.wait)} {taken.wait_unit.value}"


def chosen(living: LivingRulebook, path: str | None, clause: str | None) -> tuple[Transition, ...]:
    """The transitions of one path, of the paths that a clause speaks of, or of all."""
    every = living.shapes.paths
    named = {each.id for each in every if clause in (None, each.clause) and path in (None, each.id)}
    if not named:
        known = " ".join(dict.fromkeys(each.id for each in every)) or "-"
        field = "clause" if path is None else "path"
        raise at_fault("UNKNOWN_PATH", field, path=(path or clause or "")[:60], known=known)
    return tuple(each for each in every if each.id in named)


def obstacle(living: LivingRulebook, each: Obstacle, language: str) -> Problem:
    path: tuple[str, ...] = ("input", "since")
    code, details = "WAIT_NOT_OVER", {"until": str(each.until)}
    if each.measure is not None and each.region is not None:
        label = region_said(each.region, living.shapes.measures[each.measure])
        code, path = "GUARD_NOT_MET", ("input", "measures", each.measure)
        details = {"region": say(language, label)}
    return problem_of(Fault(code, path, each.transition.clause, details), living, language)


def no_transition(
    transitions: tuple[Transition, ...], input: PathPreviewInput, language: str
) -> Problem:
    following = [each for each in transitions if each.origin == input.from_]
    details = paths.no_transition(transitions, input.from_, input.attempt, following)
    fault = Fault("NO_TRANSITION", ("input", "attempt"), details=details)
    return problem_of(fault, None, language)


async def separation_preview(info: Info, input: SeparationPreviewInput) -> SeparationPreview:
    """Whether people may hold these duties together, with every breach."""
    living = await info.context.rulebook(input.institution, input.on)
    every = living.shapes.separations
    holders = read_holders(input.holders)
    with inside_input(living, info.context.language):
        must_be_asked_of(living, input, info.context.today)
        separations.must_be_known(every, holders, living.vocabulary.roles)
    kind = living.vocabulary.kinds.get(input.kind or "")
    area = kind.area if kind and input.area is None else input.area
    rows = about(every, input.kind, area) if kind or area else every
    rows = tuple(row for row in rows if input.clause in (None, row.clause))
    found = breaches(rows, holders)
    return SeparationPreview(
        allowed=not found,
        reasons=[breach(living, each, info.context.language) for each in found],
        clauses=[clause_of(living, clause) for clause in dict.fromkeys(r.clause for r in rows)],
    )


def must_be_asked_of(living: LivingRulebook, input: SeparationPreviewInput, today: date) -> None:
    """Raises: Refused for a clause that separates nothing, or a kind or area that is not known."""
    if input.clause is not None:
        rows_of(living, lambda shapes: shapes.separations, input.clause, input.on or today)
    kinds = living.vocabulary.kinds
    if input.kind is not None and input.kind not in kinds:
        raise at_fault("UNKNOWN_KIND", "kind", kind=input.kind[:60])
    if input.area is not None and input.area not in {kind.area for kind in kinds.values()}:
        raise at_fault("UNKNOWN_AREA", "area", area=input.area[:60])


def read_holders(given: object) -> Mapping[str, list[str]]:
    """Duties by person. Raises: Refused: it is no object of lists of words."""
    if isinstance(given, Mapping) and all(
        isinstance(duties, list) and all(isinstance(duty, str) for duty in duties)
        for duties in given.values()
    ):
        return cast(dict[str, list[str]], given)
    fault = Fault("NOT_AN_OBJECT", ("input", "holders"))
    raise invalid([fault])


def breach(living: LivingRulebook, each: Breach, language: str) -> Problem:
    row = each.separation
    label = say(language, row.label)
    details: dict[str, Any] = {"label": label, "least": row.least}
    code = "TOO_FEW_PEOPLE"
    if each.person is not None:
        roles = living.vocabulary.roles
        titles = [title_of(d, roles, language) if d in roles else d for d in each.duties]
        code, details = "DUTIES_JOINED", {"person": each.person, "duties": " / ".join(titles)}
    path = ("input", "holders", *([each.person] if each.person else []))
    return problem_of(Fault(code, path, row.clause, details), living, language)


FIELDS = (
    ask(vote_preview, "shapes.preview"),
    ask(path_preview, "shapes.preview"),
    ask(separation_preview, "shapes.preview"),
)

"""What lines lead to is proposed: told to whom it concerns, and taken back with its lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from domain import PROCEDURES
from domain.office.notices import Notice
from domain.records.consequences import Stand, Step, Turn, consequence_turns, stand
from domain.records.occurrences import OCCURRENCES
from domain.rules.acts import is_counted
from domain.shapes.count_words import Whose
from domain.shapes.proposals import Proposal, looked_at, proposals
from domain.vocabulary import STAGE, WHAT
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.ground.keeping import alone
from resolvers.ground.notices import announce
from resolvers.ground.reading import read_as
from resolvers.records.about_whom import known_of
from resolvers.records.acts import judged, seats_of
from resolvers.records.concerned import carried_by, decided_by, heard_by, laid_on, to_be_told
from resolvers.records.happened import happened
from resolvers.records.verdicts import Verdict
from resolvers.rules.rulebooks import LivingRulebook

WRITE = insertion(consequence_turns)
TURNS = statement("""
  select * from consequence_turns
  where institution_id = :institution and proposal_id = any(cast(:proposals as uuid[]))
  order by proposal_id, number""")
OF = statement("""
  select distinct proposal_id from consequence_turns
  where institution_id = :institution and turn = 'told'
    and (person_id = cast(:person as uuid) or unit_id = cast(:unit as uuid))""")
BY_LINES = statement("""
  select distinct person_id from consequence_turns
  where institution_id = :institution and turn = 'told' and person_id is not null
    and (day >= :since and lines::text like '%/%'
      or day >= :reach and lines::text like '%clock.%')""")
REACH = timedelta(days=366)
"""How long after it happened something still brings up a consequence; approved leave lies ahead."""

OF_PROPOSAL = (
    *("proposal_id", "person_id", "unit_id", "source", "trigger", "rung", "label", "clause"),
    *("day", "counted_from", "lines", "measures", "answers"),
)
"""What every turn repeats of the proposal."""


@dataclass(frozen=True)
class Subject:
    """Whom lines are about."""

    whose: Whose
    id: UUID


@dataclass(frozen=True)
class Kept:
    """A proposal as it was told, and everything that happened to it."""

    id: UUID
    told: Mapping[str, Any]
    steps: Sequence[Step]
    verdict: Verdict
    carrying: Verdict
    hearing: Verdict

    @property
    def concerned(self) -> tuple[UUID, ...]:
        """Whoever answers where the clause lays it on another, or else whom the lines are about."""
        return tuple(self.told["answers"]) or (self.told["person_id"] or self.told["unit_id"],)

    @property
    def rung(self) -> tuple[str, str, str]:
        """The key of the rung that it is of."""
        return self.told["rung"], self.told["clause"], self.told["label"]["zh"]

    @cached_property
    def stands(self) -> Stand:
        return stand(self.steps)


async def retold(context: Context, subjects: Iterable[Subject]) -> None:
    """Tell what the lines of these now lead to, and that what they no longer lead to has lapsed."""
    living = await context.rulebook()
    if not living.shapes.counts:
        return
    for subject in subjects:
        due = {each.id: each for each in await proposed_for(context, living, subject)}
        known = await kept_of(context, await told_of(context, subject))
        for each in due.values():
            before = known.get(each.id)
            if before is None and any(_was_imposed(each, one) for one in known.values()):
                continue
            if before is None or before.stands is Stand.LAPSED or _comes_to_else(each, before):
                number = len(before.steps) if before else 0
                of_it = subject.whose, subject.id, each.rung.whom, each.day
                told = _telling(subject, each, await laid_on(context, living, *of_it))
                await note(context, told, Turn.TOLD, number)
                of = context.viewer.institution, each.rung.label.both
                about: dict[str, Any] = {"clause": each.rung.clause, "subject": each.id}
                to = await to_be_told(context, told)
                notices = (Notice("CONSEQUENCE_PROPOSED", each, *of, **about) for each in to)
                await announce(context, *notices)
        for gone in known.values():
            if gone.id not in due and gone.stands is Stand.PROPOSED:
                await note(context, gone.told, Turn.LAPSED, len(gone.steps))


async def retold_of_request(
    context: Context, institution: str, kind: str, applicant: UUID, unit: UUID | None
) -> None:
    """The same for a request that is counted or tells of an absence, once approved, at home only.

    What was approved from another institution is told with the next line of its applicant.
    """
    if institution != context.viewer.institution:
        return
    living = await context.rulebook(institution)
    if retells(living, kind):
        units = [Subject(Whose.UNIT, unit)] if unit else []
        await retold(context, [Subject(Whose.PERSON, applicant), *units])


def retells(living: LivingRulebook, kind: str) -> bool:
    """Whether an approval of the kind is counted, or may excuse what lines say by themselves."""
    away = living.shapes.recorded and (of := PROCEDURES.get(kind)) and of.occupies
    return bool(away) or any(each.of == kind for each in living.shapes.counts)


async def proposed_for(
    context: Context, living: LivingRulebook, subject: Subject
) -> tuple[Proposal, ...]:
    counts = [each for each in living.shapes.counts if each.whose is subject.whose]
    since, until = context.today - REACH, context.today + REACH
    lines = await happened(context, living, counts, subject.whose, subject.id, since, until)
    shapes, known = living.shapes, await known_of(context, living, subject.whose, subject.id)
    of = shapes.ladders, known, shapes.measures
    return proposals(subject.id, lines, counts, *of, since)


def bench(living: LivingRulebook, source: str) -> str:
    """The object whose lines name who decides: that of the line, or else of occurrences."""
    of = living.vocabulary.objects.get(source)
    return source if of and is_counted(of) else OCCURRENCES.name


def words_behind(living: LivingRulebook, trigger: str) -> frozenset[str]:
    """The words of occurrences that the ladders of a trigger count; else those of its area.

    Of requests nobody keeps lines, and what signs itself in is kept by everybody.
    """
    return living.once("words behind", trigger, lambda: _words_behind(living, trigger))


def _words_behind(living: LivingRulebook, trigger: str) -> frozenset[str]:
    shapes, book = living.shapes, living.rulebook
    rungs = [each for each in shapes.ladders if each.trigger == trigger]
    names = {name for each in rungs for name in looked_at(each, shapes.measures)}
    counts = (each for each in shapes.counts if each.id in names and each.of == OCCURRENCES.name)
    said = (each.when.regions.get(WHAT) for each in counts)
    words = frozenset(str(word) for e in said if isinstance(e, frozenset) for word in e)
    areas = {area for each in rungs for area in book.areas_of(each.clause)}
    return words or frozenset(each.id for each in book.said_in(areas))


def _was_imposed(each: Proposal, before: Kept) -> bool:
    """Whether further lines of the same time come to what was imposed for it, and once for it."""
    rung, told = each.rung, before.told
    return (
        rung.per not in each.measures
        and each.first > date.min
        and before.stands in (Stand.IMPOSED, Stand.OBJECTED)
        and before.rung == rung.key
        and told["counted_from"] == each.first
        and {*told["lines"]} <= {*each.lines}
    )


def _comes_to_else(each: Proposal, before: Kept) -> bool:
    """Whether the same lines, of which nobody decided yet, have come to something else since."""
    measures = {name: _plain(value) for name, value in each.measures.items()}
    return before.stands is Stand.PROPOSED and before.told["measures"] != measures


async def told_of_lines(context: Context, since: date) -> set[UUID]:
    """Whom something was proposed of for what lines said by themselves since a day, or clocks."""
    of = {"since": since, "reach": context.today - REACH}
    return {row["person_id"] for row in await context.rows(BY_LINES, **of)}


async def told_of(context: Context, subject: Subject) -> list[UUID]:
    rows = await context.rows(OF, **{"person": None, "unit": None, subject.whose.value: subject.id})
    return [row["proposal_id"] for row in rows]


def _telling(subject: Subject, each: Proposal, answers: Sequence[UUID]) -> dict[str, Any]:
    rung = each.rung
    return {
        "proposal_id": each.id,
        "person_id": None,
        "unit_id": None,
        f"{subject.whose}_id": subject.id,
        "source": each.of,
        "trigger": rung.trigger,
        "rung": rung.id,
        "label": rung.label.both,
        "clause": rung.clause,
        "day": each.day,
        "counted_from": each.first,
        "lines": [*each.lines],
        "measures": {name: _plain(value) for name, value in each.measures.items()},
        "amount": each.consequence.amount,
        "answers": list(answers),
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


async def note(
    context: Context,
    told: Mapping[str, Any],
    turn: Turn,
    number: int,
    *,
    said: str = "",
    amount: Decimal | None = None,
    verdict: Verdict | None = None,
    carried_on: date | None = None,
) -> None:
    """Write a turn down as the next line of its proposal, and in the ledger."""
    me = context.viewer.person
    row = {
        **{name: told[name] for name in OF_PROPOSAL},
        **context.signed,
        "number": number + 1,
        "turn": turn.value,
        "amount": told["amount"] if amount is None else amount,
        "said": said,
        "carried_on": carried_on,
        "role": verdict.role if verdict else "",
    }
    with alone():
        await context.rows(WRITE, rows=[row])
    content = {
        "proposal": told["proposal_id"],
        "rung": told["rung"],
        "clause": told["clause"],
        "person": me.id,
        "said": said,
        "amount": row["amount"],
    }
    await context.record(f"consequence_{turn.value}", content)


async def kept_of(context: Context, ids: Sequence[UUID]) -> dict[UUID, Kept]:
    """Proposals with what happened to them, and whether the viewer may decide, or carry out."""
    if not ids:
        return {}
    rows = await context.rows(TURNS, proposals=list(ids))
    living = await context.rulebook()
    found = {}
    for key, turns in groupby(rows, itemgetter("proposal_id")):
        lines = [*turns]
        told = [line for line in lines if line["turn"] == Turn.TOLD][-1]
        steps = [read_as(Step, line) for line in lines]
        facts, of = {STAGE: told["trigger"]}, bench(living, told["source"])
        acts = (
            decided_by(living, of, told["trigger"], stand(steps)),
            carried_by(living, of, told["trigger"]),
            heard_by(living, of, told["trigger"], stand(steps)),
        )
        seats = await seats_of(context, of, facts)
        found[key] = Kept(key, told, steps, *(judged(living, of, a, facts, seats) for a in acts))
    return found

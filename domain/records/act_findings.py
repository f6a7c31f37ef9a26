"""What is wrong with the lines of objects: what nobody may do, what is allowed and denied at once.

An error leaves a register that a clause demands, or a stage of a path, to nobody.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product

from domain.approval.placement import expanded
from domain.conditions.cells import axis_of
from domain.conditions.joining import apart
from domain.conditions.severity import Severity
from domain.rulebook import Rulebook
from domain.rules.acts import facts_of, is_counted
from domain.rules.analysis import is_held
from domain.rules.rows import ALLOW, ANY, DENY, NOBODY, RuleRow, unique
from domain.shapes.paths import Transition
from domain.values.choices import Choice
from domain.vocabulary import STAGE, Act, FactValue, Label, LivingObject, Role, Word

MOST_CASES = 10_000


class ActProblem(Choice):
    """What is wrong with the lines of an object."""

    GAP = "GAP", "无人可办: nobody may do what a clause or a path asks for."
    DENIED_TOO = "DENIED_TOO", "既许又禁: one line allows what another denies."
    UNREACHABLE = "UNREACHABLE", "无此环节: no path has the stages of the line."
    VACANT_SEAT = "VACANT_SEAT", "岗位空缺: nobody holds a seat that may."


@dataclass(frozen=True)
class ActFinding:
    """An act on an object, at a stage or at any; `rules` are the lines, `role` a vacant seat.

    `when` tells the case that is left to nobody, where others are not.
    """

    problem: ActProblem
    thing: str
    act: str
    stage: str = ""
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    role: str = ""
    when: str = ""

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.problem is ActProblem.GAP else Severity.WARNING

    @property
    def region(self) -> str:
        """Where it lies: the act, the stage if it is at one, the case if it is one alone."""
        at = [f"{STAGE} = {self.stage}"] if self.stage else []
        return " and ".join([self.act, *at, *([self.when] if self.when else [])])


def act_findings(
    book: Rulebook, on: date, held: frozenset[str] | None = None
) -> Iterator[ActFinding]:
    """The findings of a day, errors first; `held` are the roles that somebody holds."""
    rows, paths = book.acts_on(on), book.shapes_on(on).paths
    objects = book.vocabulary.objects.values()
    asked = [each for thing in objects for each in _asked(book, on, thing, paths)]
    for each in asked:
        yield from _gap(book, rows, each)
    yield from _denied_too(rows, book.vocabulary.roles)
    triggers = {each.trigger for each in book.shapes_on(on).ladders}
    for thing in objects:
        yield from _out_of_reach(rows, thing, paths, triggers)
    for each in asked if held is not None else ():
        roles = [row.role for row in _allowing(rows, each)]
        bears = book.vocabulary.objects[each.thing].bears
        if roles and not any(
            role == ANY
            or role in bears
            or is_held(role, book.vocabulary.roles, held or frozenset())
            for role in roles
        ):
            yield ActFinding(
                ActProblem.VACANT_SEAT, each.thing, each.act, each.stage, each.clauses, (), roles[0]
            )


def _asked(
    book: Rulebook, on: date, thing: LivingObject, paths: Iterable[Transition]
) -> Iterator[ActFinding]:
    """What somebody has to be able to do: as the gap that it is where nobody may."""
    kept = unique(each.clause for each in book.registers_on(on) if each.register == thing.code)
    writes = Act.INSPECT if thing.word is Word.CHECK else Act.KEEP
    if kept and writes in thing.acts:
        yield ActFinding(ActProblem.GAP, thing.code, writes, "", kept)
    if Act.TAKE in thing.acts:
        own = [each for each in paths if each.id in thing.paths]
        for event in unique(each.event for each in own):
            clauses = unique(each.clause for each in own if each.event == event)
            yield ActFinding(ActProblem.GAP, thing.code, Act.TAKE, event, clauses)


def _allowing(rows: Iterable[RuleRow], asked: ActFinding) -> list[RuleRow]:
    return [
        row
        for row in rows
        if (row.kind, row.act, row.effect) == (asked.thing, asked.act, ALLOW)
        and row.role != NOBODY
        and (not asked.stage or asked.stage in row.when.regions.get(STAGE, (asked.stage,)))
    ]


def _gap(book: Rulebook, rows: Sequence[RuleRow], asked: ActFinding) -> Iterator[ActFinding]:
    """The first case, cut where the lines change, in which nobody may: some line has to allow it.

    Whoever is allowed holds no more than the seat that the line names, so other denials pass.
    """
    thing = book.vocabulary.objects[asked.thing]
    allows = _allowing(rows, asked)
    denies = [
        row
        for row in rows
        if (row.kind, row.effect) == (asked.thing, DENY) and row.act in (asked.act, ANY)
    ]
    stages = {asked.stage: Label(asked.stage, asked.stage)} if asked.stage else {}
    known = {**facts_of(thing, book.vocabulary, stages), **book.columns.get(thing.code, {})}
    conditions = [row.when for row in (*allows, *denies)]
    looked_at = {name for each in conditions for name in each.regions} - {STAGE}
    axes = [axis_of(known[name], None, conditions) for name in sorted(looked_at)]
    names = [axis.fact.code for axis in axes]
    every = product(*([axis.smallest(1 << n) for n in range(len(axis.cells))] for axis in axes))
    for values in islice(every, MOST_CASES):
        case = {STAGE: asked.stage, **dict(zip(names, values, strict=True))}
        if any(one.role == ANY and one.when.regions and one.when.holds(case) for one in denies):
            continue  # What a clause forbids everybody is no gap.
        if not any(
            row.when.holds(case)
            and not any(one.role in (ANY, row.role) and one.when.holds(case) for one in denies)
            for row in allows
        ):
            told = " and ".join(f"{name} = {_said(case[name])}" for name in names)
            yield replace(asked, when=told if allows else "")
            return


def _said(value: FactValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _denied_too(rows: Iterable[RuleRow], roles: Mapping[str, Role]) -> Iterator[ActFinding]:
    every = tuple(rows)
    for denied in (row for row in every if row.effect == DENY):
        for row in every:
            same = row.kind == denied.kind and denied.act in (row.act, ANY)
            shared = {*expanded(row.role, roles)} & {*expanded(denied.role, roles)}
            meets = ANY in (row.role, denied.role) or shared
            if not (row.effect == ALLOW and same and meets):
                continue
            if not apart(row.when.regions, denied.when.regions):
                clauses, rules = unique((row.clause, denied.clause)), (row.rule, denied.rule)
                yield ActFinding(ActProblem.DENIED_TOO, row.kind, row.act, "", clauses, rules)


def _out_of_reach(
    rows: Iterable[RuleRow],
    thing: LivingObject,
    paths: Iterable[Transition],
    triggers: Collection[str],
) -> Iterator[ActFinding]:
    """Lines that speak of stages alone which no path, or of consequences no ladder in force has."""
    reached = {*thing.stages, *(each.event for each in paths if each.id in thing.paths)}
    reached |= set(triggers) if is_counted(thing) else set()
    for row in rows:
        stages = row.when.regions.get(STAGE)
        if row.kind == thing.code and stages is not None and not any(s in stages for s in reached):
            clauses, rules = (row.clause,), (row.rule,)
            yield ActFinding(ActProblem.UNREACHABLE, row.kind, row.act, "", clauses, rules)

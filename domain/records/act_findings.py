"""What is wrong with the lines of objects: what nobody may do, what is allowed and denied at once.

An error leaves a register that a clause demands, or a stage of a path, to nobody.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.conditions.joining import apart
from domain.conditions.severity import Severity
from domain.rulebook import Rulebook
from domain.rules.acts import is_counted
from domain.rules.analysis import is_held
from domain.rules.rows import ALLOW, ANY, DENY, NOBODY, RuleRow, unique
from domain.shapes.paths import Transition
from domain.vocabulary import STAGE, Act, LivingObject


class ActProblem(StrEnum):
    """What is wrong with the lines of an object."""

    GAP = "GAP"
    DENIED_TOO = "DENIED_TOO"
    UNREACHABLE = "UNREACHABLE"
    VACANT_SEAT = "VACANT_SEAT"


@dataclass(frozen=True)
class ActFinding:
    """An act on an object, at a stage or at any; `rules` are the lines, `role` a vacant seat."""

    problem: ActProblem
    thing: str
    act: str
    stage: str = ""
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    role: str = ""

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.problem is ActProblem.GAP else Severity.WARNING

    @property
    def region(self) -> str:
        """Where it lies: the act, and the stage if it is at one."""
        return f"{self.act} and {STAGE} = {self.stage}" if self.stage else self.act


def act_findings(
    book: Rulebook, on: date, held: frozenset[str] | None = None
) -> Iterator[ActFinding]:
    """The findings of a day, errors first; `held` are the roles that somebody holds."""
    rows, paths = book.acts_on(on), book.shapes_on(on).paths
    objects = book.vocabulary.objects.values()
    asked = [each for thing in objects for each in _asked(book, on, thing, paths)]
    yield from (each for each in asked if not _allowing(rows, each))
    yield from _denied_too(rows)
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
    if kept and Act.KEEP in thing.acts:
        yield ActFinding(ActProblem.GAP, thing.code, Act.KEEP, "", kept)
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


def _denied_too(rows: Iterable[RuleRow]) -> Iterator[ActFinding]:
    every = tuple(rows)
    for denied in (row for row in every if row.effect == DENY):
        for row in every:
            same = row.kind == denied.kind and denied.act in (row.act, ANY)
            meets = ANY in (row.role, denied.role) or row.role == denied.role
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

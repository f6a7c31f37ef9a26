"""Rows of rules, the rules that they form together, and the clause register that dates them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby

from domain.conditions.language import Condition

DECIDING = frozenset({"endorse", "approve", "vote"})
ACTS = ("endorse", "approve", "sign", "record", "vote")
NOBODY, NONE, ANY = "nobody", "none", "*"
ALLOW, DENY = "allow", "deny"
INTERPRETATION = "interpretation"
"""What the office itself says where its texts name nobody: a clause, but of no regulation."""


@dataclass(frozen=True)
class RuleRow:
    """One `p` line: a role's act in a rule. `all_of` is an order written `2+`."""

    role: str
    institution: str
    kind: str
    act: str
    when: Condition
    rule: str
    order: int
    all_of: bool
    clause: str
    effect: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The row as it is written, without its leading `p`."""
        order = f"{self.order}{'+' if self.all_of else ''}"
        before = (self.role, self.institution, self.kind, self.act, self.when.text)
        return (*before, self.rule, order, self.clause, self.effect)

    @property
    def clause_kind(self) -> str:
        """What its clause should be in the register."""
        return "prohibition" if self.effect == DENY else "approval"


@dataclass(frozen=True)
class RuleStep:
    """A turn inside a rule: the role named first, then the others that may take it instead.

    What has the order 0 comes before whatever other rules demand.
    """

    roles: tuple[str, ...]
    act: str
    order: int
    all_of: bool
    clauses: tuple[str, ...]


def deciding(steps: Iterable[RuleStep]) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset((step.act, frozenset(step.roles)) for step in steps if step.act in DECIDING)


Beneath = Mapping[object, frozenset[str]]
Chain = tuple[frozenset[tuple[str, frozenset[str]]], ...]


@dataclass(frozen=True, eq=False)
class Rule:
    """Rows that share a rule id. `denies` marks a prohibition; it has no steps.

    `replaced_by` are the clauses that the register names as successors of those cited; `beneath`
    are by the applicant's rank the roles that have no say over it.
    """

    id: str
    kind: str
    when: Condition
    steps: tuple[RuleStep, ...]
    clauses: tuple[str, ...]
    denies: bool = False
    replaced_by: frozenset[str] = frozenset()
    beneath: Beneath = field(default_factory=dict, hash=False)

    @cached_property
    def stages(self) -> tuple[tuple[RuleStep, ...], ...]:
        """The steps that share an order, order by order."""
        return tuple(tuple(same) for _, same in groupby(self.steps, lambda step: step.order))

    @property
    def comes_first(self) -> bool:
        """Whether it goes before the chains of others and takes part in none."""
        return bool(self.steps) and self.steps[0].order == 0

    @cached_property
    def chain(self) -> Chain | None:
        """The groups of deciding steps as written; None for a rule that only signs or records."""
        if any(step.roles == (NONE,) for step in self.steps):
            return ()
        return tuple(group for stage in self.stages if (group := deciding(stage))) or None


def holding(rules: Iterable[Rule], facts: Mapping[str, object]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.when.holds(facts))


def told_by(rules: Iterable[Rule], bits: int) -> tuple[Rule, ...]:
    """Those whose place has its bit."""
    return tuple(rule for place, rule in enumerate(rules) if bits >> place & 1)


def clauses_of(rules: Iterable[Rule]) -> tuple[str, ...]:
    return unique(clause for rule in rules for clause in rule.clauses)


def unique_chains(rules: Iterable[Rule]) -> tuple[Chain, ...]:
    found = dict.fromkeys(chain for rule in rules if (chain := rule.chain) is not None)
    return tuple(found) or ((),)


@dataclass(frozen=True)
class ClauseLine:
    """One line of the clause register: a cite, for one clause kind and one request kind."""

    clause: str
    title: str
    clause_kind: str
    area: str
    request_kind: str
    valid_from: date | None
    valid_until: date | None
    replaced_by: str
    summary: str

    def in_force(self, on: date) -> bool:
        """Replaced at an unknown date: in force on no day."""
        if self.replaced_by and self.valid_until is None:
            return False
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True)
class Document:
    """Attachments that a clause demands of a kind, when its condition holds."""

    kind: str
    when: Condition
    documents: tuple[str, ...]
    clause: str


Register = Mapping[tuple[str, str, str], ClauseLine]


def regulation_of(clause: str) -> str:
    """`attendance-measures/三(一)` stands in `attendance-measures`."""
    return clause.partition("/")[0]


def line_of(row: RuleRow, register: Register) -> ClauseLine | None:
    """The line of the clause register that dates a row.

    Many a clause forbids in passing: the row of one that is no prohibition takes what line it has.
    """
    line = register.get((row.clause, row.clause_kind, row.kind))
    if line or row.effect != DENY:
        return line
    own = (row.clause, row.kind)
    return next((line for (cite, _, of), line in register.items() if (cite, of) == own), None)


def group(
    rows: Iterable[RuleRow], register: Register, beneath: Beneath | None = None
) -> tuple[Rule, ...]:
    """Rows that share a rule id become one rule, in the order of their first rows."""
    by_id: dict[str, list[RuleRow]] = {}
    for row in rows:
        by_id.setdefault(row.rule, []).append(row)
    return tuple(rule_of(same, register, beneath or {}) for same in by_id.values())


def rule_of(rows: list[RuleRow], register: Register, beneath: Beneath) -> Rule:
    first = rows[0]
    denies = first.effect == DENY
    lines = [line_of(row, register) for row in rows]
    return Rule(
        id=first.rule,
        kind=first.kind,
        when=first.when,
        steps=() if denies else steps_of(rows),
        clauses=unique(row.clause for row in rows),
        denies=denies,
        replaced_by=frozenset(line.replaced_by for line in lines if line and line.replaced_by),
        beneath=beneath,
    )


def steps_of(rows: list[RuleRow]) -> tuple[RuleStep, ...]:
    steps: list[RuleStep] = []
    for order, together in groupby(sorted(rows, key=lambda row: row.order), lambda row: row.order):
        same = list(together)
        turns = [[row] for row in same] if same[0].all_of else [same]
        for turn in turns:
            roles, clauses = unique(row.role for row in turn), unique(row.clause for row in turn)
            steps.append(RuleStep(roles, turn[0].act, order, turn[0].all_of, clauses))
    return tuple(steps)


def unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))

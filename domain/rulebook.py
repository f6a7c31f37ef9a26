"""A version of an office's rulebook: its rules, its computing rows and its clause register."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from domain.rules.acts import KeptRegister
from domain.rules.analysis import analysis
from domain.rules.findings import MatrixFinding
from domain.rules.rows import (
    Beneath,
    ClauseLine,
    Document,
    Register,
    Rule,
    RuleRow,
    group,
    line_of,
    regulation_of,
)
from domain.rules.switches import Example, Switched
from domain.shapes.book import ShapeRow, Shapes
from domain.shapes.counts import Word
from domain.shapes.law import LawInForce
from domain.vocabulary import RANK, Fact, Vocabulary, seat_told_by


@dataclass(frozen=True, eq=False)
class Rulebook:
    """One institution's rules as files or one stored version state them, replaced ones included.

    `rows` in file order; `register` by (clause, clause kind, request kind); `vocabulary` in the
    institution's own words. `acts` are the rows of objects, `registers` those that are kept,
    `columns` what their lines say as facts, `examples` those that the rules are held to.
    """

    institution: str
    vocabulary: Vocabulary
    rows: tuple[RuleRow, ...]
    register: Register
    documents: tuple[Document, ...] = ()
    shapes: Shapes = field(default_factory=Shapes)
    acts: tuple[RuleRow, ...] = ()
    registers: tuple[KeptRegister, ...] = ()
    columns: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    switches: tuple[Switched, ...] = ()
    examples: tuple[Example, ...] = ()
    _grouped: dict[tuple[str, int | str], tuple[Rule, ...]] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """All rules by request kind, in file order."""
        return {
            kind: group(rows, self.register, self.beneath(kind))
            for kind, rows in self.rows_by_kind.items()
        }

    @cached_property
    def rows_by_kind(self) -> Mapping[str, tuple[RuleRow, ...]]:
        kinds = dict.fromkeys(row.kind for row in self.rows)
        return {kind: tuple(row for row in self.rows if row.kind == kind) for kind in kinds}

    @cached_property
    def turning_days(self) -> tuple[date, ...]:
        """The days on which a clause comes or goes: between two of them nothing changes."""
        lines = self.register.values()
        days = {day for line in lines for day in (line.valid_from, line.valid_until)}
        return tuple(sorted(day for day in days if day is not None))

    @cached_property
    def regulations(self) -> frozenset[str]:
        return frozenset(regulation_of(line.clause) for line in self.register.values())

    def rules_for(
        self, kind: str, on: date | None = None, regulation: str | None = None
    ) -> tuple[Rule, ...]:
        """The rules in force on a day, or those of one regulation alone, replaced or not."""
        if regulation is not None:
            known = regulation in self.regulations and kind in self.rows_by_kind
            return self._rules_of(kind, regulation) if known else ()
        if on is None:
            raise ValueError("rules are read on a day or by a regulation")
        stretch = bisect_right(self.turning_days, on)
        key = kind, stretch
        if kind in self.rows_by_kind and key not in self._grouped:
            rows = [row for row in self.rows_by_kind[kind] if self.in_force(row, on)]
            self._grouped[key] = group(rows, self.register, self.beneath(kind))
        return self._grouped.get(key, ())

    def beneath(self, kind: str) -> Beneath:
        """By rank, the seats of the kind's area that stand beneath it and have no say over it."""
        roles, known = self.vocabulary.roles, self.vocabulary.kinds.get(kind)
        seats = self.vocabulary.parts.above.get(known.area, ()) if known else ()
        ranks = self.vocabulary.facts[RANK].values if seats else None
        held = {rank: roles[seat] for rank in ranks or () if (seat := seat_told_by(rank, roles))}
        return {
            rank: frozenset(seat for seat in seats if roles[seat].level < own.level)
            for rank, own in held.items()
        }

    def _rules_of(self, kind: str, regulation: str) -> tuple[Rule, ...]:
        key = kind, regulation
        if key not in self._grouped:
            rows = [r for r in self.rows_by_kind[kind] if regulation_of(r.clause) == regulation]
            self._grouped[key] = group(rows, self.register, self.beneath(kind))
        return self._grouped[key]

    def in_force(self, row: RuleRow, on: date) -> bool:
        line = line_of(row, self.register)
        return line is not None and line.in_force(on)

    @cached_property
    def lines_by_clause(self) -> Mapping[str, tuple[ClauseLine, ...]]:
        lines: dict[str, list[ClauseLine]] = {}
        for line in self.register.values():
            lines.setdefault(line.clause, []).append(line)
        return {clause: tuple(each) for clause, each in lines.items()}

    def areas_of(self, clause: str) -> frozenset[str]:
        return frozenset(line.area for line in self.lines_by_clause.get(clause, ()))

    def said_in(self, areas: Collection[str]) -> tuple[Word, ...]:
        """The words of occurrences that clauses of these areas speak of."""
        said = self.shapes.occurrences
        return tuple(e for e in said if not self.areas_of(e.clause).isdisjoint(areas))

    @cached_property
    def law(self) -> Mapping[str, tuple[LawInForce, ...]]:
        """What laws in force have overtaken, by clause."""
        found: dict[str, tuple[LawInForce, ...]] = {}
        for each in self.shapes.law:
            found[each.clause] = (*found.get(each.clause, ()), each)
        return found

    @cached_property
    def overtaken(self) -> frozenset[LawInForce]:
        """The laws that say otherwise than rules which are live by no interpretation."""
        shapes = (row.clause for _, rows in self.shapes.tables() for row in rows)
        live = {each.clause for each in (*self.rows, *self.acts)}.union(shapes)
        live |= {each.clause for each in self.registers} | {each.clause for each in self.documents}
        return frozenset(e for e in self.shapes.law if e.clause in live and not e.interpretation)

    def cited_on(self, clause: str, on: date) -> bool:
        """Whether any line of a clause is in force: what dates acts and registers."""
        return any(line.in_force(on) for line in self.lines_by_clause.get(clause, ()))

    def acts_on(self, on: date) -> tuple[RuleRow, ...]:
        return tuple(row for row in self.acts if self.cited_on(row.clause, on))

    def registers_on(self, on: date) -> tuple[KeptRegister, ...]:
        return tuple(each for each in self.registers if self.cited_on(each.clause, on))

    def switches_on(self, on: date) -> tuple[Switched, ...]:
        return tuple(each for each in self.switches if self.cited_on(each.clause, on))

    def shape_in_force(self, row: ShapeRow, on: date) -> bool:
        """Whether a shape's row is in force, by the register's line of its own kind of clause."""
        lines = self.lines_by_clause.get(row.clause, ())
        own = [line for line in lines if line.clause_kind in row.clause_kinds]
        return any(line.in_force(on) for line in own or lines)

    def shapes_on(self, on: date) -> Shapes:
        return self.shapes.only(lambda row: self.shape_in_force(row, on))

    def documents_for(self, kind: str, on: date) -> tuple[Document, ...]:
        """Demanded documents whose clause is in force for this kind."""
        return tuple(
            each
            for each in self.documents
            if each.kind == kind
            and any(
                line.request_kind in ("", kind) and line.in_force(on)
                for line in self.lines_by_clause.get(each.clause, ())
            )
        )


def matrix(
    book: Rulebook,
    on: date | None = None,
    regulation: str | None = None,
    kind: str | None = None,
    held: frozenset[str] | None = None,
) -> Iterator[MatrixFinding]:
    """The findings of every kind that has rules that day, or by one regulation alone."""
    for code in book.rows_by_kind if kind is None else (kind,):
        if rules := book.rules_for(code, on, regulation):
            yield from analysis(rules, book.vocabulary.kinds[code], book.vocabulary, held)

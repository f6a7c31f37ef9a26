"""What each row of a rulebook must satisfy, alone and beside the others of its rule."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from domain.conditions.language import Condition, ConditionError, parse
from domain.rules.rows import (
    ACTS,
    ALLOW,
    ANY,
    DENY,
    INTERPRETATION,
    NOBODY,
    NONE,
    ClauseLine,
    Document,
    Register,
    RuleRow,
    line_of,
)
from domain.vocabulary import Kind, Vocabulary
from policies.lines import Faults, Line, without_repeats

ROW = ("role", "institution", "kind", "act", "when", "rule", "order", "clause", "effect")
CLAUSE_KINDS = frozenset(
    (
        *("approval", "duty", "penalty", "prohibition", "role", "record", "other", "procedure"),
        *("cadence", "deadline", "eligibility", "quota", "separation", "meeting", "reward"),
        *("scoring", INTERPRETATION),
    )
)
FORBIDDEN = re.compile(r"[,\"'\[\]\x00-\x1f\x7f]|^\s|\s$")
ORDER = re.compile(r"(0|[1-9][0-9]{0,2})(\+?)")
CLAUSE = re.compile(r"[a-z0-9-]+/.+")


def register_of(
    lines: Iterable[Line], vocabulary: Vocabulary, areas: Collection[str], faults: Faults
) -> Register:
    """The clause register, one line for each cite, clause kind and request kind."""
    unique = without_repeats(lines, (0, 2, 4), "clause", faults)
    clauses = {line.fields[0] for line in unique}
    register = {}
    for line in unique:
        clause, title, clause_kind, area, kind, begins, ends, successor, summary = line.fields
        if not CLAUSE.fullmatch(clause):
            faults.add(line, "clause", "WRONG_FORMAT", expected="<regulation id>/<cite>")
        faults.word(line, "clause_kind", clause_kind, CLAUSE_KINDS)
        faults.word(line, "area", area, areas)
        if kind:
            faults.word(line, "request_kind", kind, vocabulary.kinds)
        if successor:
            faults.word(line, "replaced_by", successor, clauses - {clause})
        since, until = day(line, "from", begins, faults), day(line, "until", ends, faults)
        if since and until and until <= since:
            faults.add(line, "until", "WRONG_FORMAT", expected=f"> {since}")
        if clause.partition("/")[0] == INTERPRETATION and not summary.strip():
            faults.add(line, "summary", "INTERPRETATION_WITHOUT_REASON")
        register[clause, clause_kind, kind] = ClauseLine(
            clause, title, clause_kind, area, kind, since, until, successor, summary
        )
    return register


def day(line: Line, column: str, text: str, faults: Faults) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.add(line, column, "WRONG_FORMAT", expected="2017-04-14")
        return None


def check_rows(lines: Iterable[Line], faults: Faults) -> tuple[Line, ...]:
    """The lines that plain Casbin CSV can carry, without repeats."""
    fitting = []
    for line in without_repeats(lines, tuple(range(len(ROW))), "role", faults):
        bad = [name for name, text in zip(ROW, line.fields, strict=True) if not carries(text)]
        for column in bad:
            faults.add(line, column, "FORBIDDEN_CHARACTER")
        if not bad:
            fitting.append(line)
    return tuple(fitting)


def carries(text: str) -> bool:
    """Whether Casbin's own reader takes the field for one; unpaired round brackets confuse it."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0 and FORBIDDEN.search(text) is None


def row_of(
    line: Line, institution: str, vocabulary: Vocabulary, register: Register, faults: Faults
) -> RuleRow | None:
    """The row in the domain's types, or None where it cannot be built."""
    role, owner, kind, act, when, rule, order, clause, effect = line.fields
    faults.word(line, "role", role, {*vocabulary.roles, NOBODY, NONE, ANY})
    faults.word(line, "institution", owner, (institution,))
    faults.word(line, "act", act, {*ACTS, NONE, ANY})
    known = faults.word(line, "effect", effect, (ALLOW, DENY))
    if known and not combines(role, act, effect):
        faults.add(line, "act", "WRONG_COMBINATION")
    if not rule:
        faults.add(line, "rule", "WRONG_FORMAT", expected="sick-1")
    number = ORDER.fullmatch(order)
    if number is None:
        faults.add(line, "order", "WRONG_FORMAT", expected="2, 2+")
    if not faults.word(line, "kind", kind, vocabulary.kinds):
        return None
    check_area(line, vocabulary.kinds[kind], faults)
    condition = condition_of(line, when, vocabulary.kinds[kind], vocabulary, faults)
    if condition is None or number is None:
        return None
    row = RuleRow(
        role, owner, kind, act, condition, rule, int(number[1]), bool(number[2]), clause, effect
    )
    if known and line_of(row, register) is None:
        details = {"clause": clause, "clause_kind": row.clause_kind, "kind": kind}
        faults.add(line, "clause", "CLAUSE_NOT_REGISTERED", **details)
    return row


def combines(role: str, act: str, effect: str) -> bool:
    if effect == DENY or ANY in (role, act):
        return (role, act, effect) == (ANY, ANY, DENY)
    if role == NOBODY:
        return act == "approve"
    return (role == NONE) == (act == NONE)


def check_area(line: Line, kind: Kind, faults: Faults) -> None:
    if line.file and line.file != f"{kind.area}.csv":
        faults.add(line, "kind", "WRONG_AREA", kind=kind.code, file=f"{kind.area}.csv")


def condition_of(
    line: Line, when: str, kind: Kind, vocabulary: Vocabulary, faults: Faults
) -> Condition | None:
    try:
        return parse(when, {name: vocabulary.facts[name] for name in kind.facts})
    except ConditionError as error:
        faults.condition(line, "when", error)
        return None


def check_rules(checked: Iterable[tuple[Line, RuleRow]], faults: Faults) -> None:
    """Rows of one rule agree; those of one order are alternatives, or all needed."""
    rules: dict[str, list[tuple[Line, RuleRow]]] = {}
    for line, row in checked:
        rules.setdefault(row.rule, []).append((line, row))
    for name, pairs in rules.items():
        first = pairs[0][1]
        orders = Counter((row.order, row.all_of) for _, row in pairs)
        acts = {row.order: row.act for _, row in reversed(pairs)}
        for line, row in pairs:
            if row.kind != first.kind:
                faults.add(line, "kind", "MIXED_RULE", rule=name)
            if row.when.text != first.when.text:
                faults.add(line, "when", "MIXED_RULE", rule=name)
            if row.effect != first.effect:
                faults.add(line, "effect", "MIXED_RULE", rule=name)
            if row.role in (NOBODY, NONE) and len(pairs) > 1:
                faults.add(line, "role", "NOT_ALONE", role=row.role)
            check_first(line, row, first, faults)
            if row.all_of and (row.order, False) in orders:
                faults.add(line, "order", "MIXED_ORDER", rule=name, order=row.order)
            elif not row.all_of and row.act != acts[row.order]:
                faults.add(line, "act", "MIXED_RULE", rule=name)


def check_first(line: Line, row: RuleRow, first: RuleRow, faults: Faults) -> None:
    """A rule comes first as a whole, and by somebody."""
    if row.order == 0 and (first.order != 0 or row.role in (NOBODY, NONE)):
        faults.add(line, "order", "WRONG_FORMAT", expected="1")
    elif row.order != 0 and first.order == 0:
        faults.add(line, "order", "WRONG_FORMAT", expected="0")


def document_of(
    line: Line, vocabulary: Vocabulary, register: Register, faults: Faults
) -> Document | None:
    kind, when, documents, clause = line.fields
    names = tuple(name for name in documents.split("|") if name.strip())
    if not names:
        faults.add(line, "documents", "WRONG_FORMAT", expected="医疗证明|…")
    faults.word(line, "clause", clause, {known for known, _, of in register if of in ("", kind)})
    if not faults.word(line, "kind", kind, vocabulary.kinds):
        return None
    condition = condition_of(line, when, vocabulary.kinds[kind], vocabulary, faults)
    return Document(kind, condition, names, clause) if condition else None

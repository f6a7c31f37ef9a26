"""What each `p` line of an object must satisfy; registers.csv: its columns, with their readers."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain import CASE_KINDS
from domain import KEPT as TABLES
from domain.conditions.language import ConditionError, parse
from domain.rules.acts import KeptRegister, facts_of, is_counted, looked_at, stages_of
from domain.rules.rows import ALLOW, ANY, DENY, NOBODY, RuleRow
from domain.shapes.book import Shapes
from domain.vocabulary import Fact, Label, LivingObject, Vocabulary
from policies.lines import Faults, Line
from policies.shape_cells import Cell
from policies.shape_tables import Table


def apart(
    lines: Iterable[Line], vocabulary: Vocabulary
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of requests, and those of objects: the third column tells."""
    requests: list[Line] = []
    objects: list[Line] = []
    for line in lines:
        (objects if line.fields[2] in vocabulary.objects else requests).append(line)
    return tuple(requests), tuple(objects)


def act_rows_of(
    lines: Sequence[Line],
    institution: str,
    vocabulary: Vocabulary,
    cited: Collection[str],
    paths: Iterable[Line],
    rules: Collection[str],
    shapes: Shapes,
    columns: Mapping[str, Mapping[str, Fact]],
    faults: Faults,
) -> tuple[RuleRow, ...]:
    """The rows of objects; `rules` are the ids of request rules, which none of them may share.

    `columns` are the facts that the lines of registers have.
    """
    events = [(f[0], f[3], Label(*f[-2:])) for f in (line.fields for line in paths)]
    triggers = {each.trigger: each.label for each in shapes.ladders}
    taken: dict[str, Line] = {}
    rows = []
    for line in lines:
        rule = line.fields[5]
        if rule in rules:
            faults.add(line, "kind", "MIXED_RULE", rule=rule)
        elif (earlier := taken.setdefault(rule, line)) is not line:
            faults.add(line, "rule", "RULE_OF_ANOTHER_LINE", earlier=earlier.number, rule=rule)
        thing = vocabulary.objects[line.fields[2]]
        stages = triggers if is_counted(thing) else stages_of(thing, events)
        of_line = columns.get(thing.code, {})
        known = facts_of(thing, vocabulary, stages)
        known |= {name: of_line[name] for name in thing.facts if name in of_line}
        if row := act_row_of(line, institution, thing, vocabulary, known, cited, faults):
            rows.append(row)
    return tuple(rows)


def check_stages(paths: Iterable[Line], vocabulary: Vocabulary, faults: Faults) -> None:
    """A path of a kind of case leads by stages that the kind declares."""
    kinds = {
        path: each
        for each in CASE_KINDS
        if (of := vocabulary.objects.get(each.code))
        for path in of.paths
    }
    for line in paths:
        kind, event = kinds.get(line.fields[0]), line.fields[3]
        known = {*kind.stages, *kind.walked} if kind else {event}
        if kind and event not in known:
            told = {"act": event, "object": kind.code, "known": " ".join(sorted(known))}
            faults.add(line, "event", "ACT_DOES_NOT_FIT", **told)


def act_row_of(
    line: Line,
    institution: str,
    thing: LivingObject,
    vocabulary: Vocabulary,
    known: Mapping[str, Fact],
    cited: Collection[str],
    faults: Faults,
) -> RuleRow | None:
    """The row in the domain's types, or None where it cannot be built."""
    role, owner, _, act, when, rule, order, clause, effect = line.fields
    before = len(faults.found)
    faults.word(line, "role", role, {*vocabulary.roles, NOBODY, ANY})
    faults.word(line, "institution", owner, (institution,))
    faults.word(line, "effect", effect, (ALLOW, DENY))
    if act not in thing.acts and (act, effect) != (ANY, DENY):
        told = {"act": act, "object": thing.code, "known": " ".join(thing.acts)}
        faults.add(line, "act", "ACT_DOES_NOT_FIT", **told)
    if (role, effect) == (NOBODY, DENY):
        faults.add(line, "role", "WRONG_COMBINATION")
    if not rule:
        faults.add(line, "rule", "WRONG_FORMAT", expected="vehicle-trip-1")
    if order != "1":
        faults.add(line, "order", "ORDER_OF_AN_OBJECT")
    if line.file and line.file != f"{thing.area}.csv":
        faults.add(line, "kind", "WRONG_AREA", kind=thing.code, file=f"{thing.area}.csv")
    check_clause(line, clause, thing.code, cited, faults)
    try:
        condition = parse(when, looked_at(act, known))
    except ConditionError as error:
        faults.condition(line, "when", error)
        return None
    if len(faults.found) > before:
        return None
    return RuleRow(role, owner, thing.code, act, condition, rule, 1, False, clause, effect)


def check_clause(
    line: Line, clause: str, thing: str, cited: Collection[str], faults: Faults
) -> None:
    if not clause:
        faults.add(line, "clause", "ACT_WITHOUT_CLAUSE")
    else:
        details = {"clause": clause, "clause_kind": ANY, "kind": thing}
        faults.word(line, "clause", clause, cited, "CLAUSE_NOT_REGISTERED", details)


def register(cell: Cell) -> str:
    cell.known(cell.words.objects.keys() & TABLES.keys())
    return cell.text


def clause_of(cell: Cell) -> str:
    check_clause(cell.line, cell.text, cell.line.fields[0], cell.words.clauses, cell.faults)
    return cell.text


def demanded(cell: Cell) -> tuple[str, ...]:
    """Columns of the register that a clause wants filled in."""
    of, names = cell.line.fields[0], tuple(cell.text.split())
    known = [column.name for column in TABLES[of].columns] if of in TABLES else names
    for name in names:
        told = {"register": of, "name": name, "known": " ".join(known)}
        cell.known(known, name, "NO_SUCH_COLUMN", told)
    return names


REGISTERS = Table(
    KeptRegister, {"register": register, "clause": clause_of, "columns": demanded}, key=(0, 1)
)
"""Which register the office keeps by which clause, with the columns that it demands."""

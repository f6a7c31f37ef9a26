"""What each `p` line of an object must satisfy, and which office keeps which register."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain import CASE_KINDS
from domain import KEPT as TABLES
from domain.conditions.language import ConditionError, parse
from domain.rules.acts import KeptRegister, facts_of, is_counted, looked_at, stages_of
from domain.rules.rows import ALLOW, ANY, DENY, NOBODY, RuleRow
from domain.shapes.book import Shapes
from domain.vocabulary import Fact, Label, LivingObject, Vocabulary
from policies.lines import Faults, Line, of_width, without_repeats

KEPT = ("register", "clause", "columns")


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
            faults.add(line, "rule", "DUPLICATE", earlier=earlier.number)
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
    elif clause not in cited:
        details = {"clause": clause, "clause_kind": ANY, "kind": thing}
        faults.add(line, "clause", "CLAUSE_NOT_REGISTERED", **details)


def registers_of(
    lines: Iterable[Line], vocabulary: Vocabulary, cited: Collection[str], faults: Faults
) -> tuple[KeptRegister, ...]:
    """Which register the office keeps by which clause, with the columns that it demands."""
    kept = []
    for line in without_repeats(of_width(lines, len(KEPT), faults), (0, 1), "register", faults):
        register, clause, columns = line.fields
        before = len(faults.found)
        known = faults.word(line, "register", register, vocabulary.objects.keys() & TABLES.keys())
        check_clause(line, clause, register, cited, faults)
        names = tuple(columns.split())
        of_table = [column.name for column in TABLES[register].columns] if known else names
        for name in names:
            if name not in of_table:
                told = {"register": register, "name": name, "known": " ".join(of_table)}
                faults.add(line, "columns", "NO_SUCH_COLUMN", **told)
        if len(faults.found) == before:
            kept.append(KeptRegister(register, clause, names))
    return tuple(kept)

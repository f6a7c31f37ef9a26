"""The rows of an office's switches, and of the examples that it holds its rules to."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from domain.conditions.language import stated_value
from domain.errors import Problem
from domain.rules.promised import Example, read_route
from domain.rules.routes import Finding
from domain.rules.switches import Switch, Switched
from domain.vocabulary import FactType, FactValue, Vocabulary
from policies.lines import Faults, Line, of_width, without_repeats

SWITCHES, EXAMPLES = "switches", "examples"
COLUMNS = {
    SWITCHES: ("switch", "clause", "of"),
    EXAMPLES: ("example", "kind", "facts", "route"),
}


def switches_of(
    lines: Iterable[Line],
    words: Vocabulary,
    areas: Collection[str],
    cited: Collection[str],
    faults: Faults,
) -> Iterator[Switched]:
    """Which switches are on, by which clause and for what."""
    for line in without_repeats(
        of_width(lines, len(COLUMNS[SWITCHES]), faults), (0, 2), "switch", faults
    ):
        switch, clause, of = line.fields
        known = faults.word(line, "switch", switch, {*Switch})
        cites = faults.word(line, "clause", clause, cited)
        if faults.word(line, "of", of, {"", *areas, *words.kinds}) and known and cites:
            yield Switched(Switch(switch), clause, of)


def examples_of(lines: Iterable[Line], words: Vocabulary, faults: Faults) -> Iterator[Example]:
    """The examples: of each a name, a kind, facts and the route."""
    for line in without_repeats(
        of_width(lines, len(COLUMNS[EXAMPLES]), faults), (0,), "example", faults
    ):
        name, kind, written, route = line.fields
        before = len(faults.found)
        if not name.strip():
            faults.add(line, "example", "WRONG_FORMAT", expected="职工事假三天")
        if not faults.word(line, "kind", kind, words.kinds):
            continue
        facts = _facts(line, written, words, words.kinds[kind].facts, faults)
        expected = read_route(route)
        if not isinstance(expected, Finding):
            for role in (role for place in expected for _, of in place for role in of):
                faults.word(line, "route", role, words.roles)
        if len(faults.found) == before:
            yield Example(name, kind, facts, route, expected)


def _facts(
    line: Line, written: str, words: Vocabulary, of_kind: Collection[str], faults: Faults
) -> Mapping[str, FactValue]:
    """`days=3 applicant_rank=staff`, each as exact as its fact is."""
    facts: dict[str, FactValue] = {}
    for name, _, text in (each.partition("=") for each in written.split()):
        if not faults.word(line, "facts", name, of_kind):
            continue
        yes_or_no = words.facts[name].type is FactType.BOOL and text in ("true", "false")
        value = stated_value(words.facts[name], text == "true" if yes_or_no else text)
        if isinstance(value, Problem):
            faults.add(line, "facts", value.code, **value.details)
        else:
            facts[name] = value
    return facts

"""The tables of shapes: which file holds which rows, and how each column is read and checked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from domain.rules.rows import Register
from domain.shapes.book import Shapes
from domain.shapes.cadences import Every
from domain.shapes.clocks import NEXT_WORKDAY, Clock, Direction, Unit
from domain.shapes.eligibility import Effect as Demand
from domain.shapes.eligibility import Requirement
from domain.shapes.entitlements import Entitlement
from domain.shapes.ladders import TYPES, Rung, stages_of
from domain.shapes.orders import Priority
from domain.shapes.paths import Transition
from domain.shapes.quotas import Bound, Quota
from domain.shapes.rounds import Round
from domain.shapes.scores import Effect, Item
from domain.shapes.separations import Separation
from domain.shapes.verbs import Ruling, Verb, VerbRow
from domain.shapes.votes import Voice, Voicing, Whole
from domain.vocabulary import Derivation, Label, Vocabulary
from policies import (
    clock_cells,
    count_cells,
    door_rows,
    entitlement_rows,
    ladder_cells,
    law_rows,
    number_rows,
    publication_rows,
    round_rows,
    switch_rows,
)
from policies import shape_cells as read
from policies import vocabulary as words
from policies.acts import REGISTERS
from policies.check_rows import CHECKED
from policies.checks_of_shapes import CHECKS
from policies.lines import Faults, Line, of_width, without_repeats
from policies.measures import measures_of
from policies.roster_rows import ROSTERS
from policies.shape_cells import Words
from policies.shape_tables import Table, cadence_of, labelled, vote_of
from policies.sources import sources_of

MEASURES = "measures"
COLUMNS_OF_MEASURES = ("measure", *words.FACTS[1:], "values")
LABEL = {"label_zh": read.needed, "label_en": read.needed}

TABLES: Mapping[str, Table] = {
    "clocks": Table(
        Clock,
        {
            "clock": read.needed,
            "clause": read.clause,
            "event": read.text,
            "action": read.text,
            "within": read.number,
            "least": read.number,
            "unit": read.maybe(read.one_of(Unit)),
            "direction": read.one_of(Direction),
            "at": read.point,
            "rollover": read.word_of("", NEXT_WORKDAY),
            "when": clock_cells.condition,
            "expiry": read.text,
            "starts": read.events,
            "stops": read.events,
            "warn": read.maybe(read.span),
            "expires": read.maybe(read.expiry),
            "longest": read.number,
        },
    ),
    "cadences": Table(
        cadence_of,
        {
            "cadence": read.needed,
            "clause": read.clause,
            "activity": read.needed,
            "who": read.whose,
            "every": read.one_of(Every),
            "interval": read.whole,
            "times": read.whole,
            "times_most": read.whole,
            "at": read.point_or_window,
            "when": read.condition,
            "done": read.text,
        },
    ),
    "quotas": Table(
        Quota,
        {
            "quota": read.needed,
            "clause": read.clause,
            "subject": read.needed,
            "measure": read.measured,
            "limit": read.figure,
            "unit": read.text,
            "per": read.text,
            "bound": read.one_of(Bound),
            "when": count_cells.limited,
            "excess": read.text,
        },
    ),
    "ladders": Table(
        labelled(Rung),
        {
            "rung": read.needed,
            "clause": read.clause,
            "trigger": read.needed,
            "when": read.condition,
            "type": read.word_of(*TYPES),
            "amount": read.number,
            "unit": read.text,
            "of": read.text,
            "whom": read.role,
            "per": read.measured_or_none,
            "beyond": read.number,
            "every": read.number,
            "most": ladder_cells.pot,
            "choice": read.text,
            "stops": read.ids,
            "against": read.ids,
            **LABEL,
        },
    ),
    "derivations": Table(
        Derivation,
        {
            "measure": read.counted,
            "clause": read.clause,
            "plus": read.terms,
            "minus": read.terms,
            "over": read.maybe_counted,
        },
    ),
    "scores": Table(
        labelled(Item),
        {
            "score": read.needed,
            "clause": read.clause,
            "item": read.needed,
            "measure": read.measured_or_none,
            "effect": read.one_of(Effect),
            "weight": read.figure,
            "minimum": read.figure,
            "maximum": read.figure,
            "when": read.condition,
            **LABEL,
        },
    ),
    "votes": Table(
        vote_of,
        {
            "vote": read.needed,
            "clause": read.clause,
            "body": read.role,
            "matter": read.text,
            "due": read.roles,
            "quorum_of": read.maybe(read.one_of(Whole)),
            "quorum": read.fraction,
            "quorum_strict": read.flag,
            "majority_of": read.maybe(read.one_of(Whole)),
            "majority": read.fraction,
            "majority_strict": read.flag,
            "written": read.flag,
            "secret": read.flag,
            "chair": read.role,
            "notice": read.text,
            "cadence": read.text,
            "minutes_by": read.role,
            "topics": read.names,
        },
    ),
    "voices": Table(
        Voice,
        {
            "voice": read.needed,
            "clause": read.clause,
            "body": read.role,
            "matter": read.text,
            "who": read.roles,
            "effect": read.one_of(Voicing),
        },
    ),
    "eligibility": Table(
        labelled(Requirement),
        {
            "eligibility": read.needed,
            "clause": read.clause,
            "subject": read.needed,
            "effect": read.one_of(Demand),
            "group": read.text,
            "when": count_cells.limited,
            **LABEL,
        },
    ),
    "separations": Table(
        labelled(Separation),
        {
            "separation": read.needed,
            "clause": read.clause,
            "subject": read.text,
            "duties": read.names,
            "least": read.whole,
            **LABEL,
        },
    ),
    "paths": Table(
        labelled(Transition),
        {
            "path": read.needed,
            "clause": read.clause,
            "from": read.needed,
            "event": read.needed,
            "to": read.needed,
            "when": read.condition,
            "wait": read.number,
            "wait_unit": read.maybe(read.one_of(Unit)),
            **LABEL,
        },
    ),
    "orders": Table(
        labelled(Priority),
        {
            "order": read.needed,
            "clause": read.clause,
            "subject": read.text,
            "position": read.whole,
            "when": read.condition,
            **LABEL,
        },
    ),
    "verbs": Table(
        VerbRow,
        {
            "verb": read.one_of(Verb),
            "clause": read.clause,
            "kind": read.kind_or_area,
            "when": lambda cell: read.condition_on(
                cell, {**cell.words.measures, **cell.words.stages}
            ),
            "effect": read.one_of(Ruling),
        },
    ),
    **count_cells.COUNTED,
    "checks": CHECKED,
    "rounds": Table(labelled(Round), {**round_rows.COLUMNS, **LABEL}),
    "rosters": ROSTERS,
    "entitlements": Table(Entitlement, entitlement_rows.COLUMNS),
    "publications": publication_rows.PUBLISHED,
    "numbers": number_rows.NUMBERS,
    "law": law_rows.LAW,
    "doors": door_rows.DOORS,
    "registers": REGISTERS,
    "switches": switch_rows.SWITCHES,
    "examples": switch_rows.EXAMPLES,
}
"""Each file of rows that compute, demand or promise; `measures` has readers of its own."""
BESIDE = ("registers", "switches", "examples")
"""What the rulebook has beside its shapes."""
SUBJECT = [*TABLES["eligibility"].columns].index("subject")
TRIGGER = [*TABLES["ladders"].columns].index("trigger")


def rows_of(
    lines: Mapping[str, Iterable[Line]], words: Vocabulary, register: Register, faults: Faults
) -> tuple[Shapes, dict[str, tuple[Any, ...]]]:
    """Check every line and build the rows; faults are added to those found already."""
    fitting = {name: of.unique(lines.get(name, ()), faults) for name, of in TABLES.items()}
    stated = of_width(lines.get(MEASURES, ()), len(COLUMNS_OF_MEASURES), faults)
    own = without_repeats(stated, (0,), COLUMNS_OF_MEASURES[0], faults)
    measures = measures_of(own, words.facts, faults)
    cited = {clause for clause, _, _ in register}
    judged = frozenset(line.fields[SUBJECT] for line in fitting["eligibility"])
    of = measures, words.roles, cited, words.kinds, words.objects, words.closes
    worded = fitting["occurrences"], fitting["rounds"]
    clocks = frozenset(line.fields[0] for line in fitting["clocks"])
    known = Words(*of, sources_of(words.kinds, measures, *worded), judged, clocks)
    triggers = ((line.fields[TRIGGER], Label(*line.fields[-2:])) for line in fitting["ladders"])
    known = replace(known, stages=stages_of(triggers))
    rows: dict[str, tuple[Any, ...]] = {}
    for shape, table in TABLES.items():
        pairs = [(line, row) for line in fitting[shape] if (row := table.read(line, known, faults))]
        if check := CHECKS.get(shape):
            check(pairs, faults)
        rows[shape] = tuple(row for _, row in pairs)
    round_rows.check(fitting["rounds"], rows, faults)
    publication_rows.check_cadences(fitting["cadences"], rows, faults)
    derived = {row.id: replace(measures[row.id], derived=row) for row in rows["derivations"]}
    beside = {name: rows.pop(name) for name in BESIDE}
    return Shapes({**measures, **derived}, **rows), beside

"""What an office fills in beside requests: lines of registers, cards of things, stages of cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.approval.description import FieldDescription, described
from domain.approval.procedure import Form
from domain.records.cases import CaseKind, Stage
from domain.records.registers import Register
from domain.rules.rows import unique
from domain.shapes.paths import Transition
from domain.vocabulary import Label, words_of
from resolvers.records.acts import clauses_of
from resolvers.requests.asked_forms import AskedField, Compares, Comparison, declared
from resolvers.rules.rulebooks import LivingRulebook

BEGIN, NONE = Label("开始", "Begin"), Label("", "")
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class AskedRecord:
    """Something that is filled in: of which object, at which stage, by which act of the API."""

    object: str
    label: Label
    stage: str
    stage_label: Label
    act: str
    fields: tuple[AskedField, ...]
    clauses: tuple[str, ...]


def asked_records(living: LivingRulebook) -> tuple[AskedRecord, ...]:
    """Everything that clauses of the office let somebody fill in."""
    if "records" not in living.kept:
        living.kept["records"] = (*_registers(living), *_things(living), *_cases(living))
    return living.kept["records"]  # type: ignore[no-any-return]


def _registers(living: LivingRulebook) -> Iterator[AskedRecord]:
    for each in REGISTERS:
        if each.entered and clauses_of(living, each.name):
            fields = _asked(living, each.name, each.entry, each.asked_when)
            fields = tuple(_in_words(living, each, field) for field in fields)
            yield _record(living, each.name, "", NONE, f"Record{each.reference.word}", fields)


def _things(living: LivingRulebook) -> Iterator[AskedRecord]:
    acted = {row.kind for row in living.acts}
    for each in THINGS:
        if each.name in acted:
            fields = _asked(living, each.name, each.card, NOTHING)
            yield _record(living, each.name, "", NONE, f"Add{each.reference.word}", fields)


def _cases(living: LivingRulebook) -> Iterator[AskedRecord]:
    acted = {row.kind for row in living.acts}
    for kind in CASE_KINDS:
        if kind.code not in acted:
            continue
        word = words_of(kind.code)
        if kind.entry:
            fields = _asked(living, kind.code, kind.entry.form, kind.entry.asked_when)
            yield _record(living, kind.code, "begin", BEGIN, f"Begin{word}", fields)
        for event, row in _events(living, kind).items():
            stage = kind.stages[event]
            fields = tuple(
                replace(each, required=each.required or (each.field.name,) in stage.needs)
                for each in _asked(living, kind.code, stage.fills, NOTHING)
            )
            act = f"{words_of(event)}{word}"
            record = _record(living, kind.code, event, row.label, act, fields)
            yield replace(record, clauses=(row.clause,) if row.clause else ())


def _events(living: LivingRulebook, kind: CaseKind[Any]) -> Mapping[str, Transition]:
    """The stages that the office's paths have, each with the first row that names it."""
    of = {*living.vocabulary.objects[kind.code].paths, *kind.chain}
    rows = [row for row in living.shapes.paths if row.id in of] or [*kind.plain]
    found: dict[str, Transition] = {}
    for row in rows:
        if not kind.stages.get(row.event, Stage(leads_on=True)).leads_on:
            found.setdefault(row.event, row)
    return found


def _record(
    living: LivingRulebook,
    code: str,
    stage: str,
    said: Label,
    act: str,
    fields: tuple[AskedField, ...],
) -> AskedRecord:
    label, clauses = living.vocabulary.objects[code].label, clauses_of(living, code)
    return AskedRecord(code, label, stage, said, act, fields, clauses)


def _asked(
    living: LivingRulebook, code: str, form: type[Form], asked_when: Mapping[str, str]
) -> tuple[AskedField, ...]:
    """The fields of a form, with the columns that clauses of the office demand or read."""
    shapes = living.shapes
    read = [(row, row.when.regions) for row in shapes.eligibility if row.subject == code]
    limits = [row for row in shapes.quotas if row.subject == code]
    found = []
    labels = {each.name: each for each in described(form, living.vocabulary)}
    for each in declared([*labels.values()], form):
        name = each.field.name
        demanding = clauses_of(living, code, name)
        reading = [row.clause for row, regions in read if name in regions]
        reading += [row.clause for row in limits if name == row.measure or name in row.when.regions]
        when = _is_true(labels.get(asked_when.get(name, "")))
        found.append(
            replace(
                each,
                required=each.required or bool(demanding and not when),
                clauses=unique([*demanding, *reading]),
                shown_when=when,
            )
        )
    return tuple(found)


def _is_true(other: FieldDescription | None) -> tuple[Comparison, ...]:
    if other is None:
        return ()
    return (Comparison(other.name, other.label, (other.name,), Compares.IN, (True,)),)


def _in_words(living: LivingRulebook, register: Register, each: AskedField) -> AskedField:
    """A column that takes the office's own words alone has these as its options."""
    if each.field.name != register.words:
        return each
    words: dict[str | bool, Label] = {
        row.id: row.label for row in living.shapes.occurrences if row.of == register.name
    }
    return replace(each, required=True, field=replace(each.field, options=words))

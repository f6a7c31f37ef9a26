"""What an office fills in beside requests: lines of registers, cards of things, stages of cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.approval.description import FieldDescription, described
from domain.approval.examples import choices
from domain.approval.forms import form_fields, plain
from domain.approval.procedure import Form, asked
from domain.records.cases import CaseKind, Paper, Stage
from domain.records.registers import Register
from domain.rules.rows import unique
from domain.shapes.checks import CheckItem, Marked, by_item, most_of
from domain.shapes.paths import Transition
from domain.values.bounds import between
from domain.vocabulary import Label, LivingObject, words_of
from resolvers.records.acts import clauses_of
from resolvers.requests.asked_forms import AskedField, AskedPaper, Compares, Comparison, declared
from resolvers.rules.rulebooks import LivingRulebook

BEGIN, NONE = Label("开始", "Begin"), Label("", "")
NOTHING: Mapping[str, str] = MappingProxyType({})


class Marking(Form):
    """How an item of a check was found to be."""

    item: str = asked("检查项目", "What is looked at")
    kept: bool | None = asked("做到", "Kept, where it is ticked", default=None)
    points: Decimal | None = asked(
        "得分", "Points, where it is scored", default=None, bounds=between(0, 1000, "0.01", "point")
    )


@dataclass(frozen=True)
class AskedRecord:
    """Something that is filled in: of which object, at which stage, by which act of the API."""

    object: LivingObject
    stage: str
    stage_label: Label
    act: str
    form: type[Form]
    fields: tuple[AskedField, ...]
    clauses: tuple[str, ...]
    regulated: bool

    @property
    def papers(self) -> Iterator[AskedPaper]:
        """The papers that its clause demands in every case, each a field of its own."""
        kept = {each.name for each in form_fields(self.form) if each.type is Paper}
        for each in self.fields:
            if each.field.name in kept and each.required and self.clauses:
                yield AskedPaper(each.field.label.zh, self.clauses[0], each.shown_when, NONE)


def asked_records(living: LivingRulebook) -> tuple[AskedRecord, ...]:
    """Everything that may be filled in beside requests, with what clauses of the office ask."""
    if "records" not in living.kept:
        living.kept["records"] = (*_registers(living), *_things(living), *_cases(living))
    return living.kept["records"]  # type: ignore[no-any-return]


def _registers(living: LivingRulebook) -> Iterator[AskedRecord]:
    for each in REGISTERS:
        if each.entered:
            fields = _asked(living, each.name, each.entry, each.asked_when)
            fields = (*(_in_words(living, each, field) for field in fields), *_marks(living, each))
            regulated = bool(clauses_of(living, each.name))
            act = f"Record{each.reference.word}"
            yield _record(living, each.name, act, each.entry, fields, regulated=regulated)


def _things(living: LivingRulebook) -> Iterator[AskedRecord]:
    acted = {row.kind for row in living.acts}
    for each in THINGS:
        fields = _asked(living, each.name, each.card, NOTHING)
        act, regulated = f"Add{each.reference.word}", each.name in acted
        yield _record(living, each.name, act, each.card, fields, regulated=regulated)


def _cases(living: LivingRulebook) -> Iterator[AskedRecord]:
    acted = {row.kind for row in living.acts}
    for kind in CASE_KINDS:
        word, regulated = words_of(kind.code), kind.code in acted
        if of := kind.entry:
            fields = _asked(living, kind.code, of.form, of.asked_when)
            begun = _record(living, kind.code, f"Begin{word}", of.form, fields, regulated=regulated)
            yield replace(begun, stage="begin", stage_label=BEGIN)
        for event, row in _events(living, kind).items() if regulated else ():
            stage = kind.stages[event]
            fields = tuple(
                replace(each, required=each.required or (each.field.name,) in stage.needs)
                for each in _asked(living, kind.code, stage.fills, NOTHING)
            )
            act = f"{words_of(event)}{word}"
            taken = _record(living, kind.code, act, stage.fills, fields, regulated=True)
            clauses = (row.clause,) if row.clause else ()
            yield replace(taken, stage=event, stage_label=row.label, clauses=clauses)


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
    act: str,
    form: type[Form],
    fields: tuple[AskedField, ...],
    *,
    regulated: bool,
) -> AskedRecord:
    of, clauses = living.vocabulary.objects[code], clauses_of(living, code)
    return AskedRecord(of, "", NONE, act, form, fields, clauses, regulated)


def _marks(living: LivingRulebook, register: Register) -> Iterator[AskedField]:
    """The marks of a sheet, one of each item that the office looks at."""
    if rows := _items(living, register.name):
        item, *how = described(Marking, living.vocabulary)
        options: dict[str | bool, Label] = {each.item: each.label for each in rows}
        fields = (replace(item, options=options), *how)
        label = Label("逐项检查结果", "What each item was found to be")
        marks = replace(item, name="marks", label=label, type="object", many=True, fields=fields)
        clauses = unique(each.clause for each in rows)
        yield AskedField(replace(marks, longest=None), required=True, clauses=clauses)


def _items(living: LivingRulebook, check: str) -> list[CheckItem]:
    rows = by_item(each for each in living.shapes.checks if each.id == check)
    return [each for name, each in rows.items() if name]


def example_of(
    living: LivingRulebook, record: AskedRecord, on: date
) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """What is needed of a record filled in as of a day, and the fields left to choose: ids."""
    of = {each.name: each for each in form_fields(record.form)}
    form: dict[str, Any] = {}
    lacks = []
    for each in record.fields:
        name, told = each.field.name, each.field
        shown = all(form.get(n) in when.values for when in each.shown_when for n in when.told_by)
        if not (each.required or each.clauses) or not shown:
            continue
        if told.many:
            form[name] = [_best(each) for each in _items(living, record.object.code)]
        elif told.options and of[name].type is str:
            form[name] = next(iter(told.options))
        elif found := choices(of[name], told, None, None, (), (), on):
            form[name] = plain(found[0])
        elif each.required:
            lacks.append(name)
    return form, tuple(lacks)


def _best(item: CheckItem) -> dict[str, Any]:
    """The mark of an item that is as it should be."""
    best = {"kept": True} if item.marked is Marked.TICK else {"points": plain(most_of(item))}
    return {"item": item.item, **best}


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
    """A column that takes the office's own words alone, or its path's, has these as its options."""
    words: dict[str | bool, Label] = {}
    if each.field.name == register.words:
        kept = living.shapes.occurrences
        words = {row.id: row.label for row in kept if row.of == register.name}
    elif register.walks and each.field.name == register.walks.event:
        rows = [row for row in living.shapes.paths if row.id in register.walks.among]
        words = {row.event: row.label for row in rows}
    if not words:
        return each
    return replace(each, required=True, field=replace(each.field, options=words))

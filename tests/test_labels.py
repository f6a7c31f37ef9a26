"""What people read is in their words: options, fields, states and roles under their names."""

import ast
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from string import Formatter

import pytest
from graphql import get_named_type, is_enum_type

from domain import CASE_KINDS
from domain.approval.description import MEASURED, described
from domain.approval.forms import form_fields
from domain.approval.request import STATUSES, Status, StepStatus
from domain.messages import EN, ZH
from domain.rules.phrases import ACTS
from domain.shapes.paths import no_transition
from domain.time.wording import UNITS
from domain.vocabulary import Label
from policies import loading, vocabulary
from policies.messages import MESSAGES
from resolvers.records.asked_records import asked_records
from resolvers.records.export_sheets import CALLED
from resolvers.requests.procedures import PROCEDURES
from resolvers.rules.rulebooks import living_of
from schema import root
from schema.ground.errors import sentence
from schema.office.organisation import NAMED, titled
from schema.records import served_lists
from schema.records.declared_columns import declared
from tests.test_docs import trees

WORDS = vocabulary.shipped()
BOOKS = [loading.shipped(institution) for institution in loading.institutions()]
RAISING = {"Refused", "at_fault", "Problem", "Note", "Notice"}
OFTEN_CODES = {"status", "state", "event", "act", "kind", "stage", "attempt", "body", "area"}
NUMBERS = {
    *("count", "limit", "most", "least", "minutes", "days", "age", "votes", "expected"),
    *("roots", "fields", "levels", "shortest", "longest", "present", "of", "needed"),
}
"""The details that are numbers of something."""
COUNTED = re.compile(r"\b1 (?!is\b)[a-z]+s\b|\b1 people\b")


def in_words(text: str, codes: set[str]) -> bool:
    return not codes & set(re.findall(r"[a-z]+(?:[._][a-z0-9]+)*", text))


@pytest.mark.parametrize("kind", PROCEDURES)
def test_no_label_stands_twice_in_one_form_and_every_option_has_one_in_both_languages(kind):
    for words in [WORDS, *(book.vocabulary for book in BOOKS)]:
        fields = described(PROCEDURES[kind].form, words, kind)
        measured = [words.facts[name] for name in words.kinds[kind].facts]
        labels = [field.label for field in fields]
        labels += [fact.label for fact in measured if fact.source in MEASURED]
        for language in ("zh", "en"):
            said = Counter(getattr(label, language) for label in labels)
            assert [label for label, times in said.items() if times > 1] == []
        for field in fields:
            for code, label in field.options.items():
                assert label.zh, (field.name, code)
                assert code not in (label.zh, label.en), (field.name, code)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.institution)
def test_no_label_stands_twice_in_a_register_a_card_or_a_stage_and_every_option_has_one(book):
    for record in asked_records(living_of(1, book, date(2026, 3, 2))):
        fields = [each.field for each in record.fields]
        for language in ("zh", "en"):
            said = Counter(getattr(field.label, language) for field in fields)
            twice = [label for label, times in said.items() if times > 1]
            assert twice == [], (record.object.code, record.stage)
        for field in fields:
            assert field.type != "enum" or field.options
            for code, label in field.options.items():
                assert code not in (label.zh, label.en, ""), (record.object, field.name)
                assert label.zh


def labels_in(value):
    """Every label that a declaration or a row holds, however deep."""
    if isinstance(value, Label):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from labels_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from labels_in(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from labels_in(getattr(value, each.name))


def in_simplified(text):
    """GB 2312 holds no character of the traditional script that has a simplified form."""
    return all(not "\u4e00" <= each <= "\u9fff" or each.encode("gb2312", "ignore") for each in text)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.institution)
def test_the_product_s_own_words_are_in_one_script(book):
    """Titles and articles are quoted as the office's texts write them."""
    words = [label.zh for label in labels_in((vars(book.vocabulary), vars(book.shapes)))]
    words += [line.summary for line in book.register.values()]
    words += [name for each in book.documents for name in each.documents]
    words += [message.zh for message in MESSAGES.values()]
    words += [label.zh for label in vocabulary.columns().values()]
    words += [each.label.zh for kind in PROCEDURES.values() for each in form_fields(kind.form)]
    assert [text for text in words if not in_simplified(text)] == []


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.institution)
def test_whatever_is_counted_has_its_unit_in_words(book):
    measured = [*book.vocabulary.facts.values(), *book.shapes.measures.values()]
    units = {each.unit for each in measured}
    units |= {getattr(row, "unit", "") for rows in vars(book.shapes).values() for row in rows}
    assert {unit for unit in units if isinstance(unit, str)} - UNITS.keys() <= {""}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.institution)
def test_no_state_or_event_of_a_path_is_said_by_its_code(book):
    for name in {each.id for each in book.shapes.paths}:
        path = [each for each in book.shapes.paths if each.id == name]
        states = {state for each in path for state in (each.origin, each.target)}
        codes = states | {each.event for each in path}
        for state in states:
            following = [each for each in path if each.origin == state]
            for attempt in codes:
                details = no_transition(path, state, attempt, following)
                assert in_words(sentence("NO_TRANSITION", details, ZH), codes)


def test_every_status_and_every_act_has_a_name():
    assert STATUSES.keys() == {*Status, *StepStatus}
    for label in (*STATUSES.values(), *ACTS.values()):
        assert label.zh
        assert label.en


def test_roles_and_facts_are_said_as_the_office_calls_them():
    for book in BOOKS:
        codes = {*book.vocabulary.roles, *book.vocabulary.facts}
        for role in book.vocabulary.roles:
            for code in ("NOT_YOUR_BODY", "NOT_A_COLLEAGUE", "OWN_DECISION", "NO_SUCH_SEAT"):
                assert in_words(sentence(code, titled({"role": role}, book.vocabulary), ZH), codes)
        for fact in book.vocabulary.facts:
            details = titled({"fact": fact, "tier": "2"}, book.vocabulary)
            assert in_words(sentence("ESCALATED_TIER", details, ZH), codes)


def test_no_sentence_is_given_a_bare_code_where_it_speaks_of_a_state_or_a_kind():
    bare = []
    for path, tree in trees():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
            if name not in RAISING:
                continue
            given = [(each.arg, each.value) for each in call.keywords]
            for inner in (each for each in ast.walk(call) if isinstance(each, ast.Dict)):
                given += [
                    (getattr(key, "value", None), value)
                    for key, value in zip(inner.keys, inner.values, strict=True)
                ]
            bare += [
                (path.name, value.lineno, detail)
                for detail, value in given
                if detail in OFTEN_CODES - NAMED
                and isinstance(value, ast.Attribute)
                and value.attr != "label"
            ]
    assert bare == []


def test_one_of_anything_is_said_in_the_singular():
    for code, message in MESSAGES.items():
        names = {name for _, name, _, _ in Formatter().parse(message.en) if name}
        details = {name: 1 if name in NUMBERS else "…" for name in names}
        assert not COUNTED.search(message.say(EN, details)), code
    assert sentence("INVALID_INPUT", {"count": 1}, EN) == "1 problem in what was sent"
    assert sentence("INVALID_INPUT", {"count": 2}, EN) == "2 problems in what was sent"


def test_a_list_has_one_heading_for_each_column_and_a_chinese_word_for_each_value():
    schema = root.schema._schema
    for name in root.LISTS.keys() - {"requests", "accounts"}:
        of = served_lists.asked(schema, name)
        heads = [column.label.zh for column in of.parts]
        assert len(heads) == len({*heads}), name
        kinds = (get_named_type(field.type) for field in of.node.fields.values())
        for kind in filter(is_enum_type, kinds):
            words = {served_lists.label_of(kind, value).zh for value in kind.values}
            assert not [word for word in words if word.isascii()], (name, kind.name)


def test_what_areas_declare_of_a_list_leaves_with_it_but_for_what_nobody_names():
    schema, hidden = root.schema._schema, {each.code: each.hidden for each in CASE_KINDS}
    for name in root.LISTS.keys() - {"requests", "accounts"}:
        of = served_lists.asked(schema, name)
        names = {column.name for column in of.parts}
        for each in declared().get(of.node.name, {}).values():
            nameless = each.refers and each.refers not in CALLED
            known = nameless or each.name in hidden.get(root.LISTS[name].of, ())
            assert known or each.name in names, (name, each)

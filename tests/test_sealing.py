"""What the ledger seals, and that no change of what lies beside it goes unseen."""

import hashlib
import json
from dataclasses import is_dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given

from domain import PROCEDURES, REGISTERS
from domain.approval.forms import form_fields
from domain.approval.request import Decision
from domain.ledger import (
    SALT_BYTES,
    WORDS,
    Kept,
    canonical,
    chained,
    digest_of,
    line,
    opened,
    seal,
    seals,
)
from domain.ledger_chain import Broken, Entry, Head, verify
from domain.tables import PERSONAL
from tests.test_chain import NOW, OFFICE, chain, contents

# ---- what is sealed ----


def salts():
    """Salts that a test knows: each another one."""
    numbers = iter(range(1, 1000))
    return lambda: next(numbers).to_bytes(SALT_BYTES, "big")


def opens(content):
    """What stands openly in the sealed content, as JSON."""
    sealed, kept = seal(content, salts())
    assert dict(seals(json.loads(canonical("x", NOW, OFFICE, sealed)))) == {
        each.path: digest_of(each) for each in kept
    }
    return canonical("x", NOW, OFFICE, sealed)


def test_a_text_is_sealed_as_the_digest_of_its_salt_and_itself():
    sealed, [kept] = seal({"comment": "同意"}, salts())
    salt = (1).to_bytes(SALT_BYTES, "big")
    assert kept == Kept(("comment",), salt, '"同意"')
    assert sealed == {"comment": {"sealed": hashlib.sha256(salt + '"同意"'.encode()).hexdigest()}}


def test_ids_numbers_days_codes_and_clauses_stand_openly():
    content = {
        "person": UUID(int=1),
        "anything": str(UUID(int=2)),
        "day": date(2026, 3, 2),
        "amount": Decimal("1.5"),
        "count": 3,
        "late": True,
        "decision": Decision.AGREE,
        "role": "section_chief",
        "clauses": ["attendance-measures/三(一)", "complaints/投诉 4-6"],
        "comment": "",
        "reason": None,
    }
    assert seal(content, salts()) == (content, ())


@pytest.mark.parametrize(
    "content",
    [
        {"telephone": "13800000000"},
        {"whatever_comes": "secret"},
        {"turns": [{"role": "staff", "deep": [["secret"], {"a": "secret"}]}]},
        {"role": "张三"},
        {"kind": "a b"},
        {"kind": "x" * 101},
        {"seats": {"张三": 5}},
        {"seats": {"13800000000": "staff"}},
        {"born": date(1990, 1, 1)},
        {"gender": Decision.AGREE},
        {"line": {"sealed": "secret"}},
    ],
)
def test_whatever_else_is_sealed_under_every_key(content):
    told = opens(content)
    for secret in ("13800000000", "secret", "张三", "a b", "xxxx", "1990", "agree"):
        assert secret not in told


@pytest.fixture
def personal_share():
    PERSONAL.add("share_of_pay")
    yield
    PERSONAL.remove("share_of_pay")


def test_a_column_that_is_declared_personal_is_sealed_whatever_it_holds(personal_share):
    for value in (Decimal("0.75"), 7, True, ["a"], {"a": 1}, "x"):
        sealed, [kept] = seal({"line": {"share_of_pay": value}}, salts())
        assert list(sealed["line"]["share_of_pay"]) == ["sealed"]
        assert kept.path == ("line", "share_of_pay")


def test_equal_texts_have_unequal_digests():
    sealed, _ = seal({"one": "同意", "other": "同意"}, salts())
    assert sealed["one"] != sealed["other"]


@given(contents)
def test_what_was_sealed_opens_to_what_it_was(content):
    content = {"content": content, "comment": "同意"}
    told = line("decided", NOW, OFFICE, content, salts())
    values = {each.path: json.loads(each.value) for each in told.kept}
    found = opened(json.loads(told.record), values)
    assert {key: found[key] for key in content} == content


def test_a_line_from_before_opens_to_itself():
    record = json.loads(canonical("decided", NOW, OFFICE, {"comment": {"sealed": "aa"}}))
    assert opened(record, {}) == record


def test_no_word_is_open_and_personal():
    assert not WORDS & PERSONAL


FOUND_IN_A_VOCABULARY = {"clause", "event", "role", "body", "panel"}
"""Texts of forms that are codes: a call that names an unknown one is refused."""


def written_in(form):
    for each in form_fields(form):
        if is_dataclass(each.type):
            yield from written_in(each.type)
        elif each.type is str:
            yield each.name


@pytest.mark.parametrize(
    "form",
    sorted(
        {each.entry for each in REGISTERS} | {each.form for each in PROCEDURES.values()},
        key=lambda form: (form.__name__, form.__module__),
    ),
    ids=lambda form: f"{form.__module__}.{form.__name__}",
)
def test_no_free_text_of_a_form_bears_the_name_of_a_code(form):
    assert WORDS.intersection(written_in(form)) <= FOUND_IN_A_VOCABULARY


# ---- the values beside the chain ----


def sealed_chain(*contents):
    """The lines of these contents with what lies beside them."""
    head, lines, salt = b"", [], salts()
    for seq, (event, content, gone) in enumerate(contents, start=1):
        told = line(event, NOW, OFFICE, content, salt)
        kept = tuple(replace(each, salt=None, value=None, destroyed=gone) for each in told.kept)
        entry = Entry(
            *(OFFICE, seq, NOW, event, told.record, head, chained(head, told.record)),
            request=content.get("request"),
            kept=kept if gone else told.kept,
        )
        lines.append(entry)
        head = entry.hash
    return lines


SAID = ("decided", {"comment": "同意", "reason": "可以"}, None)
GONE = ("decided", {"comment": "同意", "reason": "可以"}, 3)
DESTROYING = ("texts_destroyed", {"clause": "a/一", "lines": [{"line": 1, "values": 2}]}, None)


def found(lines):
    return [*verify(OFFICE, lines, Head(lines[-1].seq, lines[-1].hash))]


def test_a_chain_whose_values_are_there_or_destroyed_is_whole():
    assert found(sealed_chain(SAID, SAID)) == []
    assert found(sealed_chain(GONE, SAID, DESTROYING)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"value": '"不同意"'},
        {"value": None},
        {"salt": b"x" * SALT_BYTES},
        {"salt": b""},
        {"destroyed": 2, "salt": None, "value": None},
        {"destroyed": 9, "salt": None, "value": None},
        {"destroyed": 1, "salt": None, "value": None},
        {"path": ("other",)},
    ],
)
def test_a_value_that_was_changed_is_found(changed):
    lines = sealed_chain(SAID, SAID)
    first, second = lines[0].kept
    lines[0] = replace(lines[0], kept=(replace(first, **changed), second))
    assert found(lines)


def test_a_value_that_lacks_or_is_too_many_is_found_at_its_line():
    lines = sealed_chain(SAID, SAID)
    kept = lines[1].kept
    for wrong in (kept[:1], (), (*kept, kept[0]), (*kept, replace(kept[0], path=("more",)))):
        lines[1] = replace(lines[1], kept=wrong)
        assert {each.seq for each in found(lines)} == {2}


def test_a_line_that_destroys_says_how_much_of_which_lines():
    for lines in ([{"line": 1, "values": 1}], [{"line": 2, "values": 2}], [], None, "x", [7]):
        wrong = ("texts_destroyed", {"clause": "a/一", "lines": lines}, None)
        assert Broken(3, "what it says to be destroyed is not what is gone by it") in found(
            sealed_chain(GONE, SAID, wrong)
        )


def test_lines_from_before_have_no_values_and_are_whole():
    lines = chain("一", "二")
    assert found(lines) == []
    lines[0] = replace(lines[0], kept=sealed_chain(SAID)[0].kept)
    assert found(lines) == [Broken(1, "a value is kept that it does not have")]


def test_an_algorithm_that_nobody_knows_is_told():
    lines = sealed_chain(SAID)
    record = lines[0].record.replace('"algorithm":"sha256"', '"algorithm":"md5"')
    lines[0] = replace(lines[0], record=record, hash=chained(b"", record))
    assert found(lines) == [Broken(1, "it names an algorithm that nobody knows")]

"""The ledger's chain on paper: what a record looks like, and that no alteration goes unseen."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.approval.request import Decision
from domain.ledger import canonical, chained
from domain.ledger_chain import Broken, Entry, Head, verify

NOW = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))


OFFICE = "office"


def chain(*comments):
    """The lines that the ledger keeps of decisions with these comments."""
    head, lines = b"", []
    for seq, comment in enumerate(comments, start=1):
        record = canonical("decided", NOW, OFFICE, {"comment": comment, "request": str(seq)})
        line = Entry(
            OFFICE, seq, NOW, "decided", record, head, chained(head, record), request=str(seq)
        )
        lines.append(line)
        head = line.hash
    return lines


def broken(lines, head=None):
    """The first line that is broken, by the head that such lines would have where none is given."""
    last = Head(lines[-1].seq, lines[-1].hash) if lines else None
    return next(verify(OFFICE, lines, head or last), None)


# ---- the record ----


def test_a_record_is_json_with_sorted_keys_and_no_spaces():
    record = canonical("decided", NOW, "office", {"b": [1, 2], "a": {"d": None, "c": True}})
    assert record == (
        '{"a":{"c":true,"d":null},"at":"2026-03-02T09:00:00+08:00","b":[1,2],'
        '"event":"decided","institution":"office"}'
    )


def test_chinese_stands_as_it_is_written():
    assert '"comment":"同意"' in canonical("decided", NOW, "office", {"comment": "同意"})


def test_ids_moments_days_amounts_and_words_of_a_list_are_written_as_text():
    content = {
        "person": UUID(int=1),
        "when": datetime(2026, 3, 2, tzinfo=UTC),
        "day": date(2026, 3, 2),
        "amount": Decimal("0.10"),
        "decision": Decision.AGREE,
        "clauses": ("一", "二"),
    }
    assert json.loads(canonical("decided", NOW, "office", content)) == {
        "person": "00000000-0000-0000-0000-000000000001",
        "when": "2026-03-02T00:00:00+00:00",
        "day": "2026-03-02",
        "amount": "0.10",
        "decision": "agree",
        "clauses": ["一", "二"],
        "at": NOW.isoformat(),
        "event": "decided",
        "institution": "office",
    }


def test_a_record_s_content_cannot_pass_for_another_event_time_or_institution():
    forged = {"event": "appointed", "at": "never", "institution": "elsewhere"}
    assert canonical("decided", NOW, "office", forged) == canonical("decided", NOW, "office", {})


def test_what_has_no_one_way_to_be_written_is_refused():
    with pytest.raises(TypeError, match="set"):
        canonical("decided", NOW, "office", {"seats": {1, 2}})


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
plain = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | words
contents = st.dictionaries(words, plain | st.lists(plain, max_size=3), max_size=5)


@given(contents, st.randoms(use_true_random=False))
def test_the_order_in_which_a_record_was_put_together_makes_no_difference(content, random):
    shuffled = list(content.items())
    random.shuffle(shuffled)
    record = canonical("decided", NOW, "office", content)
    assert canonical("decided", NOW, "office", dict(shuffled)) == record
    told = {"event": "decided", "institution": "office", "at": NOW.isoformat()}
    assert json.loads(record) == {**content, **told}


# ---- the chain ----


def test_a_line_s_hash_covers_the_line_before_and_its_own_record():
    first, second = chain("一", "二")
    assert first.hash == hashlib.sha256(first.record.encode()).digest()
    assert second.hash == hashlib.sha256(first.hash + second.record.encode()).digest()


def test_a_chain_that_was_left_alone_is_whole():
    assert broken([]) is None
    assert broken(chain("一", "二", "三")) is None


def test_a_changed_record_is_found_at_its_line():
    lines = chain("一", "二", "三")
    lines[1] = replace(lines[1], record="贰")
    assert broken(lines) == Broken(2, "its record was changed")


def test_a_changed_record_with_a_fitting_hash_is_found_at_the_next_line():
    lines = chain("一", "二", "三")
    record = lines[1].record.replace("二", "贰")
    lines[1] = replace(lines[1], record=record, hash=chained(lines[1].previous, record))
    assert broken(lines) == Broken(3, "it does not follow the line before")


@pytest.mark.parametrize(
    ("column", "value"),
    [("event", "withdrawn"), ("at", NOW + timedelta(microseconds=1)), ("request", None)],
)
def test_a_column_that_the_record_does_not_bear_out_is_named(column, value):
    lines = chain("一", "二", "三")
    lines[1] = replace(lines[1], **{column: value})
    assert broken(lines) == Broken(2, f"its record says otherwise of {column}")


def test_the_chain_of_another_institution_is_found_at_each_of_its_lines():
    lines = chain("一", "二")
    head = Head(2, lines[-1].hash)
    reason = "its record says otherwise of institution"
    assert [*verify("elsewhere", lines, head)] == [Broken(1, reason), Broken(2, reason)]


def test_every_line_that_was_changed_is_named_and_no_other():
    lines = chain(*"一二三四五")
    for at in (1, 3):
        lines[at] = replace(lines[at], event="withdrawn")
    found = verify(OFFICE, lines, Head(5, lines[-1].hash))
    assert [line.seq for line in found] == [2, 4]


@pytest.mark.parametrize("record", ["", "{", "[]", '"at"', '{"at": 7}', '{"at": "2026-13-01"}'])
def test_a_record_that_says_nothing_is_found_though_its_hash_fits(record):
    [line] = chain("一")
    assert broken([replace(line, record=record, hash=chained(b"", record))]) is not None


def test_a_missing_line_is_named():
    first, _, third = chain("一", "二", "三")
    assert broken([first, third]) == Broken(3, "line 2 is missing")
    assert broken([third]) == Broken(3, "line 1 is missing")


def test_a_missing_line_is_found_also_where_the_rest_is_counted_anew():
    first, _, third = chain("一", "二", "三")
    assert broken([first, replace(third, seq=2)]) == Broken(2, "it does not follow the line before")


def test_a_line_that_stands_there_twice_is_named():
    first, second = chain("一", "二")
    assert broken([first, first, second]) == Broken(1, "it stands there twice")


def test_a_chain_that_does_not_begin_at_nothing_is_broken():
    [line] = chain("一")
    begun = replace(line, previous=b"x", hash=chained(b"x", line.record))
    assert broken([begun]) == Broken(1, "it does not follow the line before")


@settings(max_examples=1000)
@given(st.lists(words, min_size=1, max_size=6), st.data())
def test_every_single_alteration_is_found(comments, data):
    lines = chain(*comments)
    head = Head(len(lines), lines[-1].hash)
    at = data.draw(st.integers(0, len(lines) - 1))
    before, line, after = lines[:at], lines[at], lines[at + 1 :]
    altered = data.draw(
        st.sampled_from(
            [
                [*before, replace(line, record=line.record + " "), *after],
                [*before, replace(line, hash=b"\0" + line.hash), *after],
                [*before, replace(line, previous=line.previous + b"\0"), *after],
                [*before, replace(line, seq=line.seq + 1), *after],
                [*before, replace(line, event=line.event + "!"), *after],
                [*before, replace(line, at=line.at - timedelta(hours=1)), *after],
                [*before, replace(line, request=f"{line.request}0"), *after],
                [*before, line, line, *after],
                [*before, *after, line],
                [*before, *after],
            ]
        )
    )
    found = [*verify(OFFICE, altered, head)]
    assert bool(found) is (altered != lines)


def test_a_cut_off_end_and_a_chain_made_anew_are_told_by_the_head():
    lines = chain("一", "二", "三")
    head = Head(3, lines[-1].hash)
    forged = chain("一", "贰", "三")
    assert broken(lines) is broken(forged) is None
    assert broken(lines[:2], head) == Broken(3, "the head says that line 3 is the last")
    assert broken(forged, head) == Broken(3, "its hash is not the one that the head says")
    assert broken([], head) == Broken(1, "the head says that line 3 is the last")
    assert [*verify(OFFICE, lines, None)] == [Broken(3, "no head says that it is the last")]

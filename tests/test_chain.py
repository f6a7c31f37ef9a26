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
from domain.ledger import Broken, Entry, canonical, chained, verify

NOW = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))


def chain(*records):
    """The lines that the ledger keeps of these records."""
    head, lines = b"", []
    for seq, record in enumerate(records, start=1):
        line = Entry(seq, record, head, chained(head, record))
        lines.append(line)
        head = line.hash
    return lines


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
plain = st.none() | st.booleans() | st.integers() | words
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
    assert first.hash == hashlib.sha256("一".encode()).digest()
    assert second.hash == hashlib.sha256(first.hash + "二".encode()).digest()


def test_a_chain_that_was_left_alone_is_whole():
    assert verify([]) is None
    assert verify(chain("一", "二", "三")) is None


def test_a_changed_record_is_found_at_its_line():
    lines = chain("一", "二", "三")
    lines[1] = replace(lines[1], record="贰")
    assert verify(lines) == Broken(2, "its record was changed")


def test_a_changed_record_with_a_fitting_hash_is_found_at_the_next_line():
    lines = chain("一", "二", "三")
    lines[1] = replace(lines[1], record="贰", hash=chained(lines[1].previous, "贰"))
    assert verify(lines) == Broken(3, "it does not follow the line before")


def test_a_missing_line_is_named():
    first, _, third = chain("一", "二", "三")
    assert verify([first, third]) == Broken(3, "line 2 is missing")
    assert verify([third]) == Broken(3, "line 1 is missing")


def test_a_missing_line_is_found_also_where_the_rest_is_counted_anew():
    first, _, third = chain("一", "二", "三")
    assert verify([first, replace(third, seq=2)]) == Broken(2, "it does not follow the line before")


def test_a_chain_that_does_not_begin_at_nothing_is_broken():
    [line] = chain("一")
    begun = replace(line, previous=b"x", hash=chained(b"x", "一"))
    assert verify([begun]) == Broken(1, "it does not follow the line before")


@settings(max_examples=300)
@given(st.lists(words, min_size=1, max_size=6), st.data())
def test_every_single_alteration_but_a_cut_off_end_is_found(records, data):
    lines = chain(*records)
    at = data.draw(st.integers(0, len(lines) - 1))
    before, line, after = lines[:at], lines[at], lines[at + 1 :]
    altered = data.draw(
        st.sampled_from(
            [
                [*before, replace(line, record=line.record + " "), *after],
                [*before, replace(line, hash=b"\0" + line.hash), *after],
                [*before, replace(line, previous=line.previous + b"\0"), *after],
                [*before, replace(line, seq=line.seq + 1), *after],
                [*before, line, line, *after],
                [*before, *after, line],
                [*before, *after],
            ]
        )
    )
    is_beginning = altered == lines[: len(altered)]
    assert (verify(altered) is None) is is_beginning


def test_a_cut_off_end_and_a_chain_made_anew_pass_until_a_kept_head_tells():
    lines = chain("一", "二", "三")
    head = len(lines), lines[-1].hash
    forged = chain("一", "贰", "三")
    assert verify(lines, head) is verify(lines[:2]) is verify(forged) is None
    assert verify(lines[:2], head) == Broken(3, "the head says that line 3 is the last")
    assert verify(forged, head) == Broken(4, "the head says that line 3 is the last")
    assert verify([], head) == Broken(1, "the head says that line 3 is the last")

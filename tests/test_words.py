"""Finding requests by any part of what is written in them."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.words import camel, pairs, search_words


def view(number="2026-000012", name="王小明", unit="就业促进科", **form):
    return SimpleNamespace(
        procedure=PROCEDURES["leave.personal"],
        number=number,
        applicant_name=name,
        unit_name=unit,
        form=form,
    )


def is_found(text, by):
    return set(pairs(by)) <= set(search_words(view(explanation=text)))


def test_a_text_becomes_its_pairs_of_neighbouring_characters():
    assert pairs("请病假") == ["病假", "请病"]


def test_case_and_spaces_make_no_difference():
    assert pairs("  A b\tC ") == pairs("abc") == ["ab", "bc"]


def test_a_lone_character_is_its_own_pair_and_nothing_has_none():
    assert (pairs("病"), pairs(""), pairs(" \n")) == (["病"], [], [])


def test_a_request_is_found_by_its_number_its_applicant_its_unit_and_its_form():
    found = set(search_words(view(explanation="回乡探亲")))
    for text in ("2026-000012", "000012", "王小明", "小明", "就业", "探亲", "亲", "王"):
        assert set(pairs(text)) <= found
    assert not set(pairs("出差")) <= found


def test_only_the_texts_of_a_form_are_words():
    assert search_words(view(days=3, internal=True)) == search_words(view())


def test_search_words_are_sorted_and_without_doubles():
    found = search_words(view(name="王王王"))
    assert found == sorted(set(found))


def test_a_text_of_any_length_gives_a_bounded_number_of_words():
    long = "".join(chr(0x4E00 + n) for n in range(5000))
    assert len(search_words(view(explanation=long))) < 1100


written = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.characters(codec="ascii")
texts = st.text(written | st.sampled_from(",。《》〔〕 "), min_size=1, max_size=60)


@given(texts, st.data())
def test_every_part_of_a_text_finds_it(text, data):
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    assert is_found(text, text[begin:end])


def test_a_field_is_named_as_the_api_writes_it():
    assert [camel(name) for name in ("days", "leave_reason", "to_be_paid_by")] == [
        "days",
        "leaveReason",
        "toBePaidBy",
    ]

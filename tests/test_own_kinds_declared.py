"""What makes a kind of an office's own, and what makes none."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approval.forms import form_fields, read_form, write_form
from domain.approval.minimal import STATED, minimal_procedure
from domain.approval.soundness import shape_problems
from domain.vocabulary import Fact, FactType, Kind, Label, is_own
from policies import loading, vocabulary
from policies.adopting import adopted
from policies.drafting import Change, Files, changed, files_of, source_of
from policies.lines import Faults, RulebookError
from resolvers.requests.procedures import ENUMS
from tests.own_kinds import CENTRE, KIND, TEA_BREAK, line, made, rule

KNOWN = vocabulary.shipped().facts


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (made(facts="people sweets"), "sweets"),
        (made(facts="people people"), "facts"),
        (made(kind="leave.sick"), "leave.sick"),
        (made(kind="own.Tea Break"), "own.tea_break"),
        (made(zh="病假"), "病假"),
        (made(en=" "), "en"),
        (made(area="sweets"), "sweets"),
        (made(clause="sweets/1"), "sweets/1"),
        (made(precondition="people > many"), "precondition"),
        (made(), "No rule says who decides"),
        (
            [
                *made(),
                line("canteen", **{**rule("*", "always", 1)["add"], "act": "*", "effect": "deny"}),
            ],
            "No rule says who decides",
        ),
    ],
)
def test_what_makes_no_kind_is_refused_with_its_row_and_reason(
    changes: list[Any], said: str
) -> None:
    [*told] = faults_of(changes)
    assert any(each.startswith("kinds.csv:") and said in each for each in told), told


def faults_of(changes: list[Any]) -> list[str]:
    """What is wrong with the centre's rulebook with these lines."""
    with pytest.raises(RulebookError) as refused:
        loading.load(source_of(CENTRE, with_lines(changes)), vocabulary.shipped())
    return [*map(str, refused.value.faults)]


def with_lines(changes: list[Any]) -> Files:
    """The centre's files with these lines."""
    faults = Faults()
    source = loading.read_source(loading.SHIPPED / CENTRE, faults)
    files = files_of(source, vocabulary.shipped())
    added = [Change(each["file"], added=each["add"]) for each in changes]
    files = changed(CENTRE, files, added, faults)
    assert not faults.found
    return files


@given(chosen=st.lists(st.sampled_from(sorted(KNOWN)), unique=True, max_size=8))
def test_a_kind_of_any_facts_has_a_form_that_is_written_and_read_back(chosen: list[str]) -> None:
    kind = Kind(KIND, "canteen", Label("会议茶歇", "Tea break"), tuple(chosen))
    form = minimal_procedure(kind, vocabulary.shipped(), ENUMS).form
    stated = {each for each in chosen if KNOWN[each].source in STATED}
    spans = {"begins", "ends"} if {"days", "hours", "months", "on_holiday"} & {*chosen} else set()
    fields = {each.name: each for each in form_fields(form)}
    assert fields.keys() == {"explanation", *spans, *stated}
    filled = form(explanation="座谈会", **{name: value_of(KNOWN[name]) for name in stated})
    assert read_form(form, write_form(filled)) == filled
    assert shape_problems(filled, KNOWN) == []


def value_of(fact: Fact) -> Any:
    if fact.type is FactType.ENUM:
        return next(iter(ENUMS[fact.code]))
    if fact.type is FactType.BOOL:
        return True
    least = fact.minimum or 0
    return int(least) if fact.type is FactType.INT else Decimal(least)


def test_no_kind_of_the_product_begins_as_those_of_offices_do() -> None:
    assert not any(map(is_own, vocabulary.shipped().kinds))


def test_stored_rows_stay_readable_when_the_product_comes_to_call_a_kind_the_same() -> None:
    files = with_lines([*made(zh="病假"), rule("director", "always", 1)])
    with pytest.raises(RulebookError, match="病假"):
        loading.load(source_of(CENTRE, files), vocabulary.shipped())
    source = source_of(CENTRE, files)
    kept = {shape: [each.fields for each in lines] for shape, lines in source.shapes.items()}
    parts = (source.rows, source.clauses, source.local, source.documents)
    stored = loading.stored(CENTRE, *([each.fields for each in part] for part in parts), kept)
    book = loading.load(stored, vocabulary.shipped())
    assert book.vocabulary.kinds[KIND].label.zh == "病假"


def test_an_area_is_adopted_with_the_kinds_of_its_own() -> None:
    words = vocabulary.shipped()
    template = source_of(CENTRE, with_lines(TEA_BREAK))
    own = loading.stored("new-office", (), ())
    found = adopted(own, template, ["canteen"], {}, ("office_director", "director"), words)
    assert KIND in found.book.vocabulary.kinds
    assert {row.role for row in found.book.rows if row.kind == KIND} == {
        *("office_director", "director"),
    }
    left = adopted(found.source, None, ["canteen"], {}, (), words)
    assert KIND not in left.book.vocabulary.kinds

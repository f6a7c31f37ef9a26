"""Objects that are no more: what was stored before is read without them, no file may name one."""

from dataclasses import replace

import pytest

from policies import loading, vocabulary
from policies.lines import Faults, Line, RulebookError
from tests.test_loading import GOOD, office, words

__all__ = ["office", "words"]


@pytest.mark.parametrize("gone", sorted(vocabulary.retired()))
def test_a_version_from_before_an_object_was_retired_is_read_and_a_file_that_names_it_is_not(
    office, tmp_path, words, gone
):
    office(GOOD)
    source = loading.read_source(tmp_path / "office", Faults())
    of_it = ("clerk", "office", gone, "keep", "always", "x-1", "1", "measures/三(一)", "allow")
    rows = [*(line.fields for line in source.rows), of_it]
    kept = {"registers": [(gone, "measures/三(一)", "")]}
    clauses, local = ([line.fields for line in each] for each in (source.clauses, source.local))
    again = loading.load(loading.stored("office", rows, clauses, local, (), kept), words)
    assert {each.kind for each in again.acts} | {each.register for each in again.registers} == set()
    named = replace(source, rows=(*source.rows, Line("leave.csv", 99, of_it)))
    with pytest.raises(RulebookError, match=gone):
        loading.load(named, words)

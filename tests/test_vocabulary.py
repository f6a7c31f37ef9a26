"""A vocabulary is taken whole or refused with every fault."""

import pytest

from policies import vocabulary
from policies.lines import RulebookError
from tests.small_words import VOCABULARY, write


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "code"),
    [
        ("roles.csv", "director section_chief", "leader", "members", "CYCLE"),
        ("roles.csv", "director section_chief", "boss", "members", "UNKNOWN_WORD"),
        ("roles.csv", "director section_chief", "", "members", "WRONG_FORMAT"),
        ("roles.csv", "any_of", "set", "class", "UNKNOWN_WORD"),
        ("roles.csv", ",director,7", ",mayor,7", "rank", "UNKNOWN_WORD"),
        ("roles.csv", ",director,7", ",director,high", "level", "WRONG_FORMAT"),
        ("roles.csv", "director,seat", "section_chief,seat", "role", "DUPLICATE"),
        ("facts.csv", "decimal", "float", "type", "UNKNOWN_WORD"),
        ("facts.csv", "calendar", "weather", "source", "UNKNOWN_WORD"),
        ("facts.csv", "366", "a year", "maximum", "WRONG_FORMAT"),
        ("facts.csv", "rank,enum", "rank,bool", "type", "WRONG_FORMAT"),
        ("kinds.csv", "sick,leave", "sick,rest", "area", "UNKNOWN_WORD"),
        ("kinds.csv", "days applicant_rank", "days age", "facts", "UNKNOWN_WORD"),
        ("kinds.csv", "days > 0", "days > no", "precondition", "WRONG_TYPE"),
        ("areas.csv", "area,zh", "zh,area", "area", "WRONG_HEADER"),
    ],
)
def test_a_faulty_vocabulary_is_refused(tmp_path, *, file, old, new, column, code):
    files = {**VOCABULARY, file: VOCABULARY[file].replace(old, new, 1)}
    with pytest.raises(RulebookError) as refused:
        vocabulary.read_vocabulary(write(tmp_path / "vocabulary", files))
    assert (file, column, code) in {(f.file, f.column, f.code) for f in refused.value.faults}

"""The columns that areas declare of what lists show, by their names in the API."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from domain import CASE_KINDS, REGISTERS, STATEMENTS, THINGS
from domain.approval.forms import form_fields
from domain.records.exports import Column, column_of
from domain.records.statements import Counted, Shown
from domain.vocabulary import Vocabulary, words_of
from policies import vocabulary
from resolvers.requests.words import camel


@cache
def declared() -> Mapping[str, Mapping[str, Column]]:
    """The columns of each type, with label, unit and whether they are secret."""
    words = vocabulary.shipped()
    forms = {each.reference.word: each.fields for each in REGISTERS}
    forms |= {each.reference.word: each.fields for each in THINGS}
    forms |= {words_of(each.code): form_fields(each.record) for each in CASE_KINDS}
    found = {word: [column_of(each, words) for each in form] for word, form in forms.items()}
    for kind in CASE_KINDS:
        found[words_of(kind.code)] += [Column(each.name, each.label) for each in kind.shows]
    for each in STATEMENTS:
        known_by = [Column(name, label) for name, label in each.known_by]
        found[f"{each.word}Line"] = known_by + [_counted(of, words) for of in each.columns]
    return {word: {camel(each.name): each for each in columns} for word, columns in found.items()}


def _counted(column: Counted | Shown, words: Vocabulary) -> Column:
    of = column_of(column.of, words) if isinstance(column, Shown) else Column("", column.label)
    return replace(of, name=column.name, label=column.label)

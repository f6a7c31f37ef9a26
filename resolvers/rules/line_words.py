"""Lines of a rulebook's files in words: what their columns are called, and what stands in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from domain.conditions.language import ConditionError, parse
from domain.rulebook import Rulebook
from domain.rules.acts import facts_of, stages_of
from domain.rules.phrases import ACTS, LIVING_ACTS, PSEUDO_ROLES, condition_said
from domain.shapes.clocks import EVENT
from domain.vocabulary import Fact, Label, LivingObject
from policies import door_rows, vocabulary
from policies.drafting import by_column
from policies.files import Fields, Offered, offered
from policies.shape_cells import Words
from policies.sources import sources_of

EVERY = Label("一切情形", "in every case")
EVENTS = {"starts", "stops", "done"}
"""The columns that name what happens, beside other words."""


@cache
def row_words() -> Mapping[str, Label]:
    """What the words of rows are called: `hour`, or in one column alone `whose.office`."""
    return vocabulary.labels(vocabulary.SHIPPED / "words.csv", ("word", "zh", "en"))


def column_said(column: str) -> Label:
    return vocabulary.columns().get(column, Label(column, column))


@cache
def shape_of(file: str, column: str) -> Offered:
    """What a column may say in any office: words, several of them, or a condition."""
    words = vocabulary.shipped()
    sources = sources_of(words.kinds, words.facts, ())
    known = words.facts, words.roles, ("x/1",), words.kinds, words.objects, None, sources, ("",)
    return offered(file, column, Words(*known))


@dataclass(frozen=True)
class Speech:
    """What the lines of a rulebook may name, what each word is called, and what conditions see."""

    book: Rulebook
    words: Words
    labels: Mapping[str, Label]

    def label(self, word: str, column: str) -> Label:
        """What a word of a column is called; itself where nothing is said of it."""
        own = {word: row_words().get(f"{column}.{word}")}
        acts = {**LIVING_ACTS, **ACTS} if column in ("act", "event") else {}
        of = (own, acts, self.labels, row_words())
        return next((found for each in of if (found := each.get(word))), Label(word, word))

    def line(self, file: str, fields: Fields) -> Iterator[tuple[Label, Label]]:
        """Each column of a line that says something, and what it says."""
        said = by_column(file, fields)
        for column, text in said.items():
            if text and column != "institution":
                yield column_said(column), self._text(shape_of(file, column), column, text, said)

    def _text(self, of: Offered, column: str, text: str, said: Mapping[str, str]) -> Label:
        if of.condition:
            facts = self._looked_at(said)
            try:
                found = condition_said(
                    parse(text, facts), replace(self.book.vocabulary, facts=facts)
                )
            except ConditionError:
                return Label(text, text)
            return found if found.zh else EVERY
        if column in EVENTS:
            each_said = (self.event(e) if EVENT.fullmatch(e) else Label(e, e) for e in text.split())
            return listed([*each_said])
        if not of.words and ("." not in text or text not in self.labels):
            return Label(text, text)
        one = text in self.labels or not of.several
        return listed([self.label(each, column) for each in ((text,) if one else text.split())])

    def event(self, text: str) -> Label:
        """What happens, and what it happens to: 印章·遗失 of `seal.lost`."""
        words = text.split(".")
        known = (len(words) - left for left in range(len(words)))
        upto = next((n for n in known if ".".join(words[:n]) in self.labels), 0)
        of = ".".join(words[:upto])
        reached = self._reached(self.book.vocabulary.objects.get(of))
        told = [self.labels[of]] if of else []
        told += [reached.get(e) or self.label(e, "event") for e in words[upto:]]
        return Label("·".join(each.zh for each in told), " · ".join(each.en for each in told))

    def _reached(self, thing: LivingObject | None) -> dict[str, Label]:
        """What a case comes to, in the words of the row that leads there."""
        rows = [e for e in self.book.shapes.paths if thing and e.id in thing.paths]
        return {each.target: each.label for each in reversed(rows)} | (
            self._stages(thing) if thing else {}
        )

    def _stages(self, thing: LivingObject) -> dict[str, Label]:
        return stages_of(thing, ((e.id, e.event, e.label) for e in self.book.shapes.paths))

    def _looked_at(self, said: Mapping[str, str]) -> dict[str, Fact]:
        """Measures, and whatever those have that the line names: kinds, registers, objects."""
        book, facts = self.book, dict(self.book.shapes.measures)
        for word in (word for text in said.values() for word in text.split()):
            for code in (word.partition(":")[0], word.rpartition(".")[0]):
                facts |= self.words.sources.get(code, {})
        if thing := book.vocabulary.objects.get(said.get("kind", "")):
            facts |= facts_of(thing, book.vocabulary, self._stages(thing))
        return facts


def listed(told: Sequence[Label]) -> Label:
    return Label("、".join(each.zh for each in told), ", ".join(each.en for each in told))


def speech_of(book: Rulebook) -> Speech:
    own, clauses = book.vocabulary, dict.fromkeys(clause for clause, _, _ in book.register)
    sources = {**sources_of(own.kinds, book.shapes.measures, ()), **book.columns}
    subjects = dict.fromkeys(each.subject for each in book.shapes.eligibility)
    known = own.roles, clauses, own.kinds, own.objects, own.closes, sources, subjects
    cited = {
        line.clause: Label(*[f"{line.title} {line.clause.partition('/')[2]}"] * 2)
        for line in book.register.values()
    }
    measures = book.shapes.measures
    labels = {
        # What brings a consequence up has no name of its own: it is told by what is looked at.
        each.trigger: listed([measures[e].label for e in each.when.regions if e in measures])
        for each in reversed(book.shapes.ladders)
    }
    named = (own.roles, own.kinds, own.objects, measures)
    labels |= {code: each.label for of in named for code, each in of.items()}
    labels |= {each.id: each.label for each in book.shapes.occurrences}
    labels |= {f"clock.{each.id}": Label(each.action, each.action) for each in book.shapes.clocks}
    labels |= {**vocabulary.areas(), **door_rows.labels(), **PSEUDO_ROLES, **cited}
    return Speech(book, Words(book.shapes.measures, *known), labels)

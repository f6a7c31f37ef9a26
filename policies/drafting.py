"""A draft of a rulebook: the files of a version, and what is changed of their lines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from domain.vocabulary import Label, Vocabulary
from policies import own_kinds, vocabulary
from policies.files import FILES, Fields, columns_of
from policies.lines import Faults, Line
from policies.loading import OF, Source

Files = Mapping[str, tuple[Fields, ...]]
"""The lines of each file by its name: an area's `p` lines, `clauses`, `clocks` …"""


@cache
def titles() -> Mapping[str, Label]:
    """What each file is called."""
    beside = vocabulary.labels(vocabulary.SHIPPED / "files.csv", ("file", "zh", "en"))
    return {**vocabulary.areas(), **vocabulary.shapes(), **beside}


@dataclass(frozen=True)
class Change:
    """A line of a file that goes, one that comes in its place, or one that is added."""

    file: str
    removed: Any = None
    added: Any = None


@dataclass(frozen=True)
class Difference:
    """A line that only one of two rulebooks has: the later one where it is `added`."""

    file: str
    added: bool
    fields: Fields

    @property
    def line(self) -> dict[str, str]:
        return by_column(self.file, self.fields)


def by_column(file: str, fields: Fields) -> dict[str, str]:
    return dict(zip(columns_of(file), fields, strict=False))


def fields_of(institution: str, file: str, said: Mapping[str, str]) -> Fields:
    """What is not said is empty; a line of `p` is the office's own where it does not say."""
    own = {} if file in FILES else {"institution": institution}
    return tuple({**own, **said}.get(column, "") for column in columns_of(file))


def files_of(source: Source, words: Vocabulary) -> dict[str, tuple[Fields, ...]]:
    """A source by the files that a folder would have of it."""
    files: dict[str, list[Fields]] = {}
    words = own_kinds.beside(words, source.shapes)
    for line in source.rows:
        known = words.kinds.get(line.fields[OF]) or words.objects.get(line.fields[OF])
        area = line.file.removesuffix(".csv") or (known.area if known else "")
        files.setdefault(area, []).append(line.fields)
    for file, lines in source.tables().items():
        if file != "rows":
            files[file] = [line.fields for line in lines]
    return {file: tuple(lines) for file, lines in files.items() if lines}


def source_of(
    institution: str, files: Files, places: Mapping[str, Sequence[int]] | None = None
) -> Source:
    """The source that files are; each line knows where it stands, below a header if it has one.

    `places` are the lines' numbers where they stand otherwise.
    """

    def numbers(file: str) -> Iterable[int]:
        stated = (places or {}).get(file)
        return count(2 if file in FILES else 1) if stated is None else stated

    lines = {
        file: tuple(
            Line(f"{file}.csv", number, fields)
            for number, fields in zip(numbers(file), of, strict=False)
        )
        for file, of in files.items()
    }
    rows = tuple(line for file, of in lines.items() if file not in FILES for line in of)
    return Source(institution, (), ()).having({**lines, "rows": rows})


def changed(
    institution: str, files: Files, changes: Iterable[Change], faults: Faults
) -> dict[str, tuple[Fields, ...]]:
    """The files with the changes made one after the other; a fault's line is a change's number."""
    after = dict(files)
    for number, each in enumerate(changes, start=1):
        here = Line(each.file[:60], number, ())
        if not faults.word(here, "file", here.file, {*FILES, *vocabulary.areas()}):
            continue
        lines, place = list(after.get(each.file, ())), None
        before = len(faults.found)
        old, new = (
            _fields(institution, each.file, given, here, faults)
            for given in (each.removed, each.added)
        )
        if len(faults.found) > before:
            continue
        if old is not None:
            if old not in lines:
                faults.add(here, "removed", "NO_SUCH_LINE")
                continue
            place = lines.index(old)
            del lines[place]
        if new is not None:
            lines.insert(len(lines) if place is None else place, new)
        after[each.file] = tuple(lines)
    return after


def _fields(institution: str, file: str, given: Any, here: Line, faults: Faults) -> Fields | None:
    """The fields of a line that is given by its columns."""
    if given is None:
        return None
    columns = columns_of(file)
    if not isinstance(given, Mapping):
        faults.add(here, "", "NOT_AN_OBJECT")
        return None
    for name, text in given.items():
        if faults.word(here, name[:60], name[:60], columns) and not isinstance(text, str):
            faults.add(here, name, "WRONG_FORMAT", expected='"text"')
    return fields_of(institution, file, given)


def differences(before: Files, after: Files) -> Iterator[Difference]:
    """Which lines one has and the other has not, file by file, what goes before what comes."""
    for file in dict.fromkeys((*before, *after)):
        old, new = before.get(file, ()), after.get(file, ())
        if old == new:
            continue
        for lines, other, added in ((old, new, False), (new, old, True)):
            left = Counter(other)
            for fields in lines:
                if left[fields]:
                    left[fields] -= 1
                else:
                    yield Difference(file, added, fields)

"""A regulation's own text cut into its articles, and the clauses that each of them carries.

Offices number in many ways: 第三条, 三、, (三), ㈢, 3., (3), ③, each inside another. What stands
inside what is told from the text itself: a label of a kind that is open closes it, any other opens
a deeper one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

NUMERALS = "〇○零一二三四五六七八九十百千"
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHAPTER, ARTICLE = "chapter", "article"
LONGEST_HEADING = 20
SHAPES = (
    (CHAPTER, rf"第[{NUMERALS}0-9]+[章节節]"),
    (ARTICLE, rf"第[{NUMERALS}0-9]+[条條](?:之[{NUMERALS}]+)?"),
    ("(一)", rf"[((][{NUMERALS}]+[))]|[㈠-㈩]"),
    ("(1)", r"[((][0-90-9]{1,2}[))]|[⑴-⒇]"),
    ("①", r"[①-⑳]"),
)
IN_TEXT = (
    *SHAPES,
    ("一", rf"[{NUMERALS}]{{1,3}}[、..]"),
    ("1", r"(?:[0-90-9]{1,2}(?:[、.]|[..。](?![0-90-9]))|[⒈-⒛])"),
)
IN_CITE = (*SHAPES, ("一", rf"[{NUMERALS}]+"), ("1", r"[0-90-9]{1,2}"))
NOT_LABELS = rf"第[{NUMERALS}0-9]+款|[0-9]{{4}}年|篇[0-9]+|\[.*?\]"
BEFORE_THE_FIRST = frozenset({"序", "序言", "前言", "引言", "首段"})


def alternatives(shapes: Sequence[tuple[str, str]]) -> str:
    return "|".join(f"(?P<s{number}>{shape})" for number, (_, shape) in enumerate(shapes))


START = re.compile(rf"[\s>•]*(?:{alternatives(IN_TEXT)})")
INSIDE = re.compile(rf"(?<=[。..;;::!??])\s*(?:{alternatives(IN_TEXT)})")
CITED = re.compile(rf"(?P<skip>{NOT_LABELS})|(?P<to>[-—–至])|{alternatives(IN_CITE)}")


class Label(NamedTuple):
    """One number of a path: of which shape, and which; `beside` is the 一 of 第三条之一."""

    shape: str
    value: int
    beside: int = 0


Path = tuple[Label, ...]


@dataclass(frozen=True)
class Article:
    """A numbered passage up to the next number; `label` is its whole path as one cites it."""

    label: str
    path: Path
    heading: str
    text: str


def articles(text: str) -> tuple[Article, ...]:
    """The articles in the order of the text; what stands before the first has no label."""
    found: list[Article] = []
    path: Path = ()
    heading = waiting = ""
    open_text: list[str] = []

    def close() -> None:
        body = "\n".join(filter(None, (part.strip() for part in open_text)))
        if body or path:
            found.append(Article(said(path), path, heading, body))

    for line in body_of(text):
        position = 0
        for start, end, label in labels_of(line, path):
            open_text.append(line[position:start])
            close()
            if waiting and label.value == 1:
                heading, path = waiting, ()
            waiting = ""
            path, open_text, position = below(path, label), [], end
        rest = line[position:]
        open_text.append(rest)
        if position == 0 and is_heading(rest):
            waiting = rest.strip()
    close()
    return tuple(found)


def body_of(text: str) -> list[str]:
    """The lines below a title, which may bear the number of a collection."""
    lines = [line for line in text.splitlines() if line.strip()]
    match = START.match(lines[0]) if lines else None
    begins = match is not None and label_of(match, IN_TEXT).shape in (CHAPTER, ARTICLE)
    return lines[1:] if len(lines) > 1 and not begins and is_heading(lines[0]) else lines


def labels_of(line: str, path: Path) -> Iterable[tuple[int, int, Label]]:
    """Labels of a line: the one that it begins with, then those that go on from where one is."""
    position, fresh = 0, True
    while True:
        match = START.match(line, position) if fresh else None
        if match is not None and position and not follows(path, label_of(match, IN_TEXT)):
            match = None
        begins = match is not None
        match = match or INSIDE.search(line, position)
        if match is None:
            return
        label = label_of(match, IN_TEXT)
        fresh = begins or follows(path, label)
        position = match.end()
        if fresh:
            yield match.start(f"s{shape_index(match)}"), position, label
            path = below(path, label)


def shape_index(match: re.Match[str]) -> int:
    return next(number for number in range(len(IN_TEXT)) if match.groupdict().get(f"s{number}"))


def label_of(match: re.Match[str], shapes: Sequence[tuple[str, str]]) -> Label:
    index = shape_index(match)
    number, _, beside = match[f"s{index}"].partition("之")
    return Label(shapes[index][0], number_of(number), number_of(beside))


def number_of(label: str) -> int:
    """The number in a label, however it is written."""
    plain = normalize("NFKC", label)
    if digits := re.search(r"[0-9]+", plain):
        return int(digits[0])
    written = [each for each in plain if each in DIGITS or each in UNITS]
    if not UNITS.keys() & set(written):
        return int("".join(str(DIGITS[each]) for each in written) or "0")
    value, digit = 0, 0
    for character in written:
        if unit := UNITS.get(character):
            value, digit = value + (digit or 1) * unit, 0
        else:
            digit = DIGITS[character]
    return value + digit


def follows(path: Path, label: Label) -> bool:
    """Whether a number inside a line goes on from here: the next of an open shape, or a first."""
    for open_label in path:
        if open_label.shape == label.shape:
            next_ones = (open_label.value, open_label.beside + 1), (open_label.value + 1, 0)
            return (label.value, label.beside) in next_ones
    return label.value == 1 and label.shape not in (CHAPTER, ARTICLE)


def below(path: Path, label: Label) -> Path:
    """The path of a new label: it closes its own shape, chapters and articles close all below."""
    if label.shape == CHAPTER:
        return (label,)
    kept: list[Label] = []
    for each in path:
        if each.shape == label.shape or (label.shape == ARTICLE and each.shape != CHAPTER):
            break
        kept.append(each)
    return (*kept, label)


def is_heading(line: str) -> bool:
    """A short line that says nothing by itself."""
    words = line.strip()
    return 0 < len(words) <= LONGEST_HEADING and not re.search(r"[,,。;;::、]", words)


WRITTEN = {
    CHAPTER: "第{}章",
    ARTICLE: "第{}条",
    "一": "{}",
    "(一)": "({})",
    "1": "{}",
    "(1)": "({})",
    "①": "{}",
}


def said(path: Path) -> str:
    """A path as one cites it: 第三条(二), 四、2, 三(一)1."""
    words = ""
    before = ""
    for shape, value, beside in path:
        if shape == CHAPTER and len(path) > 1:
            continue
        in_words = shape in (CHAPTER, ARTICLE, "一", "(一)")
        number = numeral(value) if in_words else str(value)
        number = chr(0x245F + value) if shape == "①" and 0 < value <= 20 else number
        between = "、" if before == "一" and shape == "1" else ""
        words += between + WRITTEN[shape].format(number)
        words += f"之{numeral(beside)}" if beside else ""
        before = shape
    return words


def numeral(value: int) -> str:
    """1 to 9999 in Chinese numerals."""
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += "零" * (bool(words) and value // unit // 10 % 10 == 0)
            words += "零一二三四五六七八九"[digit] + name
    return words.removeprefix("一") if 10 <= value < 20 else words

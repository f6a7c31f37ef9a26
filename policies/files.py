"""Every file of a rulebook: its columns, each with its reader, and so what each of them may say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.rules.rows import ACTS, ALLOW, ANY, DENY, NOBODY, NONE
from domain.vocabulary import Act, FactType, Source
from policies import shape_cells as read
from policies.lines import Faults, Line
from policies.rows import CLAUSE_KINDS
from policies.shape_cells import Cell, Reader, Words
from policies.shapes import MEASURES, TABLES

PROBE = "? each ?"
"""No column takes it for more than words: as one, or each of them."""

EFFECT = read.word_of(ALLOW, DENY)
DAY = read.maybe(read.day)


def kind_or_object(cell: Cell) -> str:
    cell.known({**cell.words.kinds, **cell.words.objects})
    return cell.text


def role(cell: Cell) -> str:
    cell.known({*cell.words.roles, NOBODY, NONE, ANY})
    return cell.text


def facts(cell: Cell) -> list[bool]:
    return [cell.known(cell.words.measures, each) for each in cell.text.split()]


ROW: Mapping[str, Reader] = {
    "role": role,
    "institution": read.text,
    "kind": kind_or_object,
    "act": read.word_of(*dict.fromkeys((*ACTS, *Act, NONE, ANY))),
    "when": read.condition,
    "rule": read.needed,
    "order": read.needed,
    "clause": read.clause,
    "effect": EFFECT,
}
"""The columns of the `p` lines of an area."""

FILES: Mapping[str, Mapping[str, Reader]] = {
    "clauses": {
        "clause": read.needed,
        "title": read.text,
        "clause_kind": read.word_of(*sorted(CLAUSE_KINDS)),
        "area": read.area,
        "request_kind": read.maybe(read.kind),
        "from": DAY,
        "until": DAY,
        "replaced_by": read.maybe(read.clause),
        "summary": read.text,
    },
    "local": {
        "word": read.word_of("role", "rank", "fact", "hours"),
        "code": read.needed,
        "zh": read.text,
        "en": read.text,
        "values": read.text,
    },
    "attachments": {
        "kind": read.kind,
        "when": read.condition,
        "documents": read.needed,
        "clause": read.clause,
    },
    MEASURES: {
        "measure": read.needed,
        "type": read.one_of(FactType),
        "source": read.one_of(Source),
        "unit": read.text,
        "minimum": read.figure,
        "maximum": read.figure,
        "grid": read.number,
        "zh": read.needed,
        "en": read.needed,
        "values": read.text,
    },
    **{name: table.columns for name, table in TABLES.items()},
    "kinds": {
        "kind": read.needed,
        "clause": read.clause,
        "area": read.area,
        "zh": read.needed,
        "en": read.needed,
        "facts": facts,
        "precondition": read.maybe(read.condition),
    },
}
"""What lies beside the `p` lines, by the name of its file."""

Fields = tuple[str, ...]


def columns_of(file: str) -> Fields:
    return tuple(FILES.get(file, ROW))


CLAUSES, DOCUMENTS, KINDS = map(columns_of, ("clauses", "attachments", "kinds"))


@dataclass(frozen=True)
class Offered:
    """What a column may say: words, of which `several` may stand in one field, or a condition on
    measures, or something written like `expected`; nothing of it where it is free.
    """

    needed: bool
    words: Collection[str] = ()
    several: bool = False
    condition: bool = False
    expected: str = ""


def offered(file: str, column: str, words: Words) -> Offered:
    """Found by asking the column's reader: for nothing, and for what is no word of any."""

    def asked(text: str) -> Faults:
        faults, line = Faults(), Line(file, 1, ("",) * len(columns_of(file)))
        FILES.get(file, ROW)[column](Cell(line, column, text, words, faults))
        return faults

    needed, found = bool(asked("").found), asked(PROBE).found
    if not found:
        return Offered(needed)
    first, *others = found
    whole = first.details.get("word", first.details.get("clause", PROBE)) == PROBE
    expected = "" if first.known else str(first.details.get("expected", ""))
    condition = first.character is not None
    return Offered(needed, first.known, bool(others) or not whole, condition, expected)

"""Rulebooks from their files or from stored rows: checked as a whole, refused with every fault."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from sys import intern

from domain.rulebook import Rulebook
from domain.rules.rows import ALLOW
from domain.vocabulary import Vocabulary
from policies import own_kinds, shapes
from policies import vocabulary as words
from policies.acts import act_rows_of, apart, check_stages
from policies.files import CLAUSES, DOCUMENTS, FILES, KINDS, columns_of
from policies.lines import Faults, Line, of_width, read_table
from policies.rows import ROW, check_rows, check_rules, document_of, register_of, row_of
from policies.sources import clocks_of, sittings_of, sources_of

SHIPPED = Path(__file__).parent / "rulebooks"
OF = ROW.index("kind")
# `documents` is an area, so what a clause demands to be attached has a name of its own
OTHER_TABLES = ("accounting", *FILES)


@dataclass(frozen=True)
class Source:
    """The lines of one institution's rulebook, wherever they were kept."""

    institution: str
    rows: tuple[Line, ...]
    clauses: tuple[Line, ...]
    local: tuple[Line, ...] = ()
    documents: tuple[Line, ...] = ()
    shapes: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    def tables(self) -> dict[str, tuple[Line, ...]]:
        """The lines by what a folder calls their file; `rows` are those of all areas."""
        beside = {"clauses": self.clauses, "local": self.local, "attachments": self.documents}
        return {"rows": self.rows, **beside, **self.shapes}

    def having(self, tables: Mapping[str, tuple[Line, ...]]) -> "Source":
        """The same with these tables."""
        rest = dict(tables)
        named = [rest.pop(name, ()) for name in ("rows", "clauses", "local", "attachments")]
        rows, clauses, local, documents = named
        return Source(self.institution, rows, clauses, local, documents, rest)


def institutions() -> tuple[str, ...]:
    """Every institution that has a shipped rulebook."""
    return tuple(code for code in words.institutions() if (SHIPPED / code).is_dir())


@cache
def shipped(institution: str) -> Rulebook:
    return read(SHIPPED / institution, words.shipped())


def read(folder: Path, vocabulary: Vocabulary) -> Rulebook:
    """The rulebook of a folder that bears its institution's code."""
    faults = Faults()
    return load(read_source(folder, faults), vocabulary, faults)


def read_source(folder: Path, faults: Faults) -> Source:
    """The lines of a folder as they stand, ready to be checked or stored."""
    rows: list[Line] = []
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in OTHER_TABLES:
            rows.extend(read_rows(path, faults))
    tables = {name: read_table(folder / f"{name}.csv", columns_of(name), faults) for name in FILES}
    return Source(folder.name, (), ()).having({"rows": tuple(rows), **tables})


def read_rows(path: Path, faults: Faults) -> Iterable[Line]:
    """The `p` lines of one area, without their `p`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(Line(path.name, 1, ()), "", "UNREADABLE_FILE", why=error)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        first, *fields = (part.strip() for part in line.split(","))
        row = Line(path.name, number, tuple(fields))
        if faults.word(row, "p", first, ("p",)):
            yield row


def stored(
    institution: str,
    rows: Iterable[tuple[str, ...]],
    clauses: Iterable[tuple[str, ...]],
    local: Iterable[tuple[str, ...]] = (),
    documents: Iterable[tuple[str, ...]] = (),
    of_shapes: Mapping[str, Iterable[tuple[str, ...]]] | None = None,
) -> Source:
    """The same lines as a database keeps them, each with the columns that the files have.

    What they say of an object that has been retired since, or of one act on it, is passed over.
    """
    gone = words.retired()
    computing = {shape: numbered(table) for shape, table in (of_shapes or {}).items()}
    kept = computing.get("registers", ())
    computing["registers"] = tuple(line for line in kept if line.fields[0] not in gone)
    return Source(
        institution,
        numbered(row for row in rows if gone.isdisjoint((row[OF], " ".join(row[OF : OF + 2])))),
        numbered(clauses),
        numbered(local),
        numbered(documents),
        computing,
    )


def lines_of(source: Source, shape: str) -> tuple[Line, ...]:
    """The lines of a shape that are whole; what is wrong with others is told where it is read."""
    return of_width(source.shapes.get(shape, ()), len(columns_of(shape)), Faults())


def numbered(table: Iterable[tuple[str, ...]]) -> tuple[Line, ...]:
    # Few words, said again and again: of each office's book each is kept once.
    return tuple(
        Line("", number, tuple(map(intern, fields))) for number, fields in enumerate(table, start=1)
    )


def load(source: Source, vocabulary: Vocabulary, faults: Faults | None = None) -> Rulebook:
    """Check every line and build the rulebook; all faults at once."""
    faults = faults or Faults()
    own = words.narrowed(vocabulary, of_width(source.local, len(words.LOCAL), faults), faults)
    kinds = of_width(source.shapes.get(own_kinds.FILE, ()), len(KINDS), faults)
    own = own_kinds.widened(own, kinds, faults)
    clauses = of_width(source.clauses, len(CLAUSES), faults)
    register = register_of(clauses, own, words.areas(), faults)
    requests, of_objects = apart(check_rows(of_width(source.rows, len(ROW), faults), faults), own)
    checked = [
        (line, row)
        for line in requests
        if (row := row_of(line, source.institution, own, register, faults))
    ]
    check_rules(checked, faults)
    decided = {row.kind for _, row in checked if row.effect == ALLOW}
    own_kinds.check(kinds, decided, register, faults)
    documents = [
        document
        for line in of_width(source.documents, len(DOCUMENTS), faults)
        if (document := document_of(line, own, register, faults))
    ]
    computing, beside = shapes.rows_of(source.shapes, own, register, faults)
    rows = tuple(row for _, row in checked)
    cited = {clause for clause, _, _ in register}
    paths = lines_of(source, "paths")
    check_stages(paths, own, faults)
    rules = {row.rule for row in rows}
    columns = sources_of({}, {}, lines_of(source, "occurrences"))
    acts = act_rows_of(
        of_objects, source.institution, own, cited, paths, rules, computing, columns, faults
    )
    faults.raise_any()
    found = Rulebook(source.institution, own, rows, register, tuple(documents), computing)
    columns |= sittings_of(own.roles) | clocks_of(each.id for each in computing.clocks)
    return replace(found, acts=acts, columns=columns, **beside)  # type: ignore[arg-type]

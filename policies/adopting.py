"""A rulebook adopted area by area: lines of a template in an office's own name, what fits and not.

Lines that a reading refuses are left out with their whole rule, and told: a chain that lacks a turn
would say what no text says.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from domain.rulebook import Rulebook
from domain.rules.rows import ANY, INTERPRETATION, NOBODY, NONE
from domain.shapes.law import LawInForce
from domain.vocabulary import RoleClass, Vocabulary, Word
from policies import own_kinds, shapes, vocabulary
from policies.files import CLAUSES, DOCUMENTS, FILES, columns_of
from policies.lines import Fault, Faults, Line, RulebookError
from policies.loading import Source, load, read_source
from policies.overtaking import LAW, OWN, last_of, reasoned, unwanted
from policies.rows import ROW

ROLE, INSTITUTION, KIND, RULE, CLAUSE = (
    ROW.index(name) for name in ("role", "institution", "kind", "rule", "clause")
)
AREA, SUCCESSOR = CLAUSES.index("area"), CLAUSES.index("replaced_by")
NAME_ROLES = frozenset(("who", "whom", "due", "body", "chair", "minutes_by", "duties"))
"""The columns of shapes that say whose something is."""

MOST_ROUNDS = 20
WORD = re.compile("[a-z_]+")
NEEDS_A_SEAT = (RoleClass.SEAT, RoleClass.BODY)
Holds = Callable[[Line], bool]


@dataclass(frozen=True)
class Adoption:
    """What adopting makes of an office's rulebook: its lines, and what of the template is left out.

    `missing` are the roles that its rows name and that nobody of the office can have, `law` what
    laws in force have overtaken of it.
    """

    source: Source
    book: Rulebook
    missing: tuple[str, ...] = ()
    left_out: tuple[tuple[Line, Fault], ...] = ()
    added: Mapping[str, int] = field(default_factory=dict)
    law: tuple[LawInForce, ...] = ()

    @property
    def unanswered(self) -> list[LawInForce]:
        """The laws that say otherwise than rules of it that are live without a reason."""
        return [each for each in self.law if each in self.book.overtaken]


def of_files(institution: str, files: Iterable[tuple[str, str]], faults: Faults) -> Source:
    """The lines of files as they were sent, by the names that a rulebook's folder gives them."""
    known = {*FILES, *vocabulary.areas()}
    with TemporaryDirectory() as place:
        folder = Path(place) / institution
        folder.mkdir()
        for name, text in files:
            stem = name.removesuffix(".csv")
            if faults.word(Line(name[:60], 1, ()), "", stem, known):
                (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
        return read_source(folder, faults)


def adopted(
    own: Source,
    template: Source | None,
    areas: Collection[str],
    roles: Mapping[str, str],
    held: Collection[str],
    words: Vocabulary,
    reasons: Mapping[str, str] = MappingProxyType({}),
) -> Adoption:
    """The office's rulebook with these areas as the template has them, and nothing else changed.

    `roles` are the office's for those of the template, the same where none is said; `held` are the
    roles of the seats that the office has. `reasons` say by clause why its rules are taken though
    laws in force have overtaken it; where one is empty they are left out.

    Raises: RulebookError: the office's own lines cannot stand beside them.
    """
    kept = _narrowed(own, areas, words, inside=False)
    if template is None:
        return Adoption(kept, load(kept, words))
    part = _narrowed(template, areas, words, inside=True)
    part = _renumbered(part, kept)
    part = reasoned(_mapped(part, own.institution, roles), kept, reasons, areas)
    rows, left_out = _without(part, unwanted(part, reasons))
    for _ in range(MOST_ROUNDS):
        whole = _joined(kept, rows)
        try:
            book = load(whole, words)
        except RulebookError as error:
            rows, refused = _without(rows, error.faults)
            if not refused:
                raise
            left_out += refused
            continue
        missing = _missing(rows, held, words)
        added = {name: len(lines) for name, lines in rows.tables().items() if lines}
        told = {line.fields[0] for line in part.tables().get(LAW, ())}
        law = tuple(each for each in book.shapes.law if each.clause in told)
        return Adoption(whole, book, missing, tuple(left_out), added, law)
    raise RulebookError(())


def _narrowed(source: Source, areas: Collection[str], words: Vocabulary, *, inside: bool) -> Source:
    """The lines that belong to these areas, or those that do not; what both cite stays in both."""
    words = own_kinds.beside(words, source.shapes)
    of_clause: dict[str, set[str]] = {}
    for line in source.clauses:
        of_clause.setdefault(line.fields[0], set()).add(line.fields[AREA])

    def of_kind(line: Line, place: int) -> bool:
        known = words.kinds.get(line.fields[place]) or words.objects.get(line.fields[place])
        # Who confirms what administrators do is the office's own, in whatever area.
        own = known in words.objects.values() and getattr(known, "word", None) is Word.OFFICE
        return bool(known) and not own and known.area in areas  # type: ignore[union-attr]

    def of_shape(line: Line, place: int) -> bool:
        return not of_clause.get(line.fields[place], set()).isdisjoint(areas)

    tables: dict[str, tuple[Line, ...]] = {}
    for name, lines in source.tables().items():
        holds = _belongs(name, of_kind, of_shape)
        tables[name] = tuple(line for line in lines if holds is None or holds(line) is inside)
    cited = {
        field
        for name, lines in tables.items()
        if name != "clauses"
        for line in lines
        for field in line.fields
    }
    tables["clauses"] = _with_successors(
        source.clauses,
        lambda line: (line.fields[AREA] in areas) is inside or line.fields[0] in cited,
    )
    return source.having(tables)


def _with_successors(clauses: tuple[Line, ...], holds: Holds) -> tuple[Line, ...]:
    """The lines that are chosen, and those of whatever came after them."""
    chosen = {line for line in clauses if holds(line)}
    while True:
        named = {line.fields[SUCCESSOR] for line in chosen}
        more = {line for line in clauses if line.fields[0] in named} - chosen
        if not more:
            return tuple(line for line in clauses if line in chosen)
        chosen |= more


def _belongs(
    table: str, of_kind: Callable[[Line, int], bool], of_shape: Callable[[Line, int], bool]
) -> Holds | None:
    """How it is told whether a line of a table belongs to an area; words belong to all."""
    if table == "rows":
        return lambda line: of_kind(line, KIND)
    if table == "attachments":
        return lambda line: of_kind(line, DOCUMENTS.index("kind"))
    if table in ("registers", own_kinds.FILE):
        return lambda line: of_kind(line, 0)
    columns = () if table == "clauses" else columns_of(table)
    if "clause" in columns:
        place = columns.index("clause")
        return lambda line: of_shape(line, place)
    return None


def _renumbered(part: Source, kept: Source) -> Source:
    """The template's interpretations behind the office's own."""
    behind = last_of(kept)

    def field(text: str) -> str:
        found = OWN.fullmatch(text)
        return f"{INTERPRETATION}/{int(found[1]) + behind}" if found else text

    return _each(part, lambda _, fields: tuple(map(field, fields)))


def _mapped(part: Source, institution: str, roles: Mapping[str, str]) -> Source:
    """The same in the office's name, with its own roles."""
    chosen = {role: to for role, to in roles.items() if to}

    def mapped(table: str, fields: tuple[str, ...]) -> tuple[str, ...]:
        if table == "rows":
            role = chosen.get(fields[ROLE], fields[ROLE])
            return (role, institution, *fields[INSTITUTION + 1 :])
        columns = columns_of(table)
        named = [place for place, column in enumerate(columns) if column in NAME_ROLES]
        said = list(fields)
        for place in named:
            said[place] = WORD.sub(lambda word: chosen.get(word[0], word[0]), said[place])
        return tuple(said)

    return replace(_each(part, mapped), institution=institution)


def _each(source: Source, made: Callable[[str, tuple[str, ...]], tuple[str, ...]]) -> Source:
    tables = {
        name: tuple(replace(line, fields=made(name, line.fields)) for line in lines)
        for name, lines in source.tables().items()
    }
    return source.having(tables)


def _joined(kept: Source, part: Source) -> Source:
    """Both, without what both say; each line of the part is known again by its number."""
    theirs = kept.tables()
    tables = {}
    for name, lines in part.tables().items():
        before = theirs.get(name, ())
        said = {_key(name, line) for line in before}
        fresh = [line for line in lines if _key(name, line) not in said]
        tables[name] = (*before, *fresh)
    for name, lines in theirs.items():
        tables.setdefault(name, lines)
    return kept.having(tables)


def _key(table: str, line: Line) -> tuple[str, ...]:
    """What two lines of a table may not both say: of words and measures, what they are about."""
    width = {"local": 2, shapes.MEASURES: 1, "clauses": 5, LAW: 3}.get(table)
    if table == "clauses":
        return line.fields[0], line.fields[2], line.fields[4]
    return line.fields[:width]


def _without(part: Source, faults: Iterable[Fault]) -> tuple[Source, list[tuple[Line, Fault]]]:
    """The part without the lines at fault and the rules that they belong to; with the reasons."""
    why: dict[tuple[str, int], Fault] = {}
    for each in faults:
        why.setdefault((each.file, each.line), each)
    rules = {line.fields[RULE]: why[_place(line)] for line in part.rows if _place(line) in why}
    refused: list[tuple[Line, Fault]] = []
    tables = {}
    for name, lines in part.tables().items():
        kept = []
        for line in lines:
            reason = why.get(_place(line))
            if name == "rows":
                reason = reason or rules.get(line.fields[RULE])
            if reason is None:
                kept.append(line)
            else:
                refused.append((line, reason))
        tables[name] = tuple(kept)
    return part.having(tables), refused


def _place(line: Line) -> tuple[str, int]:
    return line.file, line.number


def _missing(part: Source, held: Collection[str], words: Vocabulary) -> tuple[str, ...]:
    """The roles of its rows that a seat must have and none of the office's has."""

    def there(code: str) -> bool:
        role = words.roles[code]
        if role.role_class is RoleClass.ANY_OF:
            return any(map(there, role.members))
        return role.role_class not in NEEDS_A_SEAT or code in held

    named = dict.fromkeys(line.fields[ROLE] for line in part.rows)
    return tuple(each for each in named if each not in (ANY, NOBODY, NONE) and not there(each))

"""Statements as SQL, generated of their declarations: one query, a part for each source."""

from collections.abc import Iterable
from functools import cache

from domain.records.sources import By, Lines, Requests, Source
from domain.records.statements import Counted, How, Part, Said, Shown, Statement, Where
from resolvers.records.sight import SEEN
from resolvers.records.source_sql import cell, keyed, literal, read_of

IN_OFFICE = """exists (select from appointments a
  where a.institution_id = s.institution_id and a.person_id = s.id
    and a.begins <= :last and (a.ends is null or a.ends >= :first))"""
"""Whoever held a seat in the period."""


def filtered(source: Source, where: Where, *more: str) -> str:
    """The condition that a column is counted under, where there is one."""
    terms = [*more, *conditions(source, where)]
    return f" filter (where {' and '.join(terms)})" if terms else ""


def conditions(source: Source, where: Where) -> list[str]:
    """What a column asks of what it counts."""
    terms = []
    for name, wanted in where.items():
        if isinstance(wanted, Said):
            terms.append(f"{cell(source, name)} = any(cast(:{wanted.name} as text[]))")
            continue
        words = wanted if isinstance(wanted, tuple) else (wanted,)
        plain = [literal(each) for each in words]
        if isinstance(source, Requests):
            plain = [each if each[0] == "'" else f"'{each}'" for each in plain]
        terms.append(f"{cell(source, name)} in ({', '.join(plain)})")
    return terms


def made(column: Counted) -> str:
    """What is made of a source in one column."""
    [part] = column.parts
    source = part.source
    if column.how is How.NUMBER:
        return f"count(*){filtered(source, column.where)}"
    [name] = part.columns
    if column.how is How.NAMES:
        of = cell(source, name)
        given = filtered(source, column.where, f"{of} is not null and {of} <> ''")
        return f"array_agg(distinct {of} order by {of}){given}"
    of, only = cell(source, name, number=True), filtered(source, column.where)
    return f"round(avg({of}){only}, 2)" if column.how is How.MEAN else f"sum({of}){only}"


def part_of(source: Source, by: By | None, columns: Iterable[Counted], *, ever: bool) -> str:
    """Every column of a source, for each whom it is of."""
    read = read_of(source)
    told = ", ".join(f"{made(each)} as {each.name}" for each in columns)
    when = read.until() if ever else read.within()
    return (
        f"select {keyed(source, by)} as key, {told} from {read.rows}"
        f" where t.institution_id = :institution and {read.where} and {when} group by 1"
    )


def run_of(column: Counted, by: By | None) -> str:
    """How far a meter ran: to the highest reading from the last before, or the lowest."""
    readings = " union all ".join(_reading(each, by) for each in column.parts)
    return (
        "select key, max(high) filter (where day >= :first)"
        " - coalesce(max(high) filter (where day < :first),"
        " min(low) filter (where day >= :first))"
        f" as {column.name} from ({readings}) readings"
        " group by key having max(day) >= :first"
    )


def words_of(column: Counted, by: By | None) -> str:
    """How often each of the office's own words was entered."""
    [part] = column.parts
    [name] = part.columns
    read, key = read_of(part.source), keyed(part.source, by)
    given = " and ".join(conditions(part.source, column.where))
    return (
        f"select key, jsonb_object_agg(word, number) as {column.name} from (select {key} as key,"
        f" t.{name} as word, count(*) as number from {read.rows}"
        f" where t.institution_id = :institution and {read.where} and {read.within()}"
        f" and {given} group by 1, 2) words where key is not null group by 1"
    )


def _reading(part: Part, by: By | None) -> str:
    read, low, high = read_of(part.source), part.columns[0], part.columns[-1]
    return (
        f"select {keyed(part.source, by)} as key, {read.day} as day,"
        f" {cell(part.source, low, number=True)} as low,"
        f" {cell(part.source, high, number=True)} as high from {read.rows}"
        f" where t.institution_id = :institution and {read.where} and {read.until()}"
    )


NOTHING = {How.NAMES: "cast('{}' as text[])", How.WORDS: "cast('{}' as jsonb)"}
"""What stands where there was nothing to count; else 0."""


@cache
def counted(statement: Statement, *, mine: bool = False) -> str:
    """A line for each whom it is of, or one; that of the person `:mine` alone."""
    by = statement.by
    groups: dict[tuple[Source, bool], list[Counted]] = {}
    parts: dict[str, str] = {}
    of: dict[str, str] = {}
    for column in statement.columns:
        assert isinstance(column, Counted)  # noqa: S101  # what is not listed is counted
        if column.how in (How.RUN, How.WORDS):
            of[column.name] = f"p{len(parts)}"
            parts[of[column.name]] = (run_of if column.how is How.RUN else words_of)(column, by)
        else:
            groups.setdefault((column.parts[0].source, column.how is How.LEFT), []).append(column)
    for (source, ever), columns in groups.items():
        name = f"p{len(parts)}"
        parts[name] = part_of(source, by, columns, ever=ever)
        of |= {each.name: name for each in columns}
    withs = ", ".join(f"{name} as materialized ({text})" for name, text in parts.items())
    told = [
        f"coalesce({of[each.name]}.{each.name}, {NOTHING.get(each.how, '0')}) as {each.name}"
        for each in statement.columns
        if isinstance(each, Counted)
    ]
    shown, rows, ordered = _subjects(by, parts)
    rows += " and s.id = :mine" if mine else ""
    joins = " ".join(f"left join {name} on {name}.key = s.id" for name in parts)
    return f"with {withs} select {', '.join([*shown, *told])} {rows.format(joins=joins)} {ordered}"


def _subjects(by: By | None, parts: Iterable[str]) -> tuple[list[str], str, str]:
    """What names a line, the rows that have one, and their order."""
    some = " or ".join(f"{name}.key is not null" for name in parts)
    if by is None:
        return [], "from (values (1)) s (id) {joins}", ""
    if by.refers is None:
        keys = " union ".join(f"select key from {name}" for name in parts)
        rows = f"from ({keys}) s (id) {{joins}} where s.id is not null"
        return [f"s.id as {by.key}"], rows, "order by s.id"
    present = IN_OFFICE if by.of_people else "true"
    if by.found:
        present = "false"
    elif by.ends is not None:
        present = f"(s.{by.ends.name} is null or s.{by.ends.name} >= :first)"
    rows = (
        f"from {by.refers.table} s {{joins}} where s.institution_id = :institution"
        f" and ({present} or {some})"
    )
    known = [f"s.{column.name}" for column, _ in by.shows]
    return [f"s.id as {by.key}", *known], rows, f"order by {', '.join([*known, 's.id'])}"


@cache
def lines(statement: Statement) -> str:
    """Each line of the register that the viewer may see, those of a group together."""
    register = statement.lists
    assert register is not None  # noqa: S101  # what is not counted is listed
    read, joins, told = read_of(Lines(register)), [], {}
    for number, each in enumerate(statement.columns):
        assert isinstance(each, Shown)  # noqa: S101  # of a list a column is shown
        if each.through is not None and each.of.refers:
            joins.append(
                f"left join {each.of.refers.table} j{number} on j{number}.institution_id ="
                f" t.institution_id and j{number}.id = t.{each.of.name}"
            )
            told[each.name] = f"coalesce(j{number}.{each.through.name}, '')"
        elif each.of.name == register.day and register.is_timed:
            told[each.name] = read.day
        else:
            told[each.name] = f"t.{each.of.name}"
    over = f"partition by {told[statement.group]}" if statement.group else ""
    for each in statement.columns:
        if isinstance(each, Shown) and each.summed:
            told[each.name] = f"sum(t.{each.of.name}) over ({over})"
    first = f"{told[statement.group]}, " if statement.group else ""
    columns = ", ".join(f"{text} as {name}" for name, text in told.items())
    return (
        f"select {columns} from {read.rows} {' '.join(joins)}"
        f" where t.institution_id = :institution and {read.where} and {read.within()}"
        f" and {SEEN} order by {first}t.{register.day}, t.id"
    )

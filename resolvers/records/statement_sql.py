"""Statements as SQL, generated of their declarations: one query, a part for each source."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import TIMESTAMP

from domain.records.lines import stands
from domain.records.sources import (
    Away,
    By,
    Cases,
    Entries,
    Lines,
    Moves,
    Requests,
    Source,
    Turns,
)
from domain.records.statements import Counted, How, Part, Said, Shown, Statement, Where
from domain.tables import NATIONAL, local_day
from resolvers.records.sight import SEEN

WITHIN = "between :first and :last"
IN_OFFICE = """exists (select from appointments a
  where a.institution_id = s.institution_id and a.person_id = s.id
    and a.begins <= :last and (a.ends is null or a.ends >= :first))"""
"""Whoever held a seat in the period."""

AWAY = f"""(select distinct a.institution_id, a.person_id, cast(d.at as date) as day
  from absences a
  join requests r on (r.institution_id, r.id) = (a.institution_id, a.request_id)
    and r.status = 'approved'
  cross join lateral generate_series(date_trunc('day', lower(a.period)),
    upper(a.period) - interval '1 second', interval '1 day') d (at)
  left join calendar_days own on own.institution_id = a.institution_id and own.day = d.at
  left join calendar_days national on national.institution_id = '{NATIONAL}'
    and national.day = d.at
  where a.standing and not isempty(a.period) and a.kind like {{family}}
    and coalesce(own.working, national.working, extract(isodow from d.at) < 6)) t"""
"""The working days of approved absences."""
TURNS = """roster_slots t
  join rosters r on (r.institution_id, r.id) = (t.institution_id, t.roster_id)"""


@dataclass(frozen=True)
class Read:
    """Where a source is read, under which conditions, on which day; `t` is what it tells of."""

    rows: str
    where: str
    day: str
    event: str = ""

    def column(self, name: str) -> str:
        return f"e.{name}" if self.event and name in ("thing_id", "to_id") else f"t.{name}"


def read_of(source: Source) -> Read:
    """How a source is read."""
    match source:
        case Lines(of):
            counting = f" and {of.counted}" if of.counted else ""
            return Read(f"{of.lines} t", stands(of.table, "t") + counting, of.on_day)
        case Requests(kinds):
            day = f"coalesce(t.counted_from, {local_day('t.closed_at')})"
            return Read("requests t", f"t.status = 'approved' and t.kind in {listed(kinds)}", day)
        case Cases(of, day, ()):
            timed = isinstance(of.table.columns[day].type, TIMESTAMP)
            at = local_day(f"t.{day}") if timed else f"t.{day}"
            return Read(f"{of.table.name} t", "true", at)
        case Cases(of, _, events):
            joined = "on e.institution_id = t.institution_id and e.case_id = t.id"
            return Read(
                f"{of.table.name} t join case_events e {joined}",
                f"e.taken and e.event in {listed(events)}",
                local_day("e.at"),
                "e",
            )
        case Moves(of, moves):
            joined = "on e.institution_id = t.institution_id and e.thing_id = t.id"
            where = f"e.thing = {literal(of.name)} and e.move in {listed(moves)}"
            rows = f"{of.cards} t join thing_moves e {joined}"
            return Read(rows, where, local_day("e.at"), "e")
        case Entries(of, moves):
            where = f"t.account = {literal(of.name)} and t.move in {listed(moves)}"
            return Read("account_entries t", where, "t.day")
        case Away(family):
            return Read(AWAY.format(family=literal(f"{family}.%")), "true", "t.day")
        case Turns(roster):
            return Read(TURNS, f"r.state = 'settled' and r.roster = {literal(roster)}", "t.day")


def literal(value: bool | str) -> str:
    """A word of a declaration in a statement's text."""
    if isinstance(value, bool):
        return str(value).lower()
    return "'" + value.replace("'", "''") + "'"


def listed(values: Iterable[str]) -> str:
    return f"({', '.join(literal(str(each)) for each in values)})"


def cell(source: Source, name: str, *, number: bool = False) -> str:
    """A column of a source; a fact of a request is a text, read as what it is."""
    if isinstance(source, Requests) and name not in ("applicant_id", "unit_id"):
        text = f"(t.facts ->> {literal(name)})"
        return f"cast({text} as numeric)" if number else text
    return read_of(source).column(name)


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


def keyed(source: Source, by: By | None) -> str:
    return cell(source, source.keyed(by)) if by else "1"


def part_of(source: Source, by: By | None, columns: Iterable[Counted], when: str) -> str:
    """Every column of a source, for each whom it is of."""
    read = read_of(source)
    told = ", ".join(f"{made(each)} as {each.name}" for each in columns)
    return (
        f"select {keyed(source, by)} as key, {told} from {read.rows}"
        f" where t.institution_id = :institution and {read.where} and {read.day} {when} group by 1"
    )


def run_of(column: Counted, by: By | None) -> str:
    """How far a meter ran: to the highest reading from the last before, or the lowest."""
    readings = " union all ".join(_reading(each, by) for each in column.parts)
    return (
        "select key, max(high) filter (where day between :first and :last)"
        " - coalesce(max(high) filter (where day < :first),"
        " min(low) filter (where day between :first and :last))"
        f" as {column.name} from ({readings}) readings"
        " where day <= :last group by key having max(day) >= :first"
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
        f" where t.institution_id = :institution and {read.where} and {read.day} {WITHIN}"
        f" and {given} group by 1, 2) words where key is not null group by 1"
    )


def _reading(part: Part, by: By | None) -> str:
    read, low, high = read_of(part.source), part.columns[0], part.columns[-1]
    return (
        f"select {keyed(part.source, by)} as key, {read.day} as day,"
        f" {cell(part.source, low, number=True)} as low,"
        f" {cell(part.source, high, number=True)} as high from {read.rows}"
        f" where t.institution_id = :institution and {read.where}"
    )


NOTHING = {How.NAMES: "cast('{}' as text[])", How.WORDS: "cast('{}' as jsonb)"}
"""What stands where there was nothing to count; else 0."""


@cache
def counted(statement: Statement) -> str:
    """A line for each whom it is of, or one; `:mine` narrows it to one person's own."""
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
        parts[name] = part_of(source, by, columns, "<= :last" if ever else WITHIN)
        of |= {each.name: name for each in columns}
    withs = ", ".join(f"{name} as ({text})" for name, text in parts.items())
    told = [
        f"coalesce({of[each.name]}.{each.name}, {NOTHING.get(each.how, '0')}) as {each.name}"
        for each in statement.columns
        if isinstance(each, Counted)
    ]
    shown, rows, ordered = _subjects(by, parts)
    joins = " ".join(f"left join {name} on {name}.key = s.id" for name in parts)
    return f"with {withs} select {', '.join([*shown, *told])} {rows.format(joins=joins)} {ordered}"


def _subjects(by: By | None, parts: Iterable[str]) -> tuple[list[str], str, str]:
    """What names a line, the rows that have one, and their order."""
    some = " or ".join(f"{name}.key is not null" for name in parts)
    if by is None:
        return [], "from (values (1)) s (id) {joins} where cast(:mine as uuid) is null", ""
    if by.refers is None:
        keys = " union ".join(f"select key from {name}" for name in parts)
        rows = (
            f"from ({keys}) s (id) {{joins}} where s.id is not null and cast(:mine as uuid) is null"
        )
        return [f"s.id as {by.key}"], rows, "order by s.id"
    present = IN_OFFICE if by.of_people else "true"
    if by.found:
        present = "false"
    elif by.ends is not None:
        present = f"(s.{by.ends.name} is null or s.{by.ends.name} >= :first)"
    mine = "cast(:mine as uuid) is null" + (" or s.id = :mine" if by.of_people else "")
    rows = (
        f"from {by.refers.table} s {{joins}} where s.institution_id = :institution"
        f" and ({present} or {some}) and ({mine})"
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
        f" where t.institution_id = :institution and {read.where} and {read.day} {WITHIN}"
        f" and {SEEN} order by {first}t.{register.day}, t.id"
    )

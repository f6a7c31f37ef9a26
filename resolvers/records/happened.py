"""What happened to one person or unit: the lines and requests that the office's counts look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain import CHECKS, REGISTERS, ROUNDS, SITTINGS
from domain.records import rounds
from domain.records.checks import Check
from domain.records.lines import stands
from domain.records.occurrences import OCCURRENCES
from domain.records.registers import Register
from domain.shapes.checks import appraised
from domain.shapes.count_words import Whose
from domain.shapes.counts import Count, Happened, earliest, measured, period_of
from domain.shapes.recorded import Recorded, by_themselves
from domain.tables import local_day
from domain.time.calendar import Calendar
from domain.time.journeys import leaves_working_hours
from domain.time.moments import OFFICE_TIME, Period
from domain.vocabulary import WHAT, FactType, FactValue
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import derived
from resolvers.records.about_cases import of_cases, told
from resolvers.records.became import became
from resolvers.records.ran_out import ran_out
from resolvers.rules.rulebooks import LivingRulebook

BY_NAME = {each.name: each for each in REGISTERS}
RESTS = "approved_beforehand"
"""What says of a line that it rests on a request."""
SHEETS = {each.name: each for each in CHECKS}
REQUESTED = statement(
    """select r.id, r.kind, r.facts || jsonb_strip_nulls(
                jsonb_build_object('days', cast(trim_scale(a.days) as text))) as facts,
              r.form, lower(a.period) as begins, upper(a.period) as ends, a.days,
              coalesce(a.begins_on, r.counted_from,
                       cast(coalesce(r.closed_at, r.submitted_at)
                            at time zone 'Asia/Shanghai' as date)) as day
       from requests r
       left join absences a on (a.institution_id, a.request_id) = (r.institution_id, r.id)
         and a.standing
       where r.institution_id = :institution and r.kind = any(cast(:kinds as text[]))
         and not coalesce(isempty(a.period), false)
         and (r.status = 'approved' or (r.status = 'pending' and :asked))
         and (cast(:person as uuid) is null or r.applicant_id = :person)
         and (cast(:unit as uuid) is null or r.unit_id = :unit)
       order by day, r.closed_at, r.id"""
)
"""An absence counts from when it begins, for as long as it has become; one given up does not."""

CLOSED = statement(
    """select *, lowest and sharing = 1 as last, lowest and sharing > 1 as tied_last from (
         select r.id, r.kind, r.scheme as round, r.year, r.period, r.closed_at, e.subject_id,
                e.total, e.place, count(*) over (partition by r.id, e.place) as sharing,
                e.place > 1 and e.place = max(e.place) over (partition by r.id) as lowest
         from evaluation_rounds r
         join evaluation_results e on (e.institution_id, e.round_id) = (r.institution_id, r.id)
         where r.institution_id = :institution and r.closed_at is not null) closed
       where subject_id = :subject order by year, period, closed_at"""
)


ABSENT = statement(f"""
  select a.person_id, s.id, s.kind, s.body, {local_day("s.begins_at")} as at_day
  from sittings s join sitting_attendance a
    on (a.institution_id, a.sitting_id) = (s.institution_id, s.id)
  where s.institution_id = :institution and s.kind = any(cast(:kinds as text[]))
    and s.closed_at is not null and not a.attended and not a.excused
    and (cast(:subject as uuid) is null or a.person_id = :subject)
    and {local_day("s.begins_at")} between :first and :last""")
"""Who was absent from sittings that are over, and not excused."""


async def happened(
    context: Context,
    living: LivingRulebook,
    counts: Iterable[Count],
    whose: Whose,
    subject: UUID | None,
    since: date,
    last: date,
    *,
    asked: bool = False,
) -> list[Happened]:
    """Everything that these counts look at on the days from one to another, in its order.

    With `asked` what is asked for counts as if it were approved.
    """
    mine = [each for each in counts if each.whose is whose]
    first = earliest(mine, since)
    found: list[tuple[Any, Happened]] = []
    for name in sorted({each.of for each in mine}):
        register = BY_NAME.get(name)
        if register is None:
            continue
        named = {Whose.PERSON: register.about, Whose.UNIT: register.of_unit}
        if not (column := named.get(whose, "")) and subject:
            continue
        check = SHEETS.get(name)
        since = period_of(check.within, first)[0] if check and check.within else first
        rows = await context.rows(
            lines_of(register, column), subject=subject, first=since, last=last
        )
        calendar = await context.calendar()
        lines = [_line(register, row, calendar) for row in rows]
        if register is OCCURRENCES and whose is Whose.PERSON and subject:
            own = await said_by_lines(context, living, subject, first, last)
            books = [line for _, line in own], lines, calendar
            told = [*by_themselves(living.shapes.recorded, *books)]
            anew = {line.id: line for line in told if not line.record}
            lines = [anew.get(line.id, line) for line in lines]
            found += [((line.day, ""), line) for line in told if line.record]
        if check:
            lines = _sheets(check, rows, lines)
        found += [
            ((row["at_day"], row["recorded_at"]), line)
            for row, line in zip(rows, lines, strict=True)
        ]
    of_time = {"subject": subject, "first": first, "last": last}
    found += await of_cases(context, {each.of for each in mine}, whose, of_time)
    if {each.of for each in mine} & {each.code for each in ROUNDS}:
        for row in await context.rows(CLOSED, subject=subject):
            line = _result(living, row)
            found.append(((line.day, row["closed_at"]), line))
    kinds = [name for name in {each.of for each in mine} if name in living.vocabulary.kinds]
    if kinds:
        whom = {"person": None, "unit": None, whose.value: subject}
        of_person = mine if whose is Whose.PERSON and subject else []
        rows = await context.rows(REQUESTED, kinds=kinds, asked=asked, **whom)
        for row in rows:
            line = Happened(row["id"], row["kind"], row["day"], facts_of(living, row["facts"]))
            line = await became(context, of_person, line, row, rows)
            found.append(((row["day"], row["day"]), line))
    found.sort(key=lambda each: (each[0][0], str(each[0][1]), str(each[1].id)))
    return [line for _, line in found if line.days[-1] >= first and line.day <= last]


async def said_by_lines(
    context: Context, living: LivingRulebook, subject: UUID | None, first: date, last: date
) -> list[tuple[UUID, Happened]]:
    """The lines of one person, or of everybody, that say an occurrence by themselves."""
    rows = living.shapes.recorded
    names = sorted({each.of for each in rows})
    missed = [each.code for each in SITTINGS if each.code in names]
    of_time = {"subject": subject, "first": first, "last": last}
    absent = await context.rows(ABSENT, **of_time, kinds=missed) if missed else ()
    of_sittings = (
        (
            each["person_id"],
            Happened(each["id"], each["kind"], each["at_day"], {"body": each["body"]}),
        )
        for each in absent
    )
    found = [(person, line) for person, line in of_sittings if _says(rows, line)]
    found += [each for each in await ran_out(context, rows, of_time) if _says(rows, each[1])]
    for register in (BY_NAME[name] for name in names if name in BY_NAME):
        until = min(last, context.today - timedelta(days=1)) if register.counted else last
        of = lines_of(register, register.about if subject else "")
        for row in await context.rows(of, subject=subject, first=first, last=until):
            line = _line(register, row)
            if _says(rows, line):
                found.append((row[register.about], line))
    return found


async def said_of_everybody(
    context: Context, living: LivingRulebook, first: date, last: date
) -> Mapping[UUID, Counter[str]]:
    """How often lines say each of the office's words by themselves, of each person."""
    lines, entered = defaultdict[UUID, list[Happened]](list), defaultdict[Any, list[Happened]](list)
    for whom, line in await said_by_lines(context, living, None, first, last):
        lines[whom].append(line)
    every = lines_of(OCCURRENCES, "")
    for row in await context.rows(every, subject=None, first=first, last=last) if lines else ():
        entered[row[OCCURRENCES.about]].append(_line(OCCURRENCES, row))
    rows, calendar = living.shapes.recorded, await context.calendar()
    return {
        whom: Counter(
            str(e.facts[WHAT]) for e in by_themselves(rows, of, entered[whom], calendar) if e.record
        )
        for whom, of in lines.items()
    }


def _says(rows: Iterable[Recorded], line: Happened) -> bool:
    return any(each.of == line.of and each.when.holds(line.facts) for each in rows)


def of_a_case(living: LivingRulebook, names: Iterable[str]) -> list[Count]:
    """The rows that count these measures from lines that name a case."""
    every = living.once(
        "of_a_case", "", lambda: [e for e in living.shapes.counts if e.whose is Whose.CASE]
    )
    wanted = set(names) if every else ()
    return [each for each in every if each.id in wanted]


async def counted_of(
    transaction: Transaction,
    institution: str,
    counts: Sequence[Count],
    ids: Mapping[str, UUID | None],
    today: date,
) -> dict[str, FactValue]:
    """The measures of a case, from the lines that name it: `ids` by the word of what each is of."""
    found: dict[UUID, Happened] = {}
    for register in (BY_NAME[name] for name in sorted({each.of for each in counts})):
        for word, subject in ids.items():
            for column in register.naming(word) if subject else ():
                rows = await transaction.rows(
                    lines_of(register, column),
                    institution=institution,
                    subject=subject,
                    first=date.min,
                    last=date.max,
                )
                found |= {row["id"]: _line(register, row) for row in rows}
    lines = sorted(found.values(), key=lambda each: each.day)
    return {name: each.value for name, each in measured(counts, lines, today).items()}


@derived
def lines_of(register: Register, column: str) -> str:
    """The lines of a subject that stand, from one day to another, in their order."""
    day = register.on_day
    of = f"t.{column} = :subject" if column else "cast(:subject as uuid) is null"
    counted = f" and {register.counted}" if register.counted else ""
    return f"""select t.*, {day} as at_day from {register.lines} t
        where t.institution_id = :institution and {of}
          and {day} between :first and :last and {stands(register.table, "t")}{counted}
        order by {day}, t.recorded_at, t.id"""


def _sheets(
    check: Check, rows: Sequence[Mapping[str, Any]], lines: Sequence[Happened]
) -> list[Happened]:
    """Lines with what their subject's period comes to, in their order."""
    if check.within is None:
        return list(lines)
    told: dict[UUID, Happened] = {}
    for subject in {row[check.of] for row in rows}:
        of = [line for row, line in zip(rows, lines, strict=True) if row[check.of] == subject]
        told |= {each.id: each for each in appraised(of, check.within, check.regular)}
    return [told[line.id] for line in lines]


def _line(register: Register, row: Mapping[str, Any], calendar: Calendar | None = None) -> Happened:
    of = columns_of(register, row, calendar)
    return Happened(row["id"], register.name, row["at_day"], of)


def columns_of(
    register: Register, row: Mapping[str, Any], calendar: Calendar | None = None
) -> dict[str, FactValue]:
    """What conditions look at of a line: its columns, when it happened, and what it rests on."""
    facts = told(register.fields, row)
    if register.draws:
        facts[RESTS] = any(row.get(each.column) for each in register.draws)
    if isinstance(at := row.get(register.day), datetime):
        at = at.astimezone(OFFICE_TIME)
        facts["weekday"] = Decimal(at.isoweekday())
        facts["minute_of_day"] = Decimal(60 * at.hour + at.minute)
        if calendar:
            facts["off_hours"] = leaves_working_hours(Period(at, at), calendar)
    return facts


def _result(living: LivingRulebook, row: Mapping[str, Any]) -> Happened:
    """The result of a closed round, on the last day of what it evaluates at the latest."""
    times = next((each.times for each in living.shapes.rounds if each.id == row["round"]), None)
    said = {**row, "round": rounds.in_conditions(row["round"])}
    told = {each.code: said[each.code] for each in rounds.RESULTS if said[each.code] is not None}
    facts = {name: Decimal(of) if type(of) is int else of for name, of in told.items()}
    closed = row["closed_at"].astimezone(OFFICE_TIME).date()
    day = min(closed, rounds.last_day(times or 1, row["year"], row["period"]))
    return Happened(row["id"], row["kind"], day, facts)


def facts_of(living: LivingRulebook, stored: Mapping[str, Any]) -> dict[str, FactValue]:
    """The facts of a request, exact again."""
    known = living.vocabulary.facts
    numbers = (FactType.DECIMAL, FactType.INT)
    return {
        name: Decimal(value) if known[name].type in numbers else value
        for name, value in stored.items()
        if name in known
    }

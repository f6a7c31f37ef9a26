"""The statements of checks: marks of sheets, scores of a period, what is mended."""

from functools import cache

from domain.records.checks import Check, check_marks, mend_turns
from domain.records.lines import stands
from resolvers.ground.database import statement
from resolvers.ground.derived import derived, insertion

MARK = insertion(check_marks)
TURN = insertion(mend_turns)
MARKS = statement("""
  select * from check_marks
  where institution_id = :institution and line_id = any(cast(:keys as uuid[]))
  order by line_id, position""")
TURNS = statement("""
  select * from mend_turns
  where institution_id = :institution and line_id = any(cast(:keys as uuid[]))
  order by line_id, number""")
SEATS_OF = statement(
    "select id from seats where institution_id = :institution and unit_id = :unit order by id"
)
CLOCKS = statement("""
  select c.* from clocks c
  where c.institution_id = :institution and c.subject_kind = :check
    and (cast(:keys as uuid[]) is null or c.subject_id = any(cast(:keys as uuid[])))
  order by c.subject_id, c.ended_at is not null, c.started_at desc, c.id""")
"""The clocks of each sheet: the one that runs before the others, and of those the latest."""


@derived
def scores(check: Check) -> str:
    """What each was found to be in a period: the mean of the sheets that stand, and how many."""
    subjects, book = "units" if check.book.of_unit else "people", check.book
    return f"""select s.id, s.name, avg(t.total) as score, count(*) as sheets,
               count(*) filter (where t.failed) as failed
        from {book.lines} t
        join {subjects} s on s.institution_id = t.institution_id and s.id = t.{check.of}
        where t.institution_id = :institution and t.{book.day} between :first and :last
          and {stands(book.table, "t")}
        group by s.id, s.name order by s.name, s.id"""


@cache
def to_mend(check: Check, whether: str = "true") -> str:
    """The sheets that a clock gives a time to mend, of one subject or of all, the latest first."""
    book = check.book
    return f"""select t.*, {stands(book.table, "t")} as stands from {book.lines} t
        where t.institution_id = :institution and {whether}
          and (cast(:of as uuid) is null or t.{check.of} = :of)
          and (cast(:id as uuid) is null or t.id = :id)
          and exists (select from clocks c where c.institution_id = t.institution_id
            and c.subject_id = t.id and c.subject_kind = :check)
        order by t.{book.day} desc, t.id desc limit :size"""


@derived
def days_named(check: Check) -> str:
    """The days by which sheets want mended what failed."""
    return f"""select id, {check.mend_by} as day from {check.book.lines}
        where institution_id = :institution and id = any(cast(:keys as uuid[]))
          and {check.mend_by} is not null"""

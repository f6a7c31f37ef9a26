"""What the lists of requests ask the database: one statement for each combination of conditions.

A page walks the index that has its order and stops when it is full, however long the book; behind
walls an index serves equality and comparison alone. What a list shows of a request comes after it.
"""

from dataclasses import replace
from enum import Enum
from functools import lru_cache

from domain.values.choices import Choice
from resolvers.ground.database import Statement, statement
from resolvers.requests.oversight import UNITS_BELOW, copied_to_me
from resolvers.requests.request_rows import StepRow
from resolvers.requests.turns import EARLIER, EARLIER_IN_SEAT, LATER, TURNS, waits_in_turn

COMBINATIONS = 512
"""So many statements are remembered: sizes of pages make them many."""

COUNTED_TO = 1000
"""So far a list is counted one by one; beyond, there are more."""

SELDOM = 2000
"""What stands in no more requests than this is looked up in each list by them."""


class Box(Choice):
    """Where a person finds requests."""

    MINE = "mine", "What the viewer asked for, drafts too."
    TO_DECIDE = "to_decide", "What waits for the viewer."
    HANDLED = "handled", "What the viewer had a turn in."
    COPIED = "copied", "What was sent to the viewer to know of."
    UNIT = "unit", "What the units that the viewer leads asked for."


class Narrowing(Enum):
    """A condition that a list may be narrowed by, on the request `r` or its words `x`."""

    KIND = "r.kind = :kind"
    STATUS = "r.status = :status"
    BEGINS = "r.created_at >= :begins"
    ENDS = "r.created_at < :ends"
    NUMBER = "r.number = :number"
    # Asked so, no planner takes it for so seldom that it reads all requests to find it.
    PAIRS = "(select r.search @> cast(:pairs as text[]))"
    FOUND = "r.id = any(cast(:found as uuid[]))"
    WORD = "x.word = :word"


Narrowings = frozenset[Narrowing]

COUNTED_BY = frozenset({Narrowing.KIND, Narrowing.STATUS})
"""How many there are of each kind and in each state is kept."""

VISIBLE = "(r.applicant_id = :person or r.concerns_id is distinct from :person)"
NEWEST = "({at}, {tie}) < (:after_at, :after_id)"
OLDEST = "({at}, {tie}) > (:after_at, :after_id)"

KEPT_FOR = """
  select coalesce(sum(r.number), 0) from request_counts r
  where r.institution_id = :institution and r.list = '{list}' and r.subject_id {subject} {{said}}"""
KEPT = {
    Box.MINE: KEPT_FOR.format(list="mine", subject="= :person"),
    Box.HANDLED: KEPT_FOR.format(list="handled", subject="= :person"),
    Box.UNIT: f"""({KEPT_FOR.format(list="unit", subject=f"in ({UNITS_BELOW})")}) - (
  select count(*) from requests r
  where r.institution_id = :institution and r.concerns_id = :person and r.status <> 'draft'
    and r.applicant_id <> :person and r.unit_id in ({UNITS_BELOW}) {{said}})""",
}
"""Of a unit's requests those that are about the viewer are not shown, so they do not count."""

LOOKED_UP = frozenset({Box.MINE, Box.HANDLED, Box.UNIT})
"""Lists that may be long: what is seldom is found first, and looked up in them."""

BOUNDED = f"case when count(*) > {COUNTED_TO} then -{COUNTED_TO} else count(*) end"
NUMBERED = statement("""
  select array(
    select r.id from requests r
    where r.institution_id = :institution and r.number = :number) as found""")
WORDED = statement(f"""
  select x.word, case when x.number <= {SELDOM} then array(
    select y.request_id from request_words y
    where y.institution_id = :institution and y.word = x.word) end as found
  from (
    select p.word, (
      select count(*) from (
        select from request_words y
        where y.institution_id = :institution and y.word = p.word limit {SELDOM + 1}) y) as number
    from unnest(cast(:pairs as text[])) p(word)
    where char_length(p.word) = 2) x
  order by x.number limit 1""")
"""The word of a text that stands in the fewest requests, and these where they are few."""

FOUND_AMONG_HANDLED = """
  unnest(cast(:found as uuid[])) found(id) cross join lateral (
    select h.* from handled h
    where h.institution_id = :institution and h.person_id = :person and h.request_id = found.id
    offset 0) h"""

ELSEWHERE = """exists (
    select from institution_superiors s where s.superior_id = :institution)"""


@lru_cache(COMBINATIONS)
def page_of(
    box: Box,
    narrowed: Narrowings,
    columns: tuple[str, ...],
    most: int,
    *,
    after: bool,
    counting: bool = False,
) -> Statement:
    """The keys of a page and these columns of its requests `r` and own steps `t`, in order.

    `counting` tells how many the list holds; counted one by one, the page is the first of them.
    """
    kept = not counting or after or is_kept(box, narrowed)
    keys = keys_of(box, narrowed, most if kept else COUNTED_TO + 1, after=after)
    direction = "asc" if box is Box.TO_DECIDE else "desc"
    own = "left join steps t on (t.institution_id, t.id) = (m.institution_id, m.step_id)"
    steps = own if any(each.startswith("t.") for each in columns) else ""
    number = _count(box, narrowed) if kept else f"(select {BOUNDED} from k)"
    total = f", {number} as total" if counting else ""
    text = f"""
      with k as {"" if kept else "materialized"} ({keys}),
      m as (select * from k order by k.at {direction}, k.tie {direction} limit {most})
      select m.at, m.tie, m.step_id, {", ".join(columns)}{total}
      from m join requests r on (r.institution_id, r.id) = (m.institution_id, m.id) {steps}
      order by m.at {direction}, m.tie {direction}"""
    return replace(statement(text), record=StepRow)


@lru_cache(COMBINATIONS)
def count_of(box: Box, narrowed: Narrowings) -> Statement:
    """How many a list holds; a number below nought says that there are more."""
    return statement(f"select {_count(box, narrowed)}")


def is_kept(box: Box, narrowed: Narrowings) -> bool:
    """Whether it is kept how many there are."""
    return box in KEPT and narrowed <= COUNTED_BY


def _count(box: Box, narrowed: Narrowings) -> str:
    if is_kept(box, narrowed):
        return f"({KEPT[box].format(said=_and(narrowed))})"
    keys = keys_of(box, narrowed, COUNTED_TO + 1, after=False)
    return f"(select {BOUNDED} from (select from ({keys}) m limit {COUNTED_TO + 1}) m)"


def keys_of(box: Box, narrowed: Narrowings, most: int, *, after: bool) -> str:
    """The first `most` of each index that a list walks: whose request it is, and its place."""
    match box:
        case Box.MINE:
            return _mine(narrowed, most, after=after)
        case Box.TO_DECIDE:
            return _to_decide(narrowed, most, after=after)
        case Box.HANDLED:
            return _handled(narrowed, most, after=after)
        case Box.COPIED:
            return _copied(narrowed, most, after=after)
    if Narrowing.WORD in narrowed:
        return _by_word(narrowed, most, after=after)
    return _unit(narrowed, most, after=after)


def _mine(narrowed: Narrowings, most: int, *, after: bool) -> str:
    walk = f"""
      select r.institution_id, r.id, r.created_at as at, r.id as tie, cast(null as uuid) as step_id
      from requests r
      where r.institution_id = :institution and r.applicant_id = :person
        {_and(narrowed)} {_after(NEWEST, "r.created_at", "r.id", after=after)}
      order by r.created_at desc, r.id desc limit {most}"""
    return _enough(walk, "mine", ":person", narrowed)


def _unit(narrowed: Narrowings, most: int, *, after: bool) -> str:
    walk = f"""
      select r.institution_id, r.id, r.created_at from requests r
      where r.institution_id = :institution and r.unit_id = below.id and r.status <> 'draft'
        and {VISIBLE} {_and(narrowed)} {_after(NEWEST, "r.created_at", "r.id", after=after)}
      order by r.created_at desc, r.id desc limit {most}"""
    return f"""
      select r.institution_id, r.id, r.created_at as at, r.id as tie, cast(null as uuid) as step_id
      from ({UNITS_BELOW}) below
      cross join lateral {_enough(walk, "unit", "below.id", narrowed)} r"""


def _by_word(narrowed: Narrowings, most: int, *, after: bool) -> str:
    """What stands in many requests is walked by its word, the latest first."""
    among = f"r.unit_id = any(array({UNITS_BELOW}))"
    seen = _whose(narrowed - {Narrowing.WORD}, "x", VISIBLE, "r.status <> 'draft'", among)
    return f"""
      (select x.institution_id, x.request_id as id, x.created_at as at, x.request_id as tie,
              cast(null as uuid) as step_id
       from (select *, institution_id as request_institution_id from request_words) x
       where x.institution_id = :institution and {Narrowing.WORD.value} {seen}
         {_after(NEWEST, "x.created_at", "x.request_id", after=after)}
       order by x.created_at desc, x.request_id desc limit {most})"""


def _to_decide(narrowed: Narrowings, most: int, *, after: bool) -> str:
    return f"""
      select distinct on (w.request_institution_id, w.request_id)
             w.request_institution_id as institution_id, w.request_id as id, w.opened_at as at,
             w.step_id as tie, w.step_id
      from ({TURNS}) turn cross join lateral (
        select w.* from waiting w
        where w.seat_id = turn.seat_id and {waits_in_turn("w")}
          and not exists ({EARLIER if after else EARLIER_IN_SEAT})
          {"and w.kind = :kind" if Narrowing.KIND in narrowed else ""}
          {_whose(narrowed - {Narrowing.KIND}, "w")}
          {_after(OLDEST, "w.opened_at", "w.step_id", after=after)}
        order by w.opened_at, w.step_id limit {most}) w
      order by w.request_institution_id, w.request_id, w.opened_at, w.step_id"""


def _handled(narrowed: Narrowings, most: int, *, after: bool) -> str:
    def walk(narrowed: Narrowings, of: str = "handled h", among: str = "") -> str:
        latest = f"""
          select h.request_institution_id as institution_id, h.request_id as id, h.at,
                 h.request_id as tie, cast(null as uuid) as step_id
          from {of}
          where h.institution_id = :institution and h.person_id = :person {among}
            {_whose(narrowed, "h")} {_after(NEWEST, "h.at", "h.request_id", after=after)}
          order by h.at desc, h.request_id desc limit {most}"""
        return _enough(latest, "handled", ":person", narrowed)

    if Narrowing.FOUND not in narrowed:
        return walk(narrowed)
    # Words are looked up in one's own office alone; what superiors handled elsewhere is walked.
    rest = narrowed - {Narrowing.FOUND}
    others = f"and h.request_institution_id <> :institution and {ELSEWHERE}"
    return f"{walk(rest, FOUND_AMONG_HANDLED)} union all {walk(rest, among=others)}"


def _copied(narrowed: Narrowings, most: int, *, after: bool) -> str:
    return f"""
      select c.request_institution_id as institution_id, c.request_id as id, c.at,
             c.request_id as tie, cast(null as uuid) as step_id
      from unnest(cast(:turns as uuid[])) turn(seat_id) cross join lateral (
        select c.* from copies c
        where c.institution_id = :institution and c.to_id = turn.seat_id
          and {copied_to_me("c")} and not exists ({LATER})
          {_whose(narrowed, "c", VISIBLE)} {_after(NEWEST, "c.at", "c.request_id", after=after)}
        order by c.at desc, c.request_id desc limit {most}) c"""


def _in_order(narrowed: Narrowings) -> list[Narrowing]:
    return sorted(narrowed, key=lambda each: each.name)


def _and(narrowed: Narrowings) -> str:
    return "".join(f" and {each.value}" for each in _in_order(narrowed))


def _whose(narrowed: Narrowings, of: str, *more: str) -> str:
    """The conditions on the request of a line; without one it is not looked at.

    `offset 0` lets no planner read all requests instead of those of the lines.
    """
    said = " and ".join((*more, *(each.value for each in _in_order(narrowed))))
    if not said:
        return ""
    return f"""and exists (
      select from requests r
      where (r.institution_id, r.id) = ({of}.request_institution_id, {of}.request_id) and {said}
      offset 0)"""


def _enough(walk: str, of: str, subject: str, narrowed: Narrowings) -> str:
    """Where it is known how many there are, nobody looks for more of them."""
    if not narrowed or not narrowed <= COUNTED_BY:
        return f"({walk})"
    number = KEPT_FOR.format(list=of, subject=f"= {subject}").format(said=_and(narrowed))
    return f"(select * from ({walk}) q limit ({number}))"


def _after(order: str, at: str, tie: str, *, after: bool) -> str:
    return f"and {order.format(at=at, tie=tie)}" if after else ""


ALL_COUNTS = statement(
    "select " + ", ".join(f"{_count(box, frozenset())} as {box.value}" for box in Box)
)

"""An auditor's lists: what was done, by whom, about what, under which clause, and why it is listed.

A list is one SELECT of the same columns; `details` are those of the sentence `why`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, partial
from typing import Any

from domain.conditions.regions import Interval
from domain.rules.rows import Rule
from domain.time.moments import OFFICE_TIME
from domain.values.choices import Choice
from domain.vocabulary import Source
from resolvers.ground.context import Context
from resolvers.ground.listing import Found, Slice
from resolvers.records.pages import Listing, listed, own
from resolvers.rules.rulebooks import LivingRulebook


class AuditList(Choice):
    """What an auditor looks through."""

    OVERRIDES = "overrides", "改派与终止: an administrator reassigned a turn or ended a request."
    ACTING = "acting", "代办: somebody decided or acted in another's place."
    LATE = "late", "补办: asked for after it began, or agreed to before it was signed."
    SPLIT = "split", "拆分: several below a limit, which they exceed together."
    TWO_LEVELS = "two_levels", "一人两级: one person took turns at two levels of a request."
    WAIVED = "waived", "不予处理: a consequence that was dropped, or revoked on review."
    NOT_ROUTED = "not_routed", "无人审批: what no rule, two rules or a prohibition kept back."


LINE = """ledger l cross join lateral (select cast(l.record as jsonb) as r) as read"""
TOLD = """cast(l.seq as text) as id, l.at, cast(l.request as uuid) as request_id,
  r ->> 'kind' as kind, cast(null as uuid) as about_id,
  cast(coalesce(r #>> '{content,asked_by}', r ->> 'person') as uuid) as person_id"""
STEP = """s.institution_id, cast(s.id as text) as id, {at} as at, s.request_id,
  cast(null as text) as kind, cast(null as uuid) as about_id, s.decided_by as person_id"""
SELECTS: Mapping[AuditList, str] = {
    AuditList.OVERRIDES: f"""
      select l.institution_id, {TOLD},
        case l.event when 'reassigned' then 'REASSIGNED' else 'AUDIT_CANCELLED' end as why,
        coalesce(r #>> '{{content,clauses,0}}', r #>> '{{clauses,0}}') as clause,
        jsonb_build_object('reason', coalesce((
          select cast(v.value as jsonb) #>> '{{}}' from ledger_values v
          where (v.institution_id, v.seq) = (l.institution_id, l.seq)
            and v.path = array['content', 'reason']), '—')) as details
      from {LINE} where l.event in ('reassigned', 'cancelled')""",
    AuditList.ACTING: f"""
      select {STEP.format(at="s.decided_at")},
        case when s.particulars ? 'acting_for' then 'AUDIT_ACTED_FOR'
          else 'AUDIT_TOLD_FOR' end as why,
        s.clauses[1] as clause,
        jsonb_build_object('document', s.particulars #>> '{{acting_for,document}}', 'lender',
          coalesce(s.particulars #>> '{{acting_for,lender_name}}', s.decided_by_name),
          'recorder', s.particulars #>> '{{by_telephone,name}}') as details
      from steps s
      where s.status = 'done' and (s.particulars ? 'acting_for' or s.particulars ? 'by_telephone')
      union all
      select l.institution_id, {TOLD}, 'AUDIT_LENT_ACT',
        coalesce(r ->> 'clause', r #>> '{{clauses,0}}'),
        jsonb_build_object('event', l.event, 'lender', coalesce((
          select cast(v.value as jsonb) #>> '{{}}' from ledger_values v
          where (v.institution_id, v.seq) = (l.institution_id, l.seq)
            and v.path = array['lender_name']), '—'))
      from {LINE} where l.record like '%"lender_name":%' and r ? 'lender_name'""",
    AuditList.LATE: f"""
      select q.institution_id, cast(q.id as text) as id, q.submitted_at as at, q.id as request_id,
        q.kind, cast(null as uuid) as about_id, q.applicant_id as person_id,
        'AFTER_THE_FACT' as why, m ->> 'clause' as clause, cast('{{}}' as jsonb) as details
      from requests q cross join lateral jsonb_array_elements(q.marks) as m
      where m ->> 'code' = 'AFTER_THE_FACT'
      union all
      select {STEP.format(at="coalesce(s.decided_at, t.decided_at)")},
        case when s.decided_at is null then 'AUDIT_NOT_SIGNED' else 'AUDIT_SIGNED_LATER' end,
        coalesce(t.particulars #>> '{{by_telephone,clause}}', t.clauses[1]),
        jsonb_build_object('name', t.decided_by_name,
          'said', left(t.particulars #>> '{{by_telephone,said_at}}', 16))
      from steps s
      join steps t on (t.institution_id, t.id) = (s.institution_id, s.confirms)
      where s.confirms is not null""",
    AuditList.SPLIT: """
      select w.institution_id, w.id || ':' || w.fact || ':' || w.most as id, w.submitted_at as at,
        w.request_id, w.kind, cast(null as uuid) as about_id, w.applicant_id as person_id,
        'AUDIT_SPLIT' as why, w.clause,
        jsonb_build_object('count', w.number, 'total', trim_scale(w.total),
          'limit', trim_scale(w.most)) as details
      from (
        select q.institution_id, q.id, q.id as request_id, q.kind, q.submitted_at, q.applicant_id,
          m.fact, m.most, m.included, m.clause, count(*) over near as number,
          sum(amount) over near as total
        from jsonb_to_recordset(:limits)
          as m(kind text, fact text, most numeric, included boolean, clause text)
        join requests q on q.institution_id = :institution and q.kind = m.kind
          and q.status in ('pending', 'returned', 'approved')
        cross join lateral (select cast(q.facts ->> m.fact as numeric) as amount) as asked
        where amount < m.most or m.included and amount = m.most
        window near as (partition by m.kind, m.fact, m.most, q.applicant_id order by q.submitted_at
          range between cast(:within as interval) preceding and current row)
      ) w
      where w.number > 1 and (w.total > w.most or not w.included and w.total = w.most)""",
    AuditList.TWO_LEVELS: """
      select s.institution_id, s.request_id || ':' || s.round || ':' || s.decided_by as id,
        max(s.decided_at) as at, s.request_id, cast(null as text) as kind,
        cast(null as uuid) as about_id, s.decided_by as person_id,
        case when bool_or(s.particulars ? 'acting_for') then 'ONE_PERSON_TWO_LEVELS'
          else 'AUDIT_TWO_LEVELS' end as why,
        (array_agg(s.clauses[1] order by s.place desc))[1] as clause,
        jsonb_build_object('name', max(s.decided_by_name),
          'document', max(s.particulars #>> '{acting_for,document}')) as details
      from steps s
      where s.status = 'done' and s.act <> 'record' and s.decision = 'agree'
        and s.confirms is null and s.repeats is null and s.added_to is null
      group by s.institution_id, s.request_id, s.round, s.decided_by
      having count(distinct s.place) > 1""",
    AuditList.WAIVED: """
      select t.institution_id, t.proposal_id || ':' || t.number as id, t.at,
        cast(null as uuid) as request_id, cast(null as text) as kind, t.person_id as about_id,
        t.by_id as person_id,
        case t.turn when 'dropped' then 'AUDIT_DROPPED' else 'AUDIT_REVOKED' end as why, t.clause,
        t.label || jsonb_build_object('reason', t.said) as details
      from consequence_turns t where t.turn in ('dropped', 'revoked')""",
    AuditList.NOT_ROUTED: f"""
      select l.institution_id, {TOLD}, r ->> 'code' as why, r #>> '{{clauses,0}}' as clause,
        cast('{{}}' as jsonb) as details
      from {LINE} where l.event = 'not_routed'""",
}


@cache
def _listing(of: AuditList) -> Listing:
    select = f"""
      select f.id, f.at, f.request_id, coalesce(q.kind, f.kind) as kind, f.why, f.clause,
        f.details, q.number, q.unit_name, coalesce(q.applicant_name, a.name) as about_name,
        p.name as person_name
      from ({SELECTS[of]}) f
      left join requests q on (q.institution_id, q.id) = (f.institution_id, f.request_id)
      left join people p on (p.institution_id, p.id) = (f.institution_id, f.person_id)
      left join people a on (a.institution_id, a.id) = (f.institution_id, f.about_id)
      where f.institution_id = :institution and q.concerns_id is distinct from :me"""
    narrowed = {"since": "f.at >= :since", "until": "f.at < :until"}
    return Listing(f"audit {of.value}", select, {"at": "f.at", "id": "f.id"}, narrowed, down=True)


async def entries(
    context: Context,
    of: AuditList,
    first_day: date | None,
    last_day: date | None,
    within: int,
    page: Slice,
) -> Found[Mapping[str, Any]]:
    """A page of a list, the latest first, without what concerns the viewer.

    What is split is looked for among requests of one person and kind, `within` so many days.
    """
    given: dict[str, Any] = {
        "me": context.viewer.person.id,
        "since": first_day and _midnight(first_day),
        "until": last_day and _midnight(last_day + timedelta(days=1)),
    }
    if of is AuditList.SPLIT:
        limits = limits_of(await context.rulebook(), context.today)
        given |= {"limits": limits, "within": timedelta(days=within)}
    return await listed(partial(own, context), _listing(of), given, page, dict)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_TIME)


def limits_of(living: LivingRulebook, on: date) -> list[dict[str, Any]]:
    """The sums at which a kind's rules pass it to somebody else, each with a clause that says so.

    A sum is `included` where what comes to just that is still below.
    """
    found: dict[tuple[str, str, Any], dict[str, Any]] = {}
    for kind in living.rulebook.rows_by_kind:
        for rule in living.rulebook.rules_for(kind, on):
            for fact, at, included in _bounds(living, rule):
                known = found.get((kind, fact, at))
                if known is None or known["included"] > included:
                    told = {"kind": kind, "fact": fact, "most": str(at), "included": included}
                    found[kind, fact, at] = {**told, "clause": rule.clauses[0]}
    return [*found.values()]


def _bounds(living: LivingRulebook, rule: Rule) -> Iterator[tuple[str, Decimal, bool]]:
    for name, region in rule.when.regions.items():
        fact = living.vocabulary.facts[name]
        if isinstance(region, Interval) and fact.unit == "yuan" and fact.source is Source.FORM:
            if region.low:
                yield name, region.low, region.low_open
            if region.high:
                yield name, region.high, not region.high_open

"""The statements of the floor and of a peer: by hand, for these two screens alone."""

HELD = "a.begins <= $4 and (a.ends is null or a.ends >= $4)"

VIEWER = f"""
select p.id, p.name,
  array(select a.seat_id from appointments a
        where (a.institution_id, a.person_id) = (p.institution_id, p.id) and {HELD}) as seats,
  coalesce((
    select jsonb_agg(jsonb_build_object('seat_id', d.seat_id, 'lender_id', d.lender_id,
      'kinds', d.kinds, 'excepted', d.excepted, 'fact', d.limit_fact, 'maximum', d.limit_maximum))
    from delegations d
    where (d.institution_id, d.borrower_id) = (p.institution_id, p.id)
      and d.ended_at is null and d.begins <= $4 and d.ends >= $4
      and d.vacant <> exists (
        select from appointments a
        where (a.institution_id, a.seat_id) = (d.institution_id, d.seat_id)
          and (d.vacant or a.person_id = d.lender_id) and {HELD})), '[]') as loans
from sessions t join people p on (p.institution_id, p.id) = (t.institution_id, t.person_id)
where t.institution_id = $1 and t.id = $2 and t.revoked_at is null and t.expires_at > $3
  and (p.leaves is null or p.leaves >= $4)"""

SHOWN = """r.institution_id, r.id, r.round, r.number, r.kind, r.status, r.submitted_at, r.unit_name,
  r.applicant_name, r.form, r.facts ->> 'days' as days"""

INBOX = f"""
with mine as materialized (
  select distinct on (w.request_id)
    w.request_institution_id, w.request_id, w.step_id, w.opened_at
  from waiting w
  where w.institution_id = $1 and w.seat_id = any(cast($3 as uuid[]))
    and (w.applicant_id <> $2 or w.own_turn)
    and (w.applicant_id = $2 or w.concerns_id is distinct from $2)
    and (w.seat_id = any(cast($4 as uuid[])) or w.applicant_id <> $2 and exists (
      select from jsonb_to_recordset(cast($5 as jsonb)) as l(seat_id uuid, lender_id uuid,
        kinds text[], excepted text[], fact text, maximum numeric)
      where l.seat_id = w.seat_id and l.lender_id <> w.applicant_id
        and w.concerns_id is distinct from l.lender_id
        and (l.kinds is null or w.kind = any(l.kinds)) and w.kind <> all(l.excepted)
        and (l.fact is null or l.maximum >= (
          select cast(r.facts ->> l.fact as numeric) from requests r
          where (r.institution_id, r.id) = (w.request_institution_id, w.request_id)))))
  order by w.request_id, w.opened_at, w.step_id, w.seat_id)
select (select count(*) from mine) as total, m.step_id, m.opened_at, {SHOWN}
from (select * from mine order by opened_at, step_id limit 51) m
join requests r on (r.institution_id, r.id) = (m.request_institution_id, m.request_id)
order by m.opened_at, m.step_id"""

TURNS = """
  from unnest(cast($1 as text[]), cast($2 as uuid[]), cast($3 as integer[])) m(inst, id, round)
  join steps t on (t.institution_id, t.request_id, t.round) = (m.inst, m.id, m.round)
  order by t.place, t.position"""
OPEN = "case when t.status = 'open' then t.seats end as seats"
STEPS = f"""
select t.request_id, t.id, t.role, t.act, t.status, t.clauses[1] as clause, {OPEN} {TURNS}"""
WHOLE_STEPS = f"""
select t.request_id, t.id, t.role, t.act, t.status, t.decision, t.decided_by_name, t.decided_at,
       t.comment, t.clauses, {OPEN} {TURNS}"""

SEATS = """
select s.id, s.role, u.name as unit, array(
  select h.name from appointments a
  join people h on (h.institution_id, h.id) = (a.institution_id, a.person_id)
  where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
    and a.begins <= $3 and (a.ends is null or a.ends >= $3)
  order by h.name_key, h.id) as holders
from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
where s.institution_id = $1 and s.id = any(cast($2 as uuid[]))"""

ONE = f"""
select {SHOWN} from requests r
where r.institution_id = $1 and r.id = $2 and (r.applicant_id = $3
  or r.status <> 'draft' and r.concerns_id is distinct from $3 and exists (
    select from steps t where (t.institution_id, t.request_id) = (r.institution_id, r.id)
      and (t.decided_by = $3 or t.seats && cast($4 as uuid[]))))"""

HISTORY = """
select l.seq, l.event, l.at, l.record, (
  select jsonb_agg(jsonb_build_array(v.path, v.value)) from ledger_values v
  where (v.institution_id, v.seq) = (l.institution_id, l.seq)) as kept
from ledger l where l.institution_id = $1 and l.request = $2 order by l.seq limit 51"""

STATEMENTS = {
    "viewer": VIEWER, "inbox": INBOX, "steps": STEPS, "seats": SEATS,
}  # fmt: skip
"""What a peer is given as well."""

SETTINGS = {
    "$1": "current_setting('guiju.institution', true)",
    "$2": "cast(current_setting('guiju.session', true) as uuid)",
    "$3": "now()",
    "$4": "cast(now() at time zone 'Asia/Shanghai' as date)",
}
KEYS = "w.request_institution_id, w.request_id, w.step_id, w.opened_at"
MINE = INBOX[INBOX.index("select distinct on") : INBOX.index(")\nselect (select count")]


def _set(statement: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        statement = statement.replace(name, value)
    return statement


WHOSE = {
    "$1": SETTINGS["$1"],
    "$2": "(select id from p)",
    "$3": "(select seats || id || array(select cast(l ->> 'seat_id' as uuid)"
    " from jsonb_array_elements(loans) l) from p)",
    "$4": "(select seats || id from p)",
    "$5": "(select loans from p)",
}

FUNCTIONS = f"""
create or replace function inbox() returns setof waiting language sql stable as $$
  with p as materialized ({_set(VIEWER, SETTINGS)}),
  mine as materialized (
    {_set(MINE, WHOSE).replace(KEYS, "w.*")})
  select * from mine order by opened_at, step_id $$;
create or replace function waiting_request(w waiting) returns requests language sql stable as $$
  select * from requests r
  where (r.institution_id, r.id) = (w.request_institution_id, w.request_id) $$;
create or replace function requests_turns(r requests) returns setof steps language sql stable as $$
  select * from steps t
  where (t.institution_id, t.request_id, t.round) = (r.institution_id, r.id, r.round)
  order by t.place, t.position $$;
create or replace function steps_awaited(t steps) returns setof seats language sql stable as $$
  select * from seats s
  where t.status = 'open' and s.institution_id = {SETTINGS["$1"]} and s.id = any(t.seats) $$;
create or replace function seats_held(s seats) returns setof people language sql stable as $$
  select h.* from appointments a
  join people h on (h.institution_id, h.id) = (a.institution_id, a.person_id)
  where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
    and a.begins <= {SETTINGS["$4"]} and (a.ends is null or a.ends >= {SETTINGS["$4"]})
  order by h.name_key, h.id $$;"""
"""What PostGraphile makes its schema of, beside the tables."""

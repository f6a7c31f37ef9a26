"""Who looked at what, what people ask to have corrected, and records destroyed by a list.

Lines that stand are removed by `records_destroy` alone, which first enters them in the ledger.
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0068"
branch_labels = None
depends_on = None


LOOKED = """
create function ledger_looked(event text, record text) returns setof uuid
language sql immutable parallel safe as $$
  select distinct cast(said #>> '{}' as uuid)
  from (
    select jsonb_path_query(record::jsonb, '$.read.*[*]') as said
    union all
    select record::jsonb -> name from unnest(array['file', 'subject', 'request']) name
  ) told
  where event in ('secret_read', 'file_opened', 'printed', 'receipt_exported')
    and jsonb_typeof(said) = 'string'
$$"""
NOTED = """
create function ledger_notes_looks() returns trigger language plpgsql as $$
begin
  insert into ledger_looks (institution_id, record_id, seq)
  select new.institution_id, looked, new.seq from ledger_looked(new.event, new.record) looked;
  return null;
end $$"""
NOTES = """
create trigger notes_looks after insert on ledger for each row
when (new.event in ('secret_read', 'file_opened', 'printed', 'receipt_exported'))
execute function ledger_notes_looks()"""
BEFORE = """
insert into ledger_looks (institution_id, record_id, seq)
select l.institution_id, looked, l.seq
from ledger l cross join lateral ledger_looked(l.event, l.record) looked"""

DESTROYS = """
create function destroys() returns boolean language sql stable as $$
  select coalesce(current_setting('guiju.destroyed_by', true), '') <> ''
    and current_user = (
      select tableowner from pg_tables where schemaname = 'public' and tablename = 'ledger')
$$"""
"""Only inside of `records_destroy`, which is the owner's, is this true for whoever serves."""

STAND = """
create or replace function {name}() returns trigger language plpgsql as $$
begin
  {goes}
  raise exception {said};
end $$"""
GOES = "if tg_op = 'DELETE' and destroys() then return old; end if;"
STANDING = {
    "said_stands": "'what was said is never changed'",
    "clock_changes_stand": "'what was changed on a clock stands'",
    "register_stands": "'the lines of % stand: correct them by a later line', tg_table_name",
}

DESTROY = """
create function records_destroy(
  institution text, at timestamptz, record text, kept jsonb, parts jsonb)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  added bigint;
  part jsonb;
  named uuid[];
begin
  added := ledger_append(institution, at, 'records_destroyed', record, kept);
  select array_agg(cast(r ->> 'id' as uuid)) into named
  from jsonb_array_elements(record::jsonb -> 'records') r;
  if exists (
    select from jsonb_array_elements(record::jsonb -> 'records') r
    join record_holds h on h.institution_id = institution and h.lifted_at is null
      and h.held = r ->> 'object'
      and (h.record_id is null or h.record_id = cast(r ->> 'id' as uuid))
  ) then
    raise exception 'a hold stands on what would be destroyed';
  end if;
  if exists (
    select from jsonb_array_elements(parts) p
    where p ->> 'table' ~ '^(ledger|sign|rulebook|regulation|institution|unit|seat|people|account)'
      or p ->> 'table' in ('appointments', 'delegations', 'administrative_acts', 'record_holds')
  ) then
    raise exception 'the ledger and the office itself are not destroyed';
  end if;
  perform set_config('guiju.destroyed_by', cast(added as text), true);
  for part in select jsonb_array_elements(parts) loop
    if part ? 'of' then
      execute format(
        'delete from %I where institution_id = $1 and %I in'
        ' (select o.id from %I o where o.institution_id = $1 and o.%I = any($2))',
        part ->> 'table', part ->> 'column', part ->> 'of', part ->> 'by')
      using institution, named;
    else
      execute format(
        'delete from %I where institution_id = $1 and %I = any($2)',
        part ->> 'table', part ->> 'column')
      using institution, named;
    end if;
  end loop;
  perform set_config('guiju.destroyed_by', '', true);
  return added;
end $$"""
SIGNATURE = "records_destroy(text, timestamptz, text, jsonb, jsonb)"
ATTACHED = "create policy {name} on {table} as restrictive for delete using ({says})"
WALLS = (
    ("requests", "submitted_stands", "status = 'draft'"),
    ("files", "attached_stands", "record is null"),
)


def upgrade() -> None:
    op.create_table(
        "ledger_looks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "record_id", "seq", name=op.f("ledger_looks_pkey")
        ),
    )
    op.execute(LOOKED)
    op.execute("select set_config('guiju.institution', 'platform', true)")
    op.execute(BEFORE)
    op.execute("select set_config('guiju.institution', '', true)")
    op.create_table(
        "corrections_asked",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("held_column", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_by is null)",
            name=op.f("corrections_asked_answered_check"),
        ),
        sa.CheckConstraint(
            "state in ('asked', 'corrected', 'refused')", name=op.f("corrections_asked_state_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "answered_by"],
            ["people.institution_id", "people.id"],
            name=op.f("corrections_asked_institution_id_answered_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("corrections_asked_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("corrections_asked_pkey")),
    )
    op.create_index(
        op.f("corrections_asked_institution_id_at_idx"),
        "corrections_asked",
        ["institution_id", "at"],
        unique=False,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index(
        op.f("corrections_asked_institution_id_person_id_at_idx"),
        "corrections_asked",
        ["institution_id", "person_id", "at"],
        unique=False,
    )
    op.create_table(
        "record_holds",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_by_name", sa.Text(), nullable=True),
        sa.Column("lifted_why", sa.Text(), nullable=True),
        sa.Column("lifted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(lifted_at is null) = (lifted_by is null)", name=op.f("record_holds_lifted_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("record_holds_institution_id_by_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "lifted_by"],
            ["people.institution_id", "people.id"],
            name=op.f("record_holds_institution_id_lifted_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("record_holds_pkey")),
    )
    op.create_index(
        "record_holds_standing_idx",
        "record_holds",
        ["institution_id", "held", "record_id"],
        unique=False,
        postgresql_where=sa.text("lifted_at is null"),
    )
    op.execute("alter table ledger_looks enable row level security")
    op.execute("alter table ledger_looks force row level security")
    op.execute(
        "create policy own on ledger_looks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table corrections_asked enable row level security")
    op.execute("alter table corrections_asked force row level security")
    op.execute(
        "create policy own on corrections_asked using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table record_holds enable row level security")
    op.execute("alter table record_holds force row level security")
    op.execute(
        "create policy own on record_holds using (institution_id = current_setting('guiju.institution', true))"
    )
    for made in (NOTED, NOTES, DESTROYS, DESTROY):
        op.execute(made)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    for name, said in STANDING.items():
        op.execute(STAND.format(name=name, said=said, goes=GOES))
    for table, name, says in WALLS:
        op.execute(f"drop policy {name} on {table}")
        op.execute(ATTACHED.format(name=name, table=table, says=f"{says} or destroys()"))

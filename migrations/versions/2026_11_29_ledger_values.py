"""The ledger proves and does not keep: texts lie beside it, salted, and can be destroyed.

Lines from before stand as they are, with their texts: a chain is never rewritten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
TABLE = "ledger_values"

APPEND = """
create function ledger_append(
  institution text, at timestamptz, event text, record text, kept jsonb)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head ledger_heads;
  grown bytea;
  said jsonb := record::jsonb;
  written bigint;
begin
  if institution is distinct from current_setting('guiju.institution', true) then
    raise exception 'the ledger of % is not this session''s', institution;
  end if;
  if (said ->> 'institution', said ->> 'event') is distinct from (institution, event)
     or cast(said ->> 'at' as timestamptz) is distinct from at then
    raise exception 'the record says another institution, event or moment than its line';
  end if;
  if said ->> 'algorithm' is distinct from 'sha256' then
    raise exception 'the record does not say how its texts are sealed';
  end if;
  insert into ledger_heads (institution_id, seq, hash) values (institution, 0, '')
  on conflict do nothing;
  select * into strict head from ledger_heads h where h.institution_id = institution for update;
  grown := sha256(head.hash || convert_to(record, 'UTF8'));
  insert into ledger (institution_id, seq, at, event, record, previous, hash)
  values (institution, head.seq + 1, at, event, record, head.hash, grown);
  insert into ledger_values (institution_id, seq, path, salt, value)
  select institution, head.seq + 1, v.path, decode(v.salt, 'hex'), v.value
  from jsonb_to_recordset(kept) as v(path text[], salt text, value text)
  where length(v.salt) = 64 and said #>> array_append(v.path, 'sealed') = encode(
    sha256(decode(v.salt, 'hex') || convert_to(v.value, 'UTF8')), 'hex');
  get diagnostics written = row_count;
  if written <> jsonb_array_length(kept) or written <> (
    select count(*) from jsonb_path_query(said, 'strict $.** ? (@.sealed.type() == "string")')
  ) then
    raise exception 'the values are not those that the record seals';
  end if;
  update ledger_heads h set seq = head.seq + 1, hash = grown where h.institution_id = institution;
  return head.seq + 1;
end $$"""

ABOUT = """
create function ledger_about(record text) returns text language sql immutable parallel safe as $$
  select coalesce(
    record::jsonb ->> 'request', record::jsonb ->> 'case', record::jsonb ->> 'subject',
    record::jsonb #>> '{line,id}', record::jsonb ->> 'line')
$$"""

DESTROY = """
create function ledger_destroy(institution text, at timestamptz, record text, kept jsonb)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said jsonb := record::jsonb;
  added bigint;
begin
  added := ledger_append(institution, at, 'texts_destroyed', record, kept);
  if not exists (
    select from rulebook_clauses c
    where c.institution_id = institution and c.clause = said ->> 'clause'
  ) then
    raise exception 'no clause of the office has these texts destroyed';
  end if;
  if exists (
    select from jsonb_to_recordset(said -> 'lines') as d(line bigint, "values" bigint)
    left join ledger l on l.institution_id = institution and l.seq = d.line
    where l.event = 'texts_destroyed'
      or ledger_about(l.record) is distinct from ledger_about(ledger_destroy.record)
      or d."values" is distinct from (
        select count(*) from ledger_values v
        where v.institution_id = institution and v.seq = d.line and v.destroyed is null)
  ) then
    raise exception 'the lines are not those of one request or one line of a register, with all that is kept of them';
  end if;
  update ledger_values v set salt = null, value = null, destroyed = added
  from jsonb_to_recordset(said -> 'lines') as d(line bigint)
  where v.institution_id = institution and v.seq = d.line and v.destroyed is null;
  return added;
end $$"""

STAND = """
create function ledger_values_stand() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.destroyed is null and new.salt is null and new.value is null
       and (new.institution_id, new.seq, new.path) = (old.institution_id, old.seq, old.path)
       and exists (
         select from ledger l
         where l.institution_id = new.institution_id and l.seq = new.destroyed
           and l.event = 'texts_destroyed') then
      return new;
    end if;
  end if;
  raise exception 'the ledger is never changed: its values are only destroyed, by a line of it';
end $$"""

FORMER_APPEND = """
create function ledger_append(institution text, at timestamptz, event text, record text)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head ledger_heads;
  grown bytea;
begin
  if institution is distinct from current_setting('guiju.institution', true) then
    raise exception 'the ledger of % is not this session''s', institution;
  end if;
  if (record::jsonb ->> 'institution', record::jsonb ->> 'event') is distinct from
       (institution, event)
     or cast(record::jsonb ->> 'at' as timestamptz) is distinct from at then
    raise exception 'the record says another institution, event or moment than its line';
  end if;
  insert into ledger_heads (institution_id, seq, hash) values (institution, 0, '')
  on conflict do nothing;
  select * into strict head from ledger_heads h where h.institution_id = institution for update;
  grown := sha256(head.hash || convert_to(record, 'UTF8'));
  insert into ledger (institution_id, seq, at, event, record, previous, hash)
  values (institution, head.seq + 1, at, event, record, head.hash, grown);
  update ledger_heads h set seq = head.seq + 1, hash = grown where h.institution_id = institution;
  return head.seq + 1;
end $$"""

CHAINS = """
create or replace function ledger_chains() returns table (institution_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.institution_id from ledger l union select h.institution_id from ledger_heads h {more}
$$"""


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("destroyed", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(salt is null) = (destroyed is not null)", name=op.f(f"{TABLE}_salt_check")
        ),
        sa.CheckConstraint(
            "(value is null) = (destroyed is not null)", name=op.f(f"{TABLE}_value_check")
        ),
        sa.PrimaryKeyConstraint("institution_id", "seq", "path", name=op.f(f"{TABLE}_pkey")),
    )
    op.execute(ABOUT)
    op.create_index(
        "ledger_about_idx", "ledger", ["institution_id", sa.text("ledger_about(record)"), "seq"]
    )
    op.execute("drop function ledger_append(text, timestamptz, text, text)")
    for each in (
        APPEND,
        DESTROY,
        STAND,
        CHAINS.format(more=f"union select v.institution_id from {TABLE} v"),
    ):
        op.execute(each)
    op.execute(
        "revoke all on function ledger_append(text, timestamptz, text, text, jsonb) from public"
    )
    op.execute("revoke all on function ledger_destroy(text, timestamptz, text, jsonb) from public")
    op.execute(f"alter table {TABLE} enable row level security")
    op.execute(f"alter table {TABLE} force row level security")
    op.execute(f"create policy own on {TABLE} using (institution_id = {OURS})")
    op.execute(
        f"create policy chains on {TABLE} for select to current_user using ({OURS} = 'platform')"
    )
    op.execute(
        f"create trigger stands before update or delete on {TABLE}"
        " for each row execute function ledger_values_stand()"
    )
    op.execute(
        f"create trigger stands_whole before truncate on {TABLE}"
        " for each statement execute function ledger_values_stand()"
    )


def downgrade() -> None:
    op.execute("drop function ledger_append(text, timestamptz, text, text, jsonb)")
    op.execute("drop function ledger_destroy(text, timestamptz, text, jsonb)")
    op.execute(CHAINS.format(more=""))
    op.execute(FORMER_APPEND)
    op.execute("revoke all on function ledger_append(text, timestamptz, text, text) from public")
    op.drop_index("ledger_about_idx", table_name="ledger")
    op.execute("drop function ledger_about(text)")
    op.drop_table(TABLE)
    op.execute("drop function ledger_values_stand()")

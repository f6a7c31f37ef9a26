"""A line's columns are those of its record, and every chain is told to whoever verifies them."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BEGIN = """
create or replace function ledger_append(institution text, at timestamptz, event text, record text)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head ledger_heads;
  grown bytea;
begin
  if institution is distinct from current_setting('guiju.institution', true) then
    raise exception 'the ledger of % is not this session''s', institution;
  end if;"""

SAYS_THE_SAME = """
  if (record::jsonb ->> 'institution', record::jsonb ->> 'event') is distinct from
       (institution, event)
     or cast(record::jsonb ->> 'at' as timestamptz) is distinct from at then
    raise exception 'the record says another institution, event or moment than its line';
  end if;"""

END = """
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
create function ledger_chains() returns table (institution_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.institution_id from ledger l union select h.institution_id from ledger_heads h
$$"""


def upgrade() -> None:
    op.execute(BEGIN + SAYS_THE_SAME + END)
    for table in ("ledger", "ledger_heads"):
        # The owner alone, and for the platform: no session of the serving role sees more than ever.
        op.execute(
            f"create policy chains on {table} for select to current_user"
            " using (current_setting('guiju.institution', true) = 'platform')"
        )
    op.execute(CHAINS)
    op.execute("revoke all on function ledger_chains() from public")


def downgrade() -> None:
    op.execute("drop function ledger_chains()")
    for table in ("ledger", "ledger_heads"):
        op.execute(f"drop policy chains on {table}")
    op.execute(BEGIN + END)

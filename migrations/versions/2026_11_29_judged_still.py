"""An act is kept only if the rules and the office are still those that it was judged by."""

from alembic import op

revision = "0052"
down_revision = "0063"
branch_labels = None
depends_on = None

CHANGED = """
create or replace function organisation_changed() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  acting text := coalesce(current_setting('guiju.institution', true), '');
  office text;
begin
  -- What the transaction changes itself is no reason to judge it anew.
  perform set_config('guiju.organises', 'yes', true);
  for office in select distinct institution_id from changed order by institution_id loop
    perform set_config('guiju.institution', office, true);
    -- What is rolled back takes its number along: no epoch ever stands for two organisations.
    update institutions i set organisation_epoch = nextval('organisation_epochs')
    where i.institution_id = office;
    perform set_config('guiju.institution', acting, true);
  end loop;
  return null;
end $$"""

JUDGED = """
create function judged_still(institution text, policy integer, offices bigint[]) returns void
language plpgsql volatile set search_path = public, pg_temp as $$
begin
  if policy is not null and not exists (
    select from institutions i
    where i.institution_id = judged_still.institution and i.policy_epoch = policy
      and (current_setting('guiju.organises', true) = 'yes' or offices = array(
        select e.organisation_epoch from institutions e
        where e.institution_id = any(array(
            select s.superior_id from institution_superiors s
            where s.institution_id = judged_still.institution
          ) || judged_still.institution)
        order by e.institution_id)))
  then
    raise serialization_failure using message = 'the rules or the office have changed';
  end if;
end $$"""
"""Looked at anew wherever it is called: what waited for the chain sees what was done before it."""


def upgrade() -> None:
    op.execute(CHANGED)
    op.execute(JUDGED)
    op.execute("revoke all on function judged_still(text, integer, bigint[]) from public")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")

"""What an office is made of has an epoch: whoever writes it raises the epoch, however they write it."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TELLING = (
    *("units", "people", "seats", "appointments", "seat_changes", "delegations"),
    "institution_superiors",
)
EVENTS = {"insert": "new", "update": "new", "delete": "old"}

CHANGED = """
create function organisation_changed() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  acting text := coalesce(current_setting('guiju.institution', true), '');
  office text;
begin
  for office in select distinct institution_id from changed order by institution_id loop
    perform set_config('guiju.institution', office, true);
    -- What is rolled back takes its number along: no epoch ever stands for two organisations.
    update institutions i set organisation_epoch = nextval('organisation_epochs')
    where i.institution_id = office;
    perform set_config('guiju.institution', acting, true);
  end loop;
  return null;
end $$"""

GOING = """
create function clocks_going(institution text, records uuid[]) returns jsonb
language sql volatile set search_path = public, pg_temp as $$
  select coalesce(jsonb_object_agg(c.id, cast(c.xmin as text)), '{}')
  from clocks c
  where c.institution_id = institution
    and (c.subject_id = any(records) or (c.concerns <> '{}' and c.concerns && records))
    and c.done_at is null and c.state in ('running', 'paused', 'expired')
$$"""
"""Looked at anew wherever it is called, and not as the statement that calls it began."""


def upgrade() -> None:
    op.add_column(
        "institutions",
        sa.Column("organisation_epoch", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.execute("create sequence organisation_epochs")
    op.execute(CHANGED)
    op.execute("revoke all on function organisation_changed() from public")
    op.execute(GOING)
    op.execute("revoke all on function clocks_going(text, uuid[]) from public")
    for table in TELLING:
        for event, rows in EVENTS.items():
            op.execute(
                f"create trigger tells_{event} after {event} on {table}"
                f" referencing {rows} table as changed"
                " for each statement execute function organisation_changed()"
            )
            op.execute(f"alter table {table} enable always trigger tells_{event}")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")

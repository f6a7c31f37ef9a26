"""The walls: rows of other institutions are out of sight, and the ledger only grows."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"

TABLES = (
    "absences", "accounts", "answers", "appointments", "calendar_days", "institution_superiors",
    "institutions", "ledger", "ledger_heads", "people", "request_numbers", "requests",
    "rulebook_clauses", "rulebook_documents", "rulebook_rows", "rulebook_versions",
    "rulebook_words", "seats", "sessions", "sign_in_failures", "steps", "units", "waiting",
)  # fmt: skip
ORGANISATION = ("institutions", "units", "people", "seats", "appointments")

KIN = f"""institution_id in (
  select superior_id from institution_superiors where institution_id = {OURS}
  union all
  select institution_id from institution_superiors where superior_id = {OURS})"""

APPEND = """
create function ledger_append(institution text, at timestamptz, event text, record text)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head ledger_heads;
  grown bytea;
begin
  if institution is distinct from current_setting('guiju.institution', true) then
    raise exception 'the ledger of % is not this session''s', institution;
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

REFUSE = """
create function ledger_stands() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is never changed';
end $$"""


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} using (institution_id = {OURS})")
    for table in ORGANISATION:
        op.execute(f"create policy kin on {table} for select using ({KIN})")
    op.execute(
        f"create policy below on institution_superiors for select using (superior_id = {OURS})"
    )
    for table in ("requests", "steps"):
        op.execute(
            f"create policy step on {table} for select using ({OURS} = any(step_institutions))"
        )
    op.execute(f"create policy request on waiting using (request_institution_id = {OURS})")
    op.execute("create policy national on calendar_days for select using (institution_id = '*')")
    op.execute(APPEND)
    op.execute("revoke all on function ledger_append(text, timestamptz, text, text) from public")
    op.execute(REFUSE)
    for event in ("update or delete", "truncate"):
        level = "statement" if event == "truncate" else "row"
        name = event.split()[0]
        op.execute(
            f"create trigger ledger_stands_{name} before {event} on ledger "
            f"for each {level} execute function ledger_stands()"
        )


def downgrade() -> None:
    op.execute("drop trigger ledger_stands_update on ledger")
    op.execute("drop trigger ledger_stands_truncate on ledger")
    op.execute("drop function ledger_stands()")
    op.execute("drop function ledger_append(text, timestamptz, text, text)")
    op.execute("drop policy national on calendar_days")
    op.execute("drop policy request on waiting")
    for table in ("requests", "steps"):
        op.execute(f"drop policy step on {table}")
    op.execute("drop policy below on institution_superiors")
    for table in ORGANISATION:
        op.execute(f"drop policy kin on {table}")
    for table in TABLES:
        op.execute(f"drop policy own on {table}")
        op.execute(f"alter table {table} no force row level security")
        op.execute(f"alter table {table} disable row level security")

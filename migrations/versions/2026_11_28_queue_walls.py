"""The queue behind walls too; decided steps and submitted requests stand for whoever serves."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
WORKER = f"{OURS} = '*'"
"""The worker alone sees all jobs: it looks for what is due, whosever it is."""

OWN = f"""split_part(dedupe_key, ':', 2) = {OURS}
  and (convert_from(payload, 'UTF8')::jsonb ->> 'institution') = {OURS}"""
QUEUE = ("pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics")


def upgrade() -> None:
    for table in QUEUE:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy worker on {table} using ({WORKER})")
    op.execute(f"create policy own on pgqueuer using ({OWN})")
    op.execute("create policy told on pgqueuer_log for insert with check (status = 'queued')")
    op.execute(
        "create policy decided_stands on steps as restrictive for update"
        " using (status <> 'done') with check (true)"
    )
    op.execute(
        "create policy submitted_stands on requests as restrictive for delete"
        " using (status = 'draft')"
    )


def downgrade() -> None:
    op.execute("drop policy submitted_stands on requests")
    op.execute("drop policy decided_stands on steps")
    op.execute("drop policy told on pgqueuer_log")
    op.execute("drop policy own on pgqueuer")
    for table in QUEUE:
        op.execute(f"drop policy worker on {table}")
        op.execute(f"alter table {table} no force row level security")
        op.execute(f"alter table {table} disable row level security")

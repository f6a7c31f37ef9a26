"""Lists of requests: who handled what, words found by equality, and counts that are kept."""

import sqlalchemy as sa
from alembic import op

READ = ("requests", "steps", "waiting", "people")

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handled",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("request_institution_id", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "person_id", "request_id", name=op.f("handled_pkey")
        ),
    )
    op.create_index(
        "handled_latest_idx",
        "handled",
        ["institution_id", "person_id", "at", "request_id"],
        unique=False,
    )
    op.create_index(
        "handled_request_idx", "handled", ["institution_id", "request_id"], unique=False
    )
    op.create_table(
        "request_counts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("request_institution_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id",
            "list",
            "subject_id",
            "request_institution_id",
            "kind",
            "status",
            name=op.f("request_counts_pkey"),
        ),
    )
    op.create_table(
        "request_words",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "word", "created_at", "request_id", name=op.f("request_words_pkey")
        ),
    )
    op.drop_index(op.f("requests_search_idx"), table_name="requests", postgresql_using="gin")
    op.create_index(
        "requests_concerning_idx",
        "requests",
        ["institution_id", "concerns_id"],
        unique=False,
        postgresql_where=sa.text("concerns_id is not null"),
    )
    op.drop_index(op.f("steps_handled_idx"), table_name="steps")
    op.add_column("waiting", sa.Column("kind", sa.Text()))
    op.add_column("waiting", sa.Column("concerns_id", sa.Uuid(), nullable=True))
    known_of_old()
    op.alter_column("waiting", "kind", nullable=False)
    op.execute("alter table handled enable row level security")
    op.execute("alter table handled force row level security")
    op.execute(
        "create policy own on handled using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create policy request on handled using (request_institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table request_counts enable row level security")
    op.execute("alter table request_counts force row level security")
    op.execute(
        "create policy own on request_counts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create policy request on request_counts using (request_institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table request_words enable row level security")
    op.execute("alter table request_words force row level security")
    op.execute(
        "create policy own on request_words using (institution_id = current_setting('guiju.institution', true))"
    )


def known_of_old() -> None:
    """What the lists read of requests that were there before."""
    for table in READ:
        op.execute(f"alter table {table} no force row level security")
    op.execute(
        """update waiting w set kind = r.kind, concerns_id = r.concerns_id from requests r
           where (r.institution_id, r.id) = (w.request_institution_id, w.request_id)"""
    )
    op.execute(
        """insert into handled (institution_id, person_id, request_id, request_institution_id, at)
           select p.institution_id, p.id, r.id, r.institution_id, max(s.decided_at)
           from steps s
           join requests r on (r.institution_id, r.id) = (s.institution_id, s.request_id)
           join people p on p.id = s.decided_by
           where r.applicant_id <> p.id and r.concerns_id is distinct from p.id
           group by p.institution_id, p.id, r.id, r.institution_id"""
    )
    op.execute(
        """insert into request_words (institution_id, word, created_at, request_id)
           select institution_id, word, created_at, id from requests cross join unnest(search) word
           where status <> 'draft' and char_length(word) = 2"""
    )
    op.execute(
        """insert into request_counts
             (institution_id, list, subject_id, request_institution_id, kind, status, number)
           select institution_id, 'mine', applicant_id, institution_id, kind, status, count(*)
           from requests group by institution_id, applicant_id, kind, status
           union all
           select institution_id, 'unit', unit_id, institution_id, kind, status, count(*)
           from requests where status <> 'draft' and unit_id is not null
           group by institution_id, unit_id, kind, status
           union all
           select h.institution_id, 'handled', h.person_id, r.institution_id, r.kind, r.status,
                  count(*)
           from handled h
           join requests r on (r.institution_id, r.id) = (h.request_institution_id, h.request_id)
           group by h.institution_id, h.person_id, r.institution_id, r.kind, r.status"""
    )
    for table in READ:
        op.execute(f"alter table {table} force row level security")

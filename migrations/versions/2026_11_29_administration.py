"""Who administers an office: acts that wait, links, units and seats that end, how people are found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


WORDS = """
insert into people_words (institution_id, word, person_id)
select distinct p.institution_id, w.word, p.id
from people p
cross join lateral (
  select replace(lower(p.name), ' ', '') as name,
         string_to_array(lower(p.name_key), ' ') as said) k
cross join lateral (
  select substr(k.name, i) from generate_series(1, char_length(k.name)) i
  union all
  select array_to_string(k.said[i:], '') from generate_series(1, cardinality(k.said)) i
  union all
  select (select string_agg(left(each, 1), '' order by place)
          from unnest(k.said[i:]) with ordinality u(each, place))
  from generate_series(1, cardinality(k.said)) i
  union all
  select lower(p.account)) w(word)
where w.word <> ''"""


def upgrade() -> None:
    op.create_table(
        "administrative_acts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("given", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("said", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_by is null)",
            name=op.f("administrative_acts_decided_check"),
        ),
        sa.CheckConstraint(
            "state in ('pending', 'confirmed', 'declined')",
            name=op.f("administrative_acts_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("administrative_acts_institution_id_by_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "decided_by"],
            ["people.institution_id", "people.id"],
            name=op.f("administrative_acts_institution_id_decided_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("administrative_acts_pkey")),
    )
    op.create_index(
        op.f("administrative_acts_institution_id_at_idx"),
        "administrative_acts",
        ["institution_id", "at"],
        unique=False,
    )
    op.create_table(
        "people_words",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(collation="C"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("people_words_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "word", "person_id", name=op.f("people_words_pkey")
        ),
    )
    op.create_table(
        "sign_in_links",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("spent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("sign_in_links_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "digest", name=op.f("sign_in_links_pkey")),
    )
    op.create_index(
        op.f("sign_in_links_institution_id_account_idx"),
        "sign_in_links",
        ["institution_id", "account"],
        unique=False,
    )
    op.add_column("accounts", sa.Column("disabled_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column(
        "institutions", sa.Column("founding", sa.Boolean(), server_default="false", nullable=False)
    )
    op.add_column("seats", sa.Column("ends", sa.Date(), nullable=True))
    op.add_column("units", sa.Column("begins", sa.Date(), nullable=True))
    op.add_column("units", sa.Column("ends", sa.Date(), nullable=True))
    op.execute("alter table administrative_acts enable row level security")
    op.execute("alter table administrative_acts force row level security")
    op.execute(
        "create policy own on administrative_acts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table people_words enable row level security")
    op.execute("alter table people_words force row level security")
    op.execute(
        "create policy own on people_words using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table sign_in_links enable row level security")
    op.execute("alter table sign_in_links force row level security")
    op.execute(
        "create policy own on sign_in_links using (institution_id = current_setting('guiju.institution', true))"
    )
    # What waited there counts as confirmed: from now on nothing is done before a second person agrees.
    op.drop_table("seat_changes")
    known_of_old()


def known_of_old() -> None:
    """People who were there before are found like others."""
    for table in ("people", "people_words"):
        op.execute(f"alter table {table} no force row level security")
    op.execute(WORDS)
    for table in ("people", "people_words"):
        op.execute(f"alter table {table} force row level security")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")

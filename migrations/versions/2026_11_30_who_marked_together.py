"""A regular check says that the heads of the sections marked together; more is kept like a seal."""

import sqlalchemy as sa
from alembic import op

revision = "0165"
down_revision = "0148"
branch_labels = None
depends_on = None

BEFORE = ("office", "party", "legal_representative", "section", "business", "household", "name")


def _kept(words: tuple[str, ...]) -> None:
    for of, column in (("seals", "kind"), ("seal_uses", "seal_owner")):
        name = op.f(f"{of}_{column}_check")
        op.drop_constraint(name, of)
        op.create_check_constraint(name, of, sa.column(column).in_(words))


def upgrade() -> None:
    jointly = sa.Column("jointly", sa.Boolean(), server_default="false", nullable=False)
    op.add_column("hygiene_checks", jointly)
    op.alter_column("hygiene_checks", "jointly", server_default=None)
    _kept((*BEFORE, "certificates", "password"))


def downgrade() -> None:
    _kept(BEFORE)
    op.drop_column("hygiene_checks", "jointly")

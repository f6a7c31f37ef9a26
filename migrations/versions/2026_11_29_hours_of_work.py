"""An office's own words may give the hour at which its work ends."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WORDS = "rulebook_words_word_check"


def upgrade() -> None:
    allow("'role', 'fact', 'rank', 'hours'")


def downgrade() -> None:
    op.execute("delete from rulebook_words where word = 'hours'")
    allow("'role', 'fact', 'rank'")


def allow(words: str) -> None:
    op.drop_constraint(WORDS, "rulebook_words")
    op.create_check_constraint(op.f(WORDS), "rulebook_words", f"word in ({words})")

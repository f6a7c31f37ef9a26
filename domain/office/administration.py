"""What administrators need: acts that wait for a second person, links, how people are found."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import REWRITTEN, among, columns, key, moment, refers, signed, table

PENDING, CONFIRMED, DECLINED = "pending", "confirmed", "declined"

administrative_acts = table(
    "administrative_acts",
    key(),
    Column("act", Text, nullable=False),
    *columns(JSONB, "given", "said"),
    *signed(),
    Column("state", Text, nullable=False, server_default=PENDING),
    *refers("people", "decided_by", nullable=True),
    *columns(Text, "decided_by_name", "why", nullable=True),
    moment("decided_at", nullable=True),
    among("state", (PENDING, CONFIRMED, DECLINED)),
    CheckConstraint("(state = 'pending') = (decided_by is null)", name="decided"),
    Index("administrative_acts_latest_idx", "institution_id", "at", "id"),
    changes=("insert", "update (state, decided_by, decided_by_name, decided_at, why)"),
)
"""What one administrator asked for and another confirms: `given` is what it was asked with, `said`
how people read it, by language."""

sign_in_links = table(
    "sign_in_links",
    Column("digest", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False),
    *refers("people", "person_id"),
    moment("expires_at"),
    moment("at"),
    moment("spent_at", nullable=True),
    Index(None, "institution_id", "account"),
    changes=("insert", "update (spent_at)", "delete"),
)
"""A way to set a password once: the secret is told and not kept, only its digest."""

second_factors = table(
    "second_factors",
    *refers("people", "person_id", key=True),
    Column("sealed_secret", Text, nullable=False),
    moment("at"),
    moment("confirmed_at", nullable=True),
    Column("last_step", BigInteger),
    changes=("insert", "update (sealed_secret, at, confirmed_at, last_step)", "delete"),
)
"""A person's TOTP secret; it counts once a code confirmed it, and no code counts after a later."""

recovery_codes = table(
    "recovery_codes",
    Column("digest", LargeBinary, primary_key=True),
    *refers("people", "person_id"),
    moment("spent_at", nullable=True),
    Index(None, "institution_id", "person_id"),
    changes=("insert", "update (spent_at)", "delete"),
)
"""What stands for a code once, where its device is lost: only digests are kept."""

identity_providers = table(
    "identity_providers",
    *columns(Text, "issuer", "client_id", "sealed_secret", "claim", "callback", "returns_to"),
    Column("by_id", Uuid, nullable=False),
    moment("at"),
    changes=("insert", REWRITTEN, "delete"),
)
"""Where an office's people sign in by OpenID Connect; `claim` names one of its accounts."""

people_words = table(
    "people_words",
    Column("word", Text(collation="C"), primary_key=True),
    *refers("people", "person_id", key=True),
    changes=("insert", "delete"),
)
"""How a name may be begun from any place in it: in characters, pinyin, initials, as an account."""

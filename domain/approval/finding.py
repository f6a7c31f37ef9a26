"""What lists of requests are read by: who handled which, the words in them, and counts kept."""

from sqlalchemy import Column, Index, Integer, Text

from domain.tables import OURS, key, moment, table

KEPT_WITH_THE_REQUEST = {"request": f"using (request_institution_id = {OURS})"}
"""Written where the request is kept, and read where its subject is."""

handled = table(
    "handled",
    key("person_id"),
    key("request_id"),
    Column("request_institution_id", Text, nullable=False),
    moment("at"),
    Index("handled_latest_idx", "institution_id", "person_id", "at", "request_id"),
    Index("handled_request_idx", "institution_id", "request_id"),
    changes=("insert", "update (at)", "delete"),
    walls=KEPT_WITH_THE_REQUEST,
)
"""The requests of others in which a person took a turn, and when last."""

request_words = table(
    "request_words",
    Column("word", Text, primary_key=True),
    moment("created_at", key=True),
    key("request_id"),
    changes=("insert",),
)
"""Pairs of characters in what was submitted: found by equality, which alone walls let an index do.

Of a request that was changed since, some are no longer in it.
"""

request_counts = table(
    "request_counts",
    Column("list", Text, primary_key=True),
    key("subject_id"),
    Column("request_institution_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    changes=("insert", "update (number)"),
    walls=KEPT_WITH_THE_REQUEST,
)
"""How many requests a person made (`mine`) or handled, and a unit made, by kind and state."""

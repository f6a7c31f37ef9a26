"""Every table that grows has its bound and is swept, or a rule keeps it."""

from datetime import timedelta
from uuid import uuid4

import domain
from domain.tables import metadata
from resolvers.time import duty_jobs
from resolvers.time.sweeps import SWEEPS
from tests.office import Api

OFFICE = "hrss-bureau"
AT_ONCE = {
    "sign_in_attempts": "each attempt sweeps those that are older than a failure counts",
    "sign_in_addresses": "at most twenty of an account, none older than half a year",
    "sign_in_links": "a new one of an account removes those that count no more",
    "notice_reads": "they go with the notice",
    "recovery_codes": "new ones of a person remove those before",
    "pgqueuer": "a job waits once for each moment of a running clock, and is gone when done",
    "pgqueuer_log": "sixty days",
}
"""Swept elsewhere than once a day for an office."""

MEANWHILE = {
    "waiting": "the open steps",
    "people_words": "some ten rows for each person",
    "sitting_ballots": "until the sum is told",
    "sitting_voters": "with the ballots",
    "line_numbers": "one row for each book, person or year",
    "request_numbers": "one row for each year",
    "request_counts": "one row for each list, kind and status",
}
"""As many as there is work in hand, or as there are names: they do not grow with time."""

ORGANISATION = {
    *("institutions", "institution_superiors", "units", "people", "seats", "appointments"),
    *("accounts", "delegations", "calendar_days", "administrative_acts"),
    *("channels", "mail_addresses", "second_factors", "identity_providers"),
    *("rulebook_versions", "rulebook_rows", "rulebook_clauses", "rulebook_words"),
    *("rulebook_documents", "rulebook_shapes", "rulebook_drafts", "rulebook_replays"),
    *("regulation_texts", "regulation_acknowledgements"),
}
"""The office itself, its past too: who held a seat, and which rules stood, on any day."""

FILES = {
    *("requests", "steps", "absences", "bookings", "handled", "request_words", "comments"),
    *("copies", "circulations", "circulation_readers", "urgings", "clocks", "clock_changes"),
    *("cadence_records", "ledger", "ledger_heads", "ledger_values"),
    *("ledger_looks", "corrections_asked", "record_holds"),
    *("rosters", "roster_slots", "sittings", "sitting_items", "sitting_attendance"),
    *("sitting_tasks", "evaluation_rounds", "evaluation_results", "evaluation_marks"),
    *("evaluation_ballots", "pgqueuer_schedules", "pgqueuer_statistics"),
}
"""The office's files: what was asked, decided, held and told to whom; a rule keeps them."""


def of_the_living_side() -> set[str]:
    """Cards, cases and lines that stand, which their registers keep."""
    cards = {each.table.name for each in (*domain.THINGS, *domain.CASE_KINDS)}
    return cards | {name for name, table in metadata.tables.items() if table.info["stands"]}


def test_every_table_is_swept_or_kept_by_a_rule() -> None:
    swept = {*SWEEPS, *AT_ONCE}
    kept = {*MEANWHILE, *ORGANISATION, *FILES, *of_the_living_side()}
    assert swept & kept == set()
    queue = {"pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics"}
    assert metadata.tables.keys() | queue == swept | kept
    for name in {*SWEEPS, "notice_reads"}:
        assert "delete" in metadata.tables[name].info["changes"], name


OLD = {
    "answers": """insert into answers values ($1, $2, $3::text, '', '{}', $4)""",
    "notices": """insert into notices (institution_id, to_id, id, code, details, by_name, at)
                  values ($1, $2, $3, 'URGED', '{}', '', $4)""",
    "cadence_notices": """insert into cadence_notices (institution_id, clause, cadence,
                  period_first, what, at) values ($1, $2::uuid::text, $3::uuid::text,
                  '2020-01-01', 'missed', $4)""",
    "files": """insert into files (institution_id, owner_id, id, name, size, begun_at)
                  values ($1, $2, $3, 'a.pdf', 1, $4)""",
    "deliveries": """insert into deliveries (institution_id, to_id, about_id, channel_id, code, at)
                  select $1, $2, $3, id, 'URGED', $4 from channels""",
    "sessions": """insert into sessions (institution_id, person_id, id, expires_at)
                  values ($1, $2, $3, $4)""",
    "exports": """insert into exports values ($1, $3, $2, $3, '', '', '', 0, '', $4)""",
    "requests_not_routed": """insert into requests_not_routed
                  select $1, $3, 'leave.sick', '', jsonb_build_object('of', $2::uuid), $4""",
}
READ = """insert into notice_reads (institution_id, notice_id, person_id, person_name, at)
          values ($1, $2, $3, '', $4)"""


CHANNEL = """insert into channels (institution_id, id, way, by_id, by_name, at, seen_until, next_at)
             values ($1, $2, 'mail', $3, '', $4, $4, $4)"""
KEYS = {
    "answers": "idempotency_key",
    "cadence_notices": "cadence",
    "files": "id",
    "deliveries": "about_id",
    "exports": "id",
    "requests_not_routed": "id",
    "notices": "id",
    "sessions": "id",
}


async def test_the_daily_look_forgets_of_its_office_what_is_older_than_its_time(api: Api) -> None:
    person = await api.value("select id from people where institution_id = $1 limit 1", OFFICE)
    await api.run(CHANNEL, OFFICE, uuid4(), person, api.now)
    made: dict[str, dict[str, timedelta]] = {name: {} for name in SWEEPS}
    for name, sweep in SWEEPS.items():
        for more in (timedelta(minutes=1), -timedelta(minutes=1)):
            key = uuid4()
            at = api.now - sweep.kept_for - more
            await api.run(OLD[name], OFFICE, person, str(key) if name == "answers" else key, at)
            if name == "notices":
                await api.run(READ, OFFICE, key, person, api.now)
            made[name][str(key)] = more

    async def left() -> dict[str, set[str]]:
        return {
            name: made[name].keys()
            & {row[0] for row in await api.rows(f"select {key}::text from {name}")}
            for name, key in KEYS.items()
        }

    await duty_jobs.daily(api.services, {"institution": "science-bureau"})
    assert await left() == {name: set(each) for name, each in made.items()}
    await duty_jobs.daily(api.services, {"institution": OFFICE})
    young = {
        name: {key for key, more in each.items() if more < timedelta(0)}
        for name, each in made.items()
    }
    assert await left() == young
    reads = {str(row[0]) for row in await api.rows("select notice_id from notice_reads")}
    assert reads == young["notices"]

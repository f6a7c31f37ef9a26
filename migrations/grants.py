"""What the serving role may do with each table beyond reading it: what some statement needs."""

from domain.tables import metadata

REST = "the rest"
"""Every column that is no key: of rows that one statement writes anew as a whole."""

LINKS = ("request_id",)
"""No key, and no less fixed: whose request a row belongs to."""

ADDED = ("insert",)
"""Lines that stand: they are added, and never changed or removed."""

CHANGES: dict[str, tuple[str, ...]] = {
    "absences": ("insert", f"update ({REST})"),
    "accounts": ("update (password_hash)",),
    "answers": ADDED,
    "appointments": ("insert", "update (ends)", "delete"),
    "bookings": ("insert", f"update ({REST})"),
    "cadence_notices": ADDED,
    "cadence_records": ADDED,
    "calendar_days": ("insert", "update (working, name, state)", "delete"),
    "case_events": ADDED,
    "cases": ("insert", f"update ({REST})"),
    "circulation_readers": ("insert", "update (read_at, read_by, read_by_name)"),
    "circulations": ("insert", "update (ended_at)"),
    "clock_changes": ADDED,
    "clocks": ("insert", f"update ({REST})"),
    "comments": ADDED,
    "contacts": ADDED,
    "copies": ADDED,
    "delegations": ("insert", "update (ended_at, ended_by, ends)"),
    "driver_appraisals": ADDED,
    "driver_incidents": ADDED,
    "driver_liabilities": ADDED,
    "evaluation_ballots": ADDED,
    "evaluation_marks": ("insert", "update (cancelled_at)"),
    "evaluation_results": ("insert", "update (total, place, tier)"),
    "evaluation_rounds": ("insert", "update (changed_at, closed_at, resolution_id)"),
    "notice_reads": ADDED,
    "notices": ADDED,
    "path_cases": ("insert", "update (path, state, since, version, standing)"),
    "path_events": ADDED,
    "people": ("update (leaves)",),
    "pgqueuer": ("insert", f"update ({REST})", "delete"),
    "pgqueuer_log": ("insert", "delete"),
    "receptions": ADDED,
    "regulation_acknowledgements": ADDED,
    "regulation_texts": ADDED,
    "request_numbers": ("insert", "update (last)"),
    "requests": ("insert", f"update ({REST})", "delete"),
    "sessions": ("insert", "update (expires_at, revoked_at)", "delete"),
    "sign_in_addresses": ("insert", "update (at)", "delete"),
    "sign_in_attempts": ("insert", "update (at)", "delete"),
    "sitting_attendance": ("insert", "update (attended)", "delete"),
    "sitting_items": (
        "insert",
        "update (ballot, outcome, found_by_chair, reason, remarks, clauses, resolved_at)",
    ),
    "sittings": ("insert", "update (eligible, present, minutes, closed_at, closed_by_name)"),
    "steps": ("insert", f"update ({REST})"),
    "urgings": ADDED,
    "vehicle_events": ADDED,
    "vehicle_hires": ADDED,
    "vehicle_mileages": ADDED,
    "vehicle_parking_checks": ADDED,
    "vehicle_publications": ADDED,
    "vehicle_refuellings": ADDED,
    "vehicle_repair_orders": ("insert", f"update ({REST})"),
    "vehicle_repairs": ADDED,
    "vehicle_sealings": ADDED,
    "vehicle_trips": ("insert", f"update ({REST})"),
    "vehicles": ("insert", "update (pool, parking_place, insured_until, retired_on, version)"),
    "waiting": ("insert", "delete"),
}
"""The office's own tables (institutions, units, seats), rulebooks and ledger are not among them."""

QUEUE = ("status", "updated", "heartbeat", "execute_after", "attempts", "queue_manager_id")
"""What the library changes of a job: its key and payload stand."""


def changes(table: str) -> tuple[str, ...]:
    """The privileges of a table beside `select`, as SQL writes them."""
    return tuple(each.replace(REST, ", ".join(_rest(table))) for each in CHANGES.get(table, ()))


def _rest(table: str) -> tuple[str, ...]:
    if table not in metadata.tables:
        return QUEUE
    columns = metadata.tables[table].columns
    return tuple(each.name for each in columns if not each.primary_key and each.name not in LINKS)


def grants(role: str, tables: list[str]) -> list[str]:
    """Everything anew: what is not declared is taken away."""
    quoted = '"' + role.replace('"', '""') + '"'
    return [
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}",
        *(
            f'GRANT {", ".join(("select", *changes(table)))} ON "{table}" TO {quoted}'
            for table in tables
        ),
    ]

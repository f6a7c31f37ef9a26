"""What the serving role may do with each table beyond reading it: what some statement needs."""

from domain.tables import REST, metadata

LINKS = ("request_id",)
"""No key, and no less fixed: whose request a row belongs to."""

QUEUE = "pgqueuer"
"""The tables of the queue, which its library declares, begin with it."""

CALLED = (
    "ledger_append(text, timestamptz, text, text, jsonb)",
    "ledger_destroy(text, timestamptz, text, jsonb)",
    "ledger_hold(text)",
    "records_destroy(text, timestamptz, text, jsonb, jsonb)",
    "destroys()",
    "ledger_chains()",
    "clocks_going(text, uuid[])",
    "judged_still(text, integer, bigint[])",
)
"""The functions that serving calls; those of triggers run without being granted."""

STATUS = "status, updated, heartbeat, execute_after, attempts, queue_manager_id"
"""What the library changes of a job: its key and payload stand."""

OF_THE_QUEUE = {
    QUEUE: ("insert", f"update ({STATUS})", "delete"),
    f"{QUEUE}_log": ("insert", "delete"),
}


def changes(table: str) -> tuple[str, ...]:
    """The privileges of a table beside `select`, as SQL writes them."""
    if table not in metadata.tables:
        return OF_THE_QUEUE.get(table, ())
    declared = metadata.tables[table]
    written = (c for c in declared.columns if not (c.primary_key or c.computed))
    named = ", ".join(c.name for c in written if c.name not in LINKS)
    return tuple(each.replace(REST, named) for each in declared.info["changes"])


def grants(role: str, tables: list[str]) -> list[str]:
    """Everything anew: what is not declared is taken away."""
    quoted = '"' + role.replace('"', '""') + '"'
    return [
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
        f"REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM {quoted}",
        *(f"GRANT EXECUTE ON FUNCTION {each} TO {quoted}" for each in CALLED),
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}",
        *(
            f'GRANT {", ".join(("select", *changes(table)))} ON "{table}" TO {quoted}'
            for table in tables
        ),
    ]

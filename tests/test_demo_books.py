"""The books of the demo offices: on their own paths, kept by whom their rows let; the banner."""

from policies import loading
from resolvers import demo
from resolvers.demo import begun
from resolvers.demo.offices import offices
from resolvers.ground.database import Database, statement
from resolvers.running import postgres


async def test_books_are_open_with_cards_lines_and_cases_on_their_offices_paths(
    spare: postgres.Database,
) -> None:
    app = await Database.connect(spare.app_url)
    found: dict[str, int] = {}
    for institution in offices():
        async with app.transaction(institution, read_only=True) as transaction:
            for name in (
                *("hygiene_zones", "seals", "finance_incomes", "infosec_incidents", "rosters"),
                *("roster_slots", "duty_entries", "evaluation_tasks", "archive_volumes"),
                *("attendance_days", "hall_shifts", "print_drafts", "household_lodgers"),
            ):
                found[name] = found.get(name, 0) + await transaction.value(
                    statement(f"select count(*) from {name}")
                )
            for name in (
                "incoming_documents",
                "duty_events",
                "finance_audits",
                "evaluation_outcomes",
            ):
                rows = await transaction.rows(
                    statement(
                        f"""select c.state, c.path, e.event from {name} c
                            join case_events e
                              on (e.institution_id, e.case_id) = (c.institution_id, c.id)"""
                    )
                )
                found[name] = found.get(name, 0) + len(rows)
                if rows:
                    known = {each.id for each in loading.shipped(institution).shapes.paths}
                    assert {row["path"] for row in rows} <= known
                    assert {row["event"] for row in rows} == {"begin"}
    await app.close()
    assert min(found.values()) >= 1, found


def test_what_keeps_the_books_is_kept_by_somebody_whose_rows_let_them() -> None:
    for office in offices().values():
        if office.institution not in loading.institutions():
            continue
        book = loading.shipped(office.institution)
        named = {row.kind for row in book.acts}
        kept = [each for each, *_ in begun.cards_of(office)]
        kept += [each for each, _ in begun.lines_of(office)]
        kinds = {each.name for each in kept}
        kinds |= {kind.code for kind, *_ in begun.cases_of(office, book.shapes)}
        assert kinds <= named, (office.institution, kinds - named)


def test_the_banner_names_only_accounts_that_exist() -> None:
    lines = demo.who_can_sign_in()
    assert demo.PASSWORD in lines[0]
    assert {line.split()[0] for line in lines[1:]} == {*loading.institutions(), "platform"}
    for line in lines[1:-1]:
        institution, *roles = line.split()
        assert {f"{role}@{institution}" for role in roles} <= set(offices()[institution].accounts)
    assert lines[-1].split()[1] in offices()["platform"].accounts

"""Rulebooks as they are lived: imported as dated versions, served per institution."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from weakref import ref

import pytest

from domain.errors import Refused
from domain.office.organisation import institutions
from policies import loading, vocabulary
from policies.lines import RulebookError
from resolvers import demo
from resolvers.ground import ledger
from resolvers.ground.database import Database, statement
from resolvers.ground.derived import insertion
from resolvers.rules.rulebooks import MOST_BOOKS, Rulebooks, import_shipped

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
AMENDED, REPEALED = date(2017, 4, 14), date(2021, 1, 1)

ADD_INSTITUTION = insertion(institutions)
numbers = count()


class Town:
    """An institution of its own, its files, and the two ways into its database."""

    def __init__(self, owner: Database, app: Database, folder: Path) -> None:
        self.owner, self.app, self.folder = owner, app, folder
        self.code = f"test-town-{next(numbers)}"
        self.rulebooks = Rulebooks(app, vocabulary.shipped())

    async def found(self) -> None:
        async with self.owner.transaction(self.code) as transaction:
            row = {
                "institution_id": self.code,
                "name": "试验镇",
                "name_en": "Test town",
                "policy_epoch": 0,
                "organisation_epoch": 0,
                "founding": False,
                "second_factor": False,
            }
            await transaction.rows(ADD_INSTITUTION, rows=[row])

    def write(self, *tiers: str, kind: str = "leave.sick") -> None:
        """One rule for each tier: `<clause> <role> <from> <until> <replaced by>`, `~` for none."""
        files = self.folder / self.code
        files.mkdir(exist_ok=True)
        register = ["clause,title,clause_kind,area,request_kind,from,until,replaced_by,summary"]
        rows = []
        for number, tier in enumerate(tiers):
            clause, role, begins, ends, successor = tier.split()
            dates = ",".join(each if each != "~" else "" for each in (begins, ends, successor))
            register.append(f"{clause},请假制度,approval,leave,{kind},{dates},谁批准")
            rows.append(
                f"p, {role}, {self.code}, {kind}, approve, always, r{number}, 1, {clause}, allow"
            )
        (files / "clauses.csv").write_text("\n".join(register) + "\n", encoding="utf-8")
        (files / "leave.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    async def imported(self) -> bool:
        async with self.owner.transaction(self.code) as transaction:
            return await import_shipped(
                transaction, self.code, NOW, vocabulary.shipped(), folder=self.folder
            )

    async def approver(self, on: date) -> list[str]:
        living = await self.rulebooks.load(self.code, on)
        rules = living.rulebook.rules_for("leave.sick", on)
        return [role for rule in rules for step in rule.steps for role in step.roles]

    async def versions(self) -> list[tuple[int, date | None]]:
        run = statement("select version, effective_from from rulebook_versions order by version")
        async with self.app.transaction(self.code, read_only=True) as transaction:
            return [tuple(row) for row in await transaction.rows(run)]

    async def ledger(self) -> list[str]:
        run = statement("select event from ledger order by seq")
        async with self.app.transaction(self.code, read_only=True) as transaction:
            broken, _ = await ledger.check(transaction, self.code)
            assert broken == []
            return [row[0] for row in await transaction.rows(run)]


@pytest.fixture
async def town(owner_url: str, app_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        owner, app = await Database.connect(owner_url, most=1), await Database.connect(app_url)
        stack.push_async_callback(owner.close)
        stack.push_async_callback(app.close)
        town = Town(owner, app, tmp_path)
        await town.found()
        yield town


TIERS = (
    "leave/1 section_chief ~ 2017-04-14 leave/2",
    "leave/2 director 2017-04-14 2021-01-01 leave/3",
    "leave/3 party_secretary 2021-01-01 ~ ~",
)


async def test_there_is_a_version_for_each_day_on_which_a_clause_comes_or_goes(town: Town) -> None:
    town.write(*TIERS)
    assert await town.imported()
    assert await town.versions() == [(1, None), (2, AMENDED), (3, REPEALED)]


@pytest.mark.parametrize(
    ("on", "version", "approver"),
    [
        (date(1949, 10, 1), 1, "section_chief"),
        (date(2017, 4, 13), 1, "section_chief"),
        (AMENDED, 2, "director"),
        (date(2020, 12, 31), 2, "director"),
        (REPEALED, 3, "party_secretary"),
        (date(2090, 1, 1), 3, "party_secretary"),
    ],
)
async def test_a_day_is_judged_by_the_version_in_force_then(
    town: Town, on: date, version: int, approver: str
) -> None:
    town.write(*TIERS)
    await town.imported()
    living = await town.rulebooks.load(town.code, on)
    assert living.version == version
    assert await town.approver(on) == [approver]
    seats = frozenset({approver})
    assert living.authority.may(seats, town.code, "leave.sick", "approve", {})
    assert not living.authority.may(frozenset({"staff"}), town.code, "leave.sick", "approve", {})


async def test_a_version_that_a_request_is_pinned_to_judges_as_it_did(town: Town) -> None:
    town.write(*TIERS)
    await town.imported()
    pinned = await town.rulebooks.version(town.code, 2)
    assert pinned.version == 2
    seats = frozenset({"director"})
    assert pinned.authority.may(seats, town.code, "leave.sick", "approve", {})
    with pytest.raises(LookupError):
        await town.rulebooks.version(town.code, 9)


async def test_importing_the_same_files_again_changes_nothing(town: Town) -> None:
    town.write(*TIERS)
    assert await town.imported()
    assert not await town.imported()
    assert len(await town.versions()) == 3
    assert await town.ledger() == ["rulebook_imported"]


async def test_new_files_supersede_the_old_and_the_old_stay_readable(town: Town) -> None:
    town.write("leave/1 section_chief ~ ~ ~")
    await town.imported()
    assert await town.approver(TODAY) == ["section_chief"]
    town.write("leave/1 director ~ ~ ~")
    assert await town.imported()
    assert await town.versions() == [(1, None), (2, None)]
    assert await town.approver(TODAY) == ["director"]
    old = await town.rulebooks.version(town.code, 1)
    assert [row.role for row in old.rulebook.rows] == ["section_chief"]
    assert await town.ledger() == ["rulebook_imported"] * 2


async def test_a_day_that_only_old_files_turned_on_does_not_bring_them_back(town: Town) -> None:
    town.write("leave/1 section_chief 2017-04-14 ~ ~")
    await town.imported()
    town.write("leave/1 director ~ ~ ~")
    await town.imported()
    assert await town.approver(AMENDED) == ["director"]
    assert await town.approver(TODAY) == ["director"]


async def test_a_clause_replaced_at_an_unknown_date_is_read_only_through_its_regulation(
    town: Town,
) -> None:
    town.write("old/1 section_chief ~ ~ new/1", "new/1 director ~ ~ ~")
    await town.imported()
    for on in (date(1999, 1, 1), TODAY):
        assert await town.approver(on) == ["director"]
    living = await town.rulebooks.load(town.code, TODAY)
    rules = living.rulebook.rules_for("leave.sick", TODAY, "old")
    assert [step.roles for rule in rules for step in rule.steps] == [("section_chief",)]
    seats = frozenset({"section_chief"})
    assert not living.authority.may(seats, town.code, "leave.sick", "approve", {})


async def test_files_with_a_fault_store_nothing(town: Town) -> None:
    town.write("leave/1 emperor ~ ~ ~")
    with pytest.raises(RulebookError, match="emperor"):
        await town.imported()
    assert await town.versions() == []
    assert await town.ledger() == []


async def test_what_is_served_is_what_the_shipped_files_say(town: Town, owner_url: str) -> None:
    await demo.load(owner_url)
    for institution in loading.institutions():
        shipped = loading.shipped(institution)
        served = (await town.rulebooks.load(institution, TODAY)).rulebook
        assert served.rows == shipped.rows
        assert served.register == shipped.register
        assert served.documents == shipped.documents
        assert served.vocabulary == shipped.vocabulary


async def test_simultaneous_first_requests_read_a_rulebook_once(town: Town) -> None:
    town.write(*TIERS)
    await town.imported()
    statements: list[str] = []
    town.app.observe = statements.append
    living = await asyncio.gather(
        *(town.rulebooks.load(town.code, TODAY, epoch=1) for _ in range(8))
    )
    assert all(each is living[0] for each in living)
    assert sum("from rulebook_rows" in each for each in statements) == 1


async def test_what_is_known_is_served_without_the_database(town: Town) -> None:
    town.write(*TIERS)
    await town.imported()
    await town.rulebooks.load(town.code, TODAY, epoch=1)
    statements: list[str] = []
    town.app.observe = statements.append
    for on in (TODAY, AMENDED, date(2000, 1, 1)):
        await town.rulebooks.load(town.code, on, epoch=1)
    assert statements == []
    await town.rulebooks.load(town.code, TODAY)
    assert len(statements) == 1


async def test_a_caller_who_has_seen_a_newer_epoch_is_served_the_newer_rules(town: Town) -> None:
    town.write("leave/1 section_chief ~ ~ ~")
    await town.imported()
    before = await town.rulebooks.load(town.code, TODAY, epoch=1)
    town.write("leave/1 director ~ ~ ~")
    await town.imported()
    assert await town.rulebooks.load(town.code, TODAY, epoch=1) is before
    after = await town.rulebooks.load(town.code, TODAY, epoch=2)
    assert after.version == 2
    # One who saw the older epoch a moment ago is not served older rules for it.
    assert await town.rulebooks.load(town.code, TODAY, epoch=1) is after


@pytest.mark.parametrize("code", ["no-such-office", "", "*", "../etc", "Town'; drop", "x\n"])
async def test_an_institution_that_is_not_there_is_refused(town: Town, code: str) -> None:
    with pytest.raises(Refused) as refused:
        await town.rulebooks.load(code, TODAY)
    assert refused.value.code == "UNKNOWN_INSTITUTION"
    assert refused.value.details == {"institution": code}


async def test_an_institution_without_rules_has_an_empty_rulebook(town: Town) -> None:
    living = await town.rulebooks.load(town.code, TODAY)
    assert living.version == 0
    assert living.rulebook.rows == ()
    assert living.vocabulary.roles == vocabulary.shipped().roles
    assert (await town.rulebooks.version(town.code, 0)).rulebook is living.rulebook


async def test_only_so_many_institutions_are_kept(town: Town) -> None:
    rulebooks = Rulebooks(town.app, vocabulary.shipped(), most=2)
    codes = []
    for _ in range(3):
        another = Town(town.owner, town.app, town.folder)
        await another.found()
        codes.append(another.code)
        await rulebooks.load(another.code, TODAY, epoch=0)
    statements: list[str] = []
    town.app.observe = statements.append
    for code in codes[1:]:
        await rulebooks.load(code, TODAY, epoch=0)
    assert statements == []
    await rulebooks.load(codes[0], TODAY, epoch=0)
    assert statements != []


async def test_of_an_office_whose_rules_change_often_the_latest_books_are_kept(town: Town) -> None:
    books = []
    for number in range(MOST_BOOKS + 3):
        town.write(f"leave/{number} director ~ ~ ~")
        await town.imported()
        books.append(ref((await town.rulebooks.load(town.code, TODAY)).rulebook))
    gc.collect()
    assert [each() is None for each in books] == [True] * 3 + [False] * MOST_BOOKS
    old = await town.rulebooks.version(town.code, 1)
    assert [row.clause for row in old.rulebook.rows] == ["leave/0"]

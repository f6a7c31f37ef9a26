"""Rulebooks as they are lived: imported as dated versions, read per institution on first use."""

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary

from domain.conditions.regions import Region
from domain.errors import Refused
from domain.office.organisation import rank_of
from domain.rulebook import Rulebook
from domain.rules.acts import KeptRegister
from domain.rules.analysis import precondition
from domain.rules.rows import Document, RuleRow
from domain.rules.switches import Switch, Switched, switches_for
from domain.shapes.book import Shapes
from domain.vocabulary import Vocabulary
from policies.authority import Authority
from policies.lines import Faults
from policies.loading import SHIPPED, load, read_source
from resolvers.ground import ledger
from resolvers.ground.connections import INSTITUTION
from resolvers.ground.database import Database, Transaction, statement
from resolvers.ground.lately import Lately
from resolvers.rules.rulebook_rows import digest_of, read_version, store_version

MOST_INSTITUTIONS = 256
MOST_BOOKS = 12
"""Of one institution: a book takes some megabytes, and every change of the rules makes one."""
LONGEST_CODE = 63
IMPORTED = "shipped"
"""Why a version was recorded: it came with the product's files."""

EPOCH = statement("select policy_epoch from institutions where institution_id = :institution")
NEXT_EPOCH = statement("""
  update institutions set policy_epoch = policy_epoch + 1
  where institution_id = :institution returning policy_epoch""")
ALONE = statement("select from institutions where institution_id = :institution for update")
VERSIONS = statement("""
  select i.policy_epoch, v.version, v.effective_from, v.digest
  from institutions i left join rulebook_versions v using (institution_id)
  where i.institution_id = :institution order by v.version""")
IMPORTS = statement("""
  select effective_from, digest from rulebook_versions
  where institution_id = :institution and reason = :reason order by version""")
LAST = statement("""
  select coalesce(max(version), 0) from rulebook_versions
  where institution_id = :institution""")


P = ParamSpec("P")
V = TypeVar("V")
MOST_KEPT = 2_000


@dataclass(frozen=True, eq=False)
class LivingRulebook:
    """One version of an institution's rulebook; version 0 where it has none.

    `authority`, `shapes`, `acts`, `registers` and `switches` are of the rows in force on the day
    asked for; `kept` is what was worked out of them before. At this `epoch` it was found in force.
    """

    version: int
    rulebook: Rulebook
    authority: Authority
    shapes: Shapes
    acts: tuple[RuleRow, ...] = ()
    registers: tuple[KeptRegister, ...] = ()
    switches: tuple[Switched, ...] = ()
    epoch: int = 0
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, of: str, key: Hashable, work: Callable[[], V]) -> V:
        """What the rows come to for a key, worked out the first time; the latest are kept."""
        known = self.kept.setdefault(of, {})
        found: V | None = known.get(key)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[key] = work()
        return found

    def rank(self, roles: frozenset[str]) -> str:
        """The `applicant_rank` of whoever holds these roles."""
        return self.once("rank", roles, lambda: rank_of(roles, self.vocabulary))

    @property
    def vocabulary(self) -> Vocabulary:
        return self.rulebook.vocabulary

    def switched(self, kind: str) -> frozenset[Switch]:
        """Which switches are on for a kind of request."""
        return switches_for(self.switches, self.vocabulary.kinds[kind])

    def within(self, kind: str) -> Mapping[str, Region]:
        """What a kind of request itself admits."""
        words = self.vocabulary
        return self.once("within", kind, lambda: precondition(words.kinds[kind], words))

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.rulebook.documents


def once_for_each(
    work: Callable[Concatenate[LivingRulebook, str, P], V],
) -> Callable[Concatenate[LivingRulebook, str, P], V]:
    """What a function says of a code by a rulebook, worked out once as long as the rules stand."""

    @wraps(work)
    def known(living: LivingRulebook, code: str, /, *args: P.args, **more: P.kwargs) -> V:
        return living.once(work.__name__, code, lambda: work(living, code, *args, **more))

    return known


def living_of(version: int, book: Rulebook, on: date, epoch: int = 0) -> LivingRulebook:
    """A version as it is lived on a day."""
    rows = [row for row in book.rows if book.in_force(row, on)]
    acts = book.acts_on(on)
    authority = Authority([*rows, *acts], book.vocabulary.roles)
    beside = book.shapes_on(on), acts, book.registers_on(on), book.switches_on(on)
    return LivingRulebook(version, book, authority, *beside, epoch)


@dataclass(frozen=True)
class Version:
    number: int
    effective_from: date
    digest: bytes


NO_VERSION = Version(0, date.min, b"")


@dataclass(frozen=True)
class Shelf:
    """What is kept of one institution: its versions at an epoch, and the books read of them.

    Versions of one digest say the same and share one book.
    """

    epoch: int
    versions: Mapping[int, Version]
    books: Lately[bytes, Rulebook]
    living: Lately[tuple[int, int], LivingRulebook] = field(
        default_factory=lambda: Lately(MOST_BOOKS)
    )

    def in_force(self, on: date) -> Version:
        """The version with the latest effective date up to this day; of several, the newest."""
        begun = (version for version in self.versions.values() if version.effective_from <= on)
        return max(begun, key=lambda each: (each.effective_from, each.number), default=NO_VERSION)


class Rulebooks:
    """The rulebooks of the institutions that were asked for lately.

    Give it a pool of its own: requests that wait here hold connections of the common one.
    """

    def __init__(
        self, database: Database, words: Vocabulary, most: int = MOST_INSTITUTIONS
    ) -> None:
        self._database = database
        self._words = words
        self._shelves: Lately[str, Shelf] = Lately(most)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def load(self, institution: str, on: date, epoch: int | None = None) -> LivingRulebook:
        """The rulebook in force on a day, no older than the epoch that the caller has seen.

        Raises: Refused: UNKNOWN_INSTITUTION.
        """
        shelf = self._shelves.get(institution)
        if shelf is None or epoch is None or shelf.epoch < epoch:
            shelf = await self._renewed(institution)
        return await self._living(institution, shelf, shelf.in_force(on), on)

    async def version(self, institution: str, number: int) -> LivingRulebook:
        """The version that a request is pinned to, whatever is in force now.

        Raises: Refused: UNKNOWN_INSTITUTION; LookupError: there is no such version.
        """
        shelf = self._shelves.get(institution)
        if shelf is None or number not in shelf.versions:
            shelf = await self._renewed(institution)
        version = shelf.versions[number] if number else NO_VERSION
        return await self._living(institution, shelf, version, version.effective_from)

    async def _renewed(self, institution: str) -> Shelf:
        """The shelf as the database has it now."""
        if not INSTITUTION.fullmatch(institution):
            raise Refused("UNKNOWN_INSTITUTION", institution=institution[:LONGEST_CODE])
        async with (
            self._turn(institution),
            self._database.transaction(institution, read_only=True) as transaction,
        ):
            epoch = await transaction.value(EPOCH, institution=institution)
            if epoch is None:
                raise Refused("UNKNOWN_INSTITUTION", institution=institution)
            shelf = self._shelves.get(institution)
            if shelf is None or shelf.epoch != epoch:
                # In one statement: versions of one epoch never stand under another.
                found = await transaction.rows(VERSIONS, institution=institution)
                versions = {
                    number: Version(number, begins or date.min, digest)
                    for _, number, begins, digest in found
                    if number is not None
                }
                books = shelf.books if shelf else Lately[bytes, Rulebook](MOST_BOOKS)
                shelf = Shelf(found[0]["policy_epoch"], versions, books)
                self._shelves.put(institution, shelf)
            return shelf

    async def _living(
        self, institution: str, shelf: Shelf, version: Version, on: date
    ) -> LivingRulebook:
        book = shelf.books.get(version.digest)
        if book is None:
            book = await self._read(institution, shelf, version)
        key = version.number, bisect_right(book.turning_days, on)
        living = shelf.living.get(key)
        if living is None:
            living = living_of(version.number, book, on, shelf.epoch)
            shelf.living.put(key, living)
        return living

    async def _read(self, institution: str, shelf: Shelf, version: Version) -> Rulebook:
        async with self._turn(institution):
            book = shelf.books.get(version.digest)
            if book is None:
                async with self._database.transaction(institution, read_only=True) as transaction:
                    source = await read_version(transaction, institution, version.number)
                book = load(source, self._words)
                shelf.books.put(version.digest, book)
            return book

    def _turn(self, institution: str) -> asyncio.Lock:
        """Those who want the same institution read it once; the others then find it."""
        return self._turns.setdefault(institution, asyncio.Lock())


async def import_shipped(
    transaction: Transaction,
    institution: str,
    at: datetime,
    words: Vocabulary,
    *,
    folder: Path = SHIPPED,
) -> bool:
    """Store what an institution's files in `folder` state; whether they said anything new.

    One version for each day on which a clause comes or goes, and one that has always been. Each
    holds all rows and register lines: the register tells which of them stand on a day.

    Raises: RulebookError: the files hold a fault; nothing is stored.
    """
    faults = Faults()
    source = read_source(folder / institution, faults)
    await transaction.rows(ALONE, institution=institution)
    imports = await transaction.rows(IMPORTS, institution=institution, reason=IMPORTED)
    digest = digest_of(source)
    if imports and imports[-1]["digest"] == digest:
        return False
    book = load(source, words, faults)
    # A day that an earlier import turned on needs a version too, or the old one would return.
    turned = {version["effective_from"] for version in imports} - {None}
    days = [None, *sorted(turned.union(book.turning_days))]
    first = 1 + await transaction.value(LAST, institution=institution)
    for number, day in enumerate(days, start=first):
        await store_version(transaction, source, number, effective_from=day, reason=IMPORTED, at=at)
    await transaction.rows(NEXT_EPOCH, institution=institution)
    content = {"versions": [*range(first, first + len(days))], "digest": digest.hex()}
    await ledger.append(transaction, institution, "rulebook_imported", at, content)
    return True

"""One operation's context: who asks, in which language, and the transaction that it runs in.

Query fields share one read-only transaction, opened by the first; every mutation field is a
transaction of its own, rolled back when it is refused.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Hashable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Unpack
from uuid import UUID

import asyncpg
import orjson

from domain.errors import NotAllowed, NotSignedIn, Refused
from domain.messages import ZH
from domain.office.organisation import Person
from domain.shapes.doors import ANYONE
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from policies.door_rows import changeable
from policies.permissions import ROLES_BY_PERMISSION, allows
from resolvers.ground import ledger, tokens
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.database import Statement, Transaction, statement
from resolvers.ground.keeping import ANSWERED, Answer, Overtaken, remember
from resolvers.ground.opening import AS_IT_IS, Wanted, load_viewer
from resolvers.ground.viewers import Epochs, Viewer
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.running.services import Services

SEEN_EVERY = timedelta(minutes=15)
SEEN = statement("""
  update sessions set seen_at = :now
  where institution_id = :institution and id = :session and seen_at < :now""")
NOBODY, BY_ITSELF = UUID(int=0), "系统"
"""Who does what happens by itself, and what it is signed with."""
ALONE = statement("select pg_advisory_xact_lock(hashtextextended(:of, 0))")


@dataclass(eq=False, repr=False)
class Context:
    """What a resolver may use. `viewer` and `transaction` are there once a field has begun.

    It `streams` where the client takes one answer after another. `epoch` is how often the rules of
    the viewer's office had changed when read last, and never less than the client has `seen`. Lines
    `on_record` enter the ledger when the operation is over, and with them what is `kept_back`. An
    act is answered by what it `said`, as it is stored for its key.
    """

    services: Services
    token: str | None = None
    language: str = ZH
    address: str = ""
    request_id: str = ""
    streams: bool = False
    seen: int = field(default=0, init=False)
    answer: Answer | None = field(default=None, init=False)
    said: Any = field(default=None, init=False)
    overtaken: bool = field(default=False, init=False)
    epoch: int | None = field(default=None, init=False)
    secrets_read: dict[str, set[UUID]] = field(default_factory=dict, init=False)
    on_record: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list, init=False)
    kept_back: list[tuple[Statement, Mapping[str, Any]]] = field(default_factory=list, init=False)
    loaders: dict[Any, Any] = field(default_factory=dict, init=False)
    served: dict[UUID, Any] = field(default_factory=dict, init=False)
    _beside: tuple[Hashable, Mapping[str, Any]] | None = field(default=None, init=False)
    _viewer: Viewer | None = field(default=None, init=False)
    _with_office: bool = field(default=False, init=False)
    _rules: tuple[int | None, LivingRulebook | None] = field(default=(None, None), init=False)
    _transaction: Transaction | None = field(default=None, init=False)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack, init=False)

    def __post_init__(self) -> None:
        self.now: datetime = self.services.now().astimezone(OFFICE_TIME)
        self.today: date = self.now.date()

    @classmethod
    async def of_nobody(
        cls, services: Services, transaction: Transaction, institution: str
    ) -> "Context":
        """For what happens by itself in an office, signed by nobody."""
        context = cls(services)
        living = await services.rulebooks.load(institution, context.today)
        person = Person(NOBODY, institution, BY_ITSELF, "", 0, "", (), {})
        epochs = Epochs(context.today, ())
        context._transaction = transaction
        context._viewer = Viewer(person, epochs, NOBODY, living.epoch, {}, (), None)
        return context

    @property
    def viewer(self) -> Viewer:
        if self._viewer is None:
            raise NotSignedIn
        return self._viewer

    @property
    def session(self) -> UUID:
        """The session of the token that came with the call."""
        return self.claims().session

    @property
    def transaction(self) -> Transaction:
        if self._transaction is None:
            raise RuntimeError("no field has begun")
        return self._transaction

    async def read(self, permission: str, **wanted: Unpack[Wanted]) -> None:
        """Begin a query field: the shared transaction, the viewer, and the permission.

        The first to begin reads what it names `beside` its viewer.
        """
        async with self._opening:
            claims = self.claims()
            if self._transaction is None:
                self._transaction = await self._open.enter_async_context(
                    self.services.database.transaction(claims.institution, read_only=True)
                )
            if self._viewer is None or (wanted.get("office") and not self._with_office):
                self._viewer = await self._load(self._transaction, claims, **wanted)
        await self.must_open(permission)

    @asynccontextmanager
    async def write(self, permission: str, **wanted: Unpack[Wanted]) -> AsyncIterator[None]:
        """A mutation field: a transaction of its own, kept only if nothing is refused."""
        claims, self.answer = self.claims(), None
        async with self.services.database.transaction(claims.institution) as self._transaction:
            if self.overtaken:  # the rules and the office then wait for it
                await self._transaction.rows(AS_IT_IS, institution=claims.institution)
            self._viewer = await self._load(self._transaction, claims, **wanted)
            await self.must_open(permission)
            self.must_be_proved(ROLES_BY_PERMISSION.get(permission, ()))
            self._transaction.judged = self.viewer.judged
            try:
                yield
            except asyncpg.SerializationError as changed:
                raise Overtaken from changed
            self.epoch = max(self.epoch or 0, self._transaction.judged.policy)

    def read_beside(self, of: Hashable) -> Mapping[str, Any] | None:
        """The row that this field read with its viewer, if it was of this; told once."""
        told, self._beside = self._beside, None
        return told[1] if told and told[0] == of else None

    async def close(self) -> None:
        """End the operation; what it tells of secrets, or gave to nobody, is on record before."""
        self.loaders.clear()
        await self._open.aclose()
        if self.secrets_read:
            read = {of: sorted(map(str, ids)) for of, ids in self.secrets_read.items()}
            self.on_record.append(("secret_read", {"read": read}))
        if self.on_record:
            me = self.viewer.person
            who = {"person": me.id, "name": me.name}
            lines = [(event, {**who, **of}) for event, of in self.on_record]
            async with self.services.database.transaction(me.institution) as writing:
                await ledger.append_all(writing, me.institution, self.now, lines)
                for keep, row in self.kept_back:
                    await writing.rows(keep, rows=[row])
        await self._seen()

    async def _seen(self) -> None:
        """Keep, a few times an hour, that the session is in use; nobody's answer hangs on it."""
        viewer = self._viewer
        if viewer and viewer.seen_at and viewer.seen_at < self.now - SEEN_EVERY:
            with suppress(StoreUnavailable):
                async with self.services.database.transaction(viewer.institution) as writing:
                    of = {"institution": viewer.institution, "session": viewer.session}
                    await writing.rows(SEEN, **of, now=self.now)

    def reads_secret(self, of: str, id_: UUID) -> None:
        """Note that the answer tells a secret of something; the ledger keeps who read it."""
        self.secrets_read.setdefault(of, set()).add(id_)

    async def must_open(self, permission: str) -> None:
        """Raises: NotAllowed when none of the viewer's seats opens this, or a line closes it."""
        own = (await self.rulebook()).shapes.doors if permission in changeable() else ()
        if not allows(self.viewer.person.roles, permission, own):
            raise NotAllowed(permission)

    def must_be_proved(self, holders: Collection[str]) -> None:
        """What administrators alone may do waits until a second factor proves who they are.

        Raises: Refused: SECOND_FACTOR_NEEDED, where the viewer may do it by no other of these
        roles.
        """
        owing = ROLES_BY_PERMISSION["second_factor.owed"]
        if not self.viewer.unproved or ANYONE in holders:
            return
        if not (self.viewer.person.roles & set(holders)) - owing:
            raise Refused("SECOND_FACTOR_NEEDED")

    async def rows(self, run: Statement, **values: Any) -> list[asyncpg.Record]:
        """What a statement finds; its `:institution` is the viewer's own unless said."""
        given = {"institution": self.viewer.institution, **values}
        return await self.transaction.rows(run, **given)

    async def row(self, run: Statement, **values: Any) -> asyncpg.Record | None:
        found = await self.rows(run, **values)
        return found[0] if found else None

    async def found(self, run: Statement, missing: Exception, **values: Any) -> Mapping[str, Any]:
        """The row that has to be there. Raises: what is `missing`, where it is not."""
        row: Mapping[str, Any] | None = await self.row(run, **values)
        if row is None:
            raise missing
        return row

    async def value(self, run: Statement, **values: Any) -> Any:
        found = await self.row(run, **values)
        return found[0] if found else None

    @property
    def signed(self) -> dict[str, Any]:
        """The columns by which a row tells who wrote it, and when."""
        me = self.viewer.person
        who = {"institution_id": me.institution, "by_id": me.id, "by_name": me.name}
        return {**who, "at": self.now}

    async def must_be_first(self) -> None:
        """Raises: Overtaken: a twin of this very call held what is held now, and was answered."""
        if self.answer:
            of = {"person": self.answer.person, "key": self.answer.key}
            if await self.value(ANSWERED, **of):
                raise Overtaken

    async def one_at_a_time(self, of: str) -> None:
        """Wait until no other transaction is at the same; `of` names it with its institution."""
        await self.transaction.rows(ALONE, of=of)

    async def remember(self, said: Mapping[str, Any]) -> None:
        """Store what this call is answered by, for when its key comes again."""
        self.said = orjson.loads(orjson.dumps(said, default=str))
        await remember(self.transaction, self.viewer.institution, self.answer, said, self.now)

    async def record(self, event: str, content: Mapping[str, Any]) -> None:
        """Enter an act in the ledger; it takes the chain's lock, so this comes last."""
        of = self.transaction, self.viewer.institution, event, self.now
        await ledger.append(*of, content)

    async def done(self, event: str, what: Mapping[str, Any], **told: Any) -> None:
        """Remember what was acted on as the answer, and enter the viewer's act in the ledger."""
        await self.remember(what)
        await self.record(event, {**what, "person": self.viewer.person.id, **told})

    async def rulebook(
        self, institution: str | None = None, on: date | None = None
    ) -> LivingRulebook:
        """The rules in force that day: one's own, or any institution's for the platform.

        Raises: Refused: the institution is unknown, or not the viewer's to see.
        """
        institution = self.viewer.institution if institution is None else institution
        own = institution == self.viewer.institution
        if not own and not allows(self.viewer.person.roles, "rulebooks.read"):
            raise Refused("OTHER_INSTITUTION", institution=institution)
        if own and on is None and (known := self.rules_at_hand):
            return known
        epoch = self.viewer.policy_epoch if own else None
        found = await self.services.rulebooks.load(institution, on or self.today, epoch)
        if own and on is None:
            self._rules = epoch, found
        if own:
            self.epoch = max(found.epoch, self.epoch or 0)
        return found

    @property
    def rules_at_hand(self) -> LivingRulebook | None:
        """Today's rules of the viewer's own office, where this operation has read them already."""
        epoch, found = self._rules
        return found if epoch == self.viewer.policy_epoch else None

    async def calendar(self) -> Calendar:
        return await self.services.calendars.load(self.transaction, self.viewer.institution)

    def claims(self) -> tokens.Claims:
        """What the token says that came with the call. Raises: NotSignedIn."""
        return tokens.read(self.token or "", self.now, self.services.secrets)

    async def _load(
        self, transaction: Transaction, claims: tokens.Claims, **wanted: Unpack[Wanted]
    ) -> Viewer:
        people, beside = self.services.people, wanted.get("beside")
        self._with_office = wanted.get("office", False)
        found = await load_viewer(transaction, people, claims, self.now, seen=self.seen, **wanted)
        if found is None:
            raise NotSignedIn
        viewer, row = found
        self._beside = (beside.of, row) if beside else None
        self.epoch = viewer.policy_epoch
        return viewer

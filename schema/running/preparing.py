"""What must stand before anything is served: the tables of this version, a fit role, the demo."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.tables import NATIONAL, PLATFORM
from migrations import standing
from resolvers.running.roles import NO_ANSWER_WRAPPED, Unfit, refuse_an_owner, serving_role, why
from resolvers.running.settings import Settings
from schema.running.opening import say

if TYPE_CHECKING:
    from resolvers.ground.database import Transaction


async def bring_up_to_date(settings: Settings, owner_url: str | None) -> None:
    """Migrate where the owner's address is given, and refuse what must not be served."""
    app_url = str(settings.database_url)
    role = await serving_role(app_url)
    if owner_url is not None:
        say("Bringing the tables up to date …")
        try:
            await standing.bring_up_to_date(owner_url, role.name)
        except NO_ANSWER_WRAPPED as error:
            raise Unfit(f"The owner could not migrate the database: {why(error)}.") from error
        await _seed_calendar(owner_url)
    await must_be_of_this_version(app_url)
    await refuse_an_owner(app_url)


async def _seed_calendar(owner_url: str) -> None:
    """The national days that are missing: the owner alone writes them."""
    from resolvers.ground.database import Database
    from resolvers.time.calendars import seed_national

    database = await Database.connect(owner_url, most=1)
    try:
        async with database.transaction(NATIONAL) as transaction:
            await seed_national(transaction)
    finally:
        await database.close()


async def is_behind(url: str) -> bool:
    """Whether the tables are not, or not only, those that this code knows.

    Raises: Unfit: the database cannot be read.
    """
    try:
        return await standing.pending(url)
    except NO_ANSWER_WRAPPED as error:
        raise Unfit(f"The database cannot be read: {why(error)}.") from error


async def must_be_of_this_version(url: str) -> None:
    """Raises: Unfit: the tables are not, or not only, those that this code knows."""
    if await is_behind(url):
        raise Unfit(
            "The database's tables are not those of this version. Give GUIJU_OWNER_DATABASE_URL "
            "beside GUIJU_DATABASE_URL, or run `guiju migrate` with both."
        )


@dataclass(frozen=True)
class Told:
    """What a command says: what is wrong, or what it did."""

    complaints: list[str]
    lines: list[str]


def found_institution(
    settings: Settings, new: tuple[str, str, str, list[tuple[str, str]], str]
) -> Told:
    """Make an institution on a database that is up to date, as the serving role."""
    from policies.vocabulary import shipped
    from resolvers.ground.keys import new_id
    from resolvers.office.founding import Founding, found
    from resolvers.running.services import office_now

    async def make(transaction: "Transaction") -> list[str]:
        made = await found(transaction, Founding(*new), shipped(), office_now(), new_id)
        told = [f"{new[0]} {new[1]}", "One-time links, each for seven days and one use:"]
        return [*told, *(f"  {each.name}  {each.account}  {each.link}" for each in made)]

    return _at_the_server(settings, make, make=True)


def break_glass(settings: Settings, given: tuple[str, str, str, str, str]) -> Told:
    """Give an office back somebody to administer it, as the serving role."""
    from policies.vocabulary import shipped
    from resolvers.ground.keys import new_id
    from resolvers.office import glass
    from resolvers.running.services import office_now

    async def breaks(transaction: "Transaction") -> list[str]:
        asked = glass.Breaking(*given)
        link = await glass.break_glass(transaction, asked, shipped(), office_now(), new_id)
        return ["One-time link, for seven days and one use:", f"  {given[1]}  {link}"]

    return _at_the_server(settings, breaks)


def _at_the_server(
    settings: Settings, act: "Callable[[Transaction], Awaitable[list[str]]]", *, make: bool = False
) -> Told:
    """What an act says that is done here and by no API, or everything that is wrong with it."""
    from domain.errors import Refused
    from domain.messages import ZH
    from resolvers.ground.database import Database
    from schema.ground.errors import sentence
    from schema.running import serve

    async def done(served: Settings, owner_url: str | None) -> Told:
        await bring_up_to_date(served, owner_url)
        database = await Database.connect(str(served.directly.database_url), most=1)
        try:
            async with database.transaction(PLATFORM) as transaction:
                return Told([], await act(transaction))
        except Refused as refused:
            wrong = refused.problems or (refused,)
            return Told([sentence(each.code, each.details, ZH) for each in wrong], [])
        finally:
            await database.close()

    return serve.alone(settings, done, make=make)


async def load_demo(owner_url: str | None) -> None:
    if owner_url is None:
        say("The demo offices are the owner's to load: left as they are.")
        return
    from resolvers import demo

    say("Loading the demo offices …")
    await demo.load(owner_url)

"""What must stand before anything is served: the tables of this version, a fit role, the demo."""

from migrations import standing
from resolvers.running.roles import NO_ANSWER_WRAPPED, Unfit, refuse_an_owner, serving_role, why
from resolvers.running.settings import Settings
from schema.running.opening import say


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
    await must_be_of_this_version(app_url)
    await refuse_an_owner(app_url)


async def must_be_of_this_version(url: str) -> None:
    """Raises: Unfit: the tables are not, or not only, those that this code knows."""
    try:
        behind = await standing.pending(url)
    except NO_ANSWER_WRAPPED as error:
        raise Unfit(f"The database cannot be read: {why(error)}.") from error
    if behind:
        raise Unfit(
            "The database's tables are not those of this version. Give GUIJU_OWNER_DATABASE_URL "
            "beside GUIJU_DATABASE_URL, or run `guiju migrate` with both."
        )


async def load_demo(owner_url: str | None) -> None:
    if owner_url is None:
        say("The demo offices are the owner's to load: left as they are.")
        return
    from resolvers import demo

    say("Loading the demo offices …")
    await demo.load(owner_url)

"""The commands about institutions: made here, and given back somebody to administer them."""

from typing import Annotated

import typer

from resolvers.running import settings as environment
from schema.running.opening import report

app = typer.Typer(no_args_is_help=True, help="The institutions that are served.")


@app.command("create")
def create_institution(
    code: Annotated[str, typer.Option(help="What stands behind the @ of its accounts.")],
    name: Annotated[str, typer.Option(help="What it is called, and its first unit.")],
    founder: Annotated[list[str], typer.Option(help="Name:account, twice: 王芳:wang.fang")],
    name_en: Annotated[str, typer.Option(help="In English; the name when absent.")] = "",
    second: Annotated[
        str, typer.Option(help="The role that is a second person to administrators: director.")
    ] = "",
) -> None:
    """Make an institution; its founders' one-time links are printed, and kept nowhere.

    The code `platform` makes the institution that runs the others, with one administrator or more.
    """
    from schema.running.preparing import found_institution

    founders = [(each.partition(":")[0], each.partition(":")[2]) for each in founder]
    told = found_institution(environment.read(), (code, name, name_en, founders, second))
    report(told.complaints, "\n".join(told.lines))


@app.command("break-glass")
def break_glass(
    code: Annotated[str, typer.Option(help="Its code: hrss-bureau.")],
    account: Annotated[str, typer.Option(help="Whose: wang.fang@hrss-bureau.")],
    role: Annotated[str, typer.Option(help="system_admin, policy_admin or audit_admin.")],
    reason: Annotated[str, typer.Option(help="Why; everybody who administers is told.")],
) -> None:
    """Give an office that nobody can administer any more one of its people back, on the ledger.

    They are appointed if they are not, and get a one-time link. No hard rule is lifted.
    """
    from getpass import getuser

    from schema.running import preparing

    told = preparing.break_glass(environment.read(), (code, account, role, reason, getuser()))
    report(told.complaints, "\n".join(told.lines))

"""The `guiju` command: a thin wrapper around what the house can do."""

import asyncio
import signal
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolvers.running import settings as environment
from resolvers.running.postgres_server import Stopped
from schema.running import backups, institutions, proofs
from schema.running import serve as serving
from schema.running.opening import report

if TYPE_CHECKING:
    from domain.rulebook import Rulebook

SCHEMA = environment.CHECKOUT / "schema.graphql"
DOCS = environment.CHECKOUT / "docs"
CODES, CHANGES, LANDED = DOCS / "codes.md", DOCS / "changes.md", DOCS / "schema-landed.graphql"

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.command()
def serve(demo: Annotated[bool, typer.Option(help="Load the demo offices first.")] = False) -> None:
    """Start the database, migrate it, and serve GraphQL until stopped."""
    serving.serve(environment.read(**({"demo": True} if demo else {})))


@app.command()
def work() -> None:
    """Run the clocks and the recurring duties alone, beside servers that leave them to others."""
    serving.work(environment.read())


@app.command()
def demo() -> None:
    """Load the demo offices; running it again changes nothing."""
    from schema.running.preparing import load_demo

    _with_owner(load_demo)


@app.command()
def migrate() -> None:
    """Bring the tables up to date as the owner and grant the serving role its rights."""

    async def nothing_more(owner_url: str | None) -> None:
        pass

    _with_owner(nothing_more)


@app.command()
def check() -> None:
    """Analyse the rulebooks and what is said of personal data: a complaint not listed fails."""
    from policies import personal
    from policies.check import complaints, undeclared

    if undeclared():
        report(undeclared(), "")
        return
    from schema.pages.personal import forms

    found = [*complaints(), *personal.complaints(forms())]
    report(found, "The rulebooks are in order.")


@app.command()
def words(
    names: Annotated[list[str] | None, typer.Argument(help="Register, Thing.")] = None,
) -> None:
    """Print what an area is declared with: each word, its options and what they mean."""
    from schema.words import described

    print("\n".join(described(names or ())))


app.add_typer(institutions.app, name="institution")


class Format(StrEnum):
    """How a matrix is printed."""

    MARKDOWN = "markdown"
    XLSX = "xlsx"


@app.command()
def matrix(
    institution: Annotated[str, typer.Option(help="Its code: hrss-bureau.")],
    area: Annotated[str | None, typer.Option(help="One area alone: leave.")] = None,
    as_: Annotated[Format, typer.Option("--format", help="How.")] = Format.MARKDOWN,
    output: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day.")] = None,
    language: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    stored: Annotated[
        bool, typer.Option(help="The rulebook in force in the database, not the shipped one.")
    ] = False,
) -> None:
    """Print who approves what at an institution: kinds by levels, with limits and clauses."""
    from resolvers.rules import matrices
    from resolvers.running.services import office_now
    from schema.running.preparing import must_be_of_this_version

    day = (on or office_now()).date()
    try:
        if stored:

            async def stored_book(served: environment.Settings, _: str | None) -> "Rulebook":
                url = str(served.database_url)
                await must_be_of_this_version(url)
                return await matrices.stored_rulebook(url, institution, day)

            book = serving.alone(environment.read(), stored_book)
        else:
            book = matrices.rulebook(institution)
        found = matrices.sheets(book, day, language, area)
        found += matrices.act_sheets(book, day, language, area)
        if as_ is Format.XLSX:
            content = matrices.workbook(found)
        else:
            content = matrices.markdown(matrices.name_of(institution, language), found).encode()
    except matrices.NotPrinted as error:
        report([str(error)], "")
        return
    if output is None and as_ is Format.XLSX:
        output = Path(f"{institution}.xlsx")
    if output is None:
        sys.stdout.write(content.decode())
    else:
        output.write_bytes(content)
        print(f"{output} is written.")


class Shape(StrEnum):
    """How the coverage is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"


@app.command()
def coverage(
    as_: Annotated[Shape, typer.Option("--format", help="How.")] = Shape.TEXT,
    language: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    area: Annotated[str, typer.Option(help="List what of it is not yet enforced.")] = "",
    institution: Annotated[str, typer.Option(help="Of this one alone, with an area.")] = "",
) -> None:
    """Count what becomes of every clause: enforced or not, by institution and by area."""
    from policies import coverage as counted

    if area:
        sys.stdout.writelines(counted.listed(area, institution))
        return

    printed = {
        Shape.TEXT: counted.plain,
        Shape.MARKDOWN: counted.markdown,
        Shape.CSV: counted.comma_separated,
    }
    sys.stdout.write(printed[as_](counted.tables(language)))


app.command("verify-ledger")(proofs.verify_ledger)
app.command()(proofs.heads)
app.command("signing-keys")(proofs.signing_keys)
app.command("verify-receipt")(proofs.verify_receipt)
app.command()(backups.backup)
app.command()(backups.restore)
app.command("rotate-keys")(backups.rotate_keys)


@app.command("export-schema")
def export_schema(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a committed file differs.")
    ] = False,
) -> None:
    """Write schema.graphql and the pages of codes, areas and records: what clients build on.

    The schema counts as landed too, unless it breaks what docs/changes.md does not name; a code
    that is gone must be named there before the page of codes is written without it.
    """
    from schema.app import sdl
    from schema.pages import pages
    from schema.running.changes import bare
    from schema.running.codes import codes_page

    told = sdl()
    stale, files = _misused_codes(), [(SCHEMA, told)]
    if not stale:
        files.append((CODES, codes_page(CHANGES.read_text(encoding="utf-8"))))
    if not _breaking(told):
        files.append((LANDED, bare(told)))
    files += [(DOCS / name, page) for name, page in pages().items()]
    for file, printed in files:
        if not check:
            file.parent.mkdir(exist_ok=True)
            file.write_text(printed, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != printed:
            stale.append(f"{file.name} is not what the code says: run `guiju export-schema`.")
    report(stale, "The schema and the codes are as committed." if check else "Written.")


@app.command("check-changes")
def check_changes() -> None:
    """Fail on what breaks a client of the landed schema or codes and docs/changes.md lacks."""
    found = _breaking(SCHEMA.read_text(encoding="utf-8"))
    report(
        [*(f"docs/changes.md lacks: - {each}" for each in found), *_misused_codes()],
        "What breaks clients is named in docs/changes.md.",
    )


def _breaking(printed: str) -> list[str]:
    from schema.running.changes import unnamed

    return unnamed(LANDED.read_text(encoding="utf-8"), printed, CHANGES.read_text(encoding="utf-8"))


def _misused_codes() -> list[str]:
    from policies.messages import MESSAGES
    from schema.running.changes import misused

    landed = CODES.read_text(encoding="utf-8")
    return misused(landed, MESSAGES, CHANGES.read_text(encoding="utf-8"))


def _with_owner(act: serving.OwnersAct) -> None:
    """Do what only the owner may, on a database that is up to date."""
    from resolvers.running.roles import Unfit
    from schema.running.preparing import bring_up_to_date

    settings = environment.read()
    if not settings.embedded and settings.owner_database_url is None:
        raise Unfit("Only the owner may do this: give GUIJU_OWNER_DATABASE_URL too.")

    async def up_to_date(served: environment.Settings, owner_url: str | None) -> None:
        await bring_up_to_date(served, owner_url)
        await act(owner_url)

    serving.alone(settings, up_to_date, make=True)


def main() -> None:
    """Run a command; what an operator can put right is said in a sentence, without a traceback."""
    # Until something of ours runs, Ctrl-C ends the process: raised amid an import, it may be lost.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        app()
    except (asyncio.CancelledError, KeyboardInterrupt, Stopped):
        print("Stopped before it was ready.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        from schema.running.endings import ending

        told = ending(error)
        if told is None:
            raise
        code, sentence = told
        print(sentence, file=sys.stderr)
        sys.exit(code)


if __name__ == "__main__":
    main()

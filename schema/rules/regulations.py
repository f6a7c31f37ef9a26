"""Regulations in the API: what an office's register names, and each article beside its rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault
from domain.rules.articles import articles
from domain.rules.cites import carried, unaccounted
from resolvers.files import contents
from resolvers.rules import regulations as texts
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.acts import within
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.nodes import FINDERS, Node
from schema.ground.rows import told
from schema.office.administering import by_two
from schema.rules.clauses import Clause, clause_of

CODE = "The regulation's id, as cites begin with it: attendance-measures."


@strawberry.type
class RegulationUpload:
    """A version of a regulation's full text, as somebody uploaded it."""

    version: Annotated[int, "1 for the first upload."]
    uploaded_at: Annotated[datetime, "When it was uploaded."]
    uploaded_by: Annotated[str, "The name of who uploaded it."]
    sha256: Annotated[str, "The digest of the text, as the ledger has it."]
    characters: Annotated[int, "How long the text is."]


@strawberry.type
class Regulation(Node):
    """A regulation of an office, as its register of clauses knows it."""

    id: Annotated[strawberry.ID, "Opaque and global."]
    institution: Annotated[str, "The institution's code."]
    regulation: Annotated[str, CODE]
    title: Annotated[str, "Its title."]
    areas: Annotated[list[str], "The areas that its clauses belong to."]
    clause_count: Annotated[int, "How many of its clauses are registered."]
    uploaded: Annotated[
        RegulationUpload | None, "The newest upload of its text; null where there is none."
    ]


@strawberry.type
class Article:
    """A numbered passage of a regulation's text, and the clauses that cite it."""

    label: Annotated[str, "Its number within the whole: 三(二)1."]
    heading: Annotated[str, "The unnumbered heading that it stands under."]
    text: Annotated[str, "Its own words, up to the next number."]
    clauses: Annotated[list[Clause], "The clauses that it carries."]


@strawberry.type
class RegulationInFull:
    """A regulation with its text cut into articles, each beside its rules."""

    regulation: Annotated[Regulation, "What the register says of it."]
    uploaded: Annotated[RegulationUpload | None, "The upload shown here."]
    text: Annotated[str | None, "The whole text; null where there is none."]
    articles: Annotated[list[Article], "In the order of the text."]
    unmatched: Annotated[
        list[Clause], "Clauses whose number the text does not have; all of them without a text."
    ]
    unaccounted: Annotated[
        list[Article],
        "Articles of which no clause speaks, nor of what holds them: no row accounts "
        "for what they say.",
    ]


async def regulations(info: Info, institution: str) -> list[Regulation]:
    """The regulations that an institution's register names, in its order."""
    living = await info.context.rulebook(institution)
    uploads = await texts.latest(info.context, institution)
    return [
        _regulation(living, each, uploads.get(code))
        for code, each in texts.of_register(living).items()
    ]


async def _found(info: Info, key: str) -> Regulation | None:
    """A regulation by `<institution>:<id>`."""
    institution, _, code = key.partition(":")
    every = await regulations(info, institution)
    return next((each for each in every if each.regulation == code), None)


FINDERS["Regulation"] = _found


async def regulation(
    info: Info,
    institution: str,
    regulation: Annotated[str, CODE],
    version: Annotated[int | None, "An earlier upload; the newest when absent."] = None,
) -> RegulationInFull:
    """One regulation, each article of its uploaded text beside the rules that cite it."""
    living = await info.context.rulebook(institution)
    found = texts.known(living, regulation, "regulation")
    return await _in_full(info, living, found, version)


async def upload_regulation(
    info: Info,
    institution: Annotated[str, "The institution's code."],
    regulation: Annotated[str, CODE],
    text: Annotated[
        str | None, f"Plain text, at most {texts.LONGEST_REGULATION} characters; or an upload."
    ] = None,
    upload: Annotated[  # noqa: ARG001  # `_read` has read it
        UUID | None, Id("Upload"), "A TXT or DOCX that was uploaded and confirmed; or `text`."
    ] = None,
) -> None:
    """Keep the full text of a regulation, so that everybody sees each article beside its rules."""
    await texts.upload(info.context, institution, regulation, text or "")


async def _read(info: Info, told: dict[str, Any]) -> None:
    """Its text, out of the file that came instead."""
    if (told["text"] is None) == (told["upload"] is None):
        raise at_fault("ONE_OF_TWO", "input", "text", one="text", other="upload")
    if told["upload"]:
        told["text"] = await contents.text_of(info.context, told["upload"])
        told["upload"] = None


async def _uploaded(info: Info, answer: Any) -> RegulationInFull:
    living = await info.context.rulebook()
    found = texts.known(living, answer["regulation"], "input", "regulation")
    return await _in_full(info, living, found, answer["version"])


async def _in_full(
    info: Info, living: LivingRulebook, found: texts.Regulation, version: int | None
) -> RegulationInFull:
    institution = living.rulebook.institution
    uploads = await texts.latest(info.context, institution)
    upload = await texts.text_of(info.context, institution, found.id, version)
    text = upload["text"] if upload else None
    cut = articles(text) if text else ()
    placed, lost = carried(found.clauses, cut)
    shown = [
        told(Article, each, clauses=[clause_of(living, clause) for clause in placed.get(index, ())])
        for index, each in enumerate(cut)
    ]
    return RegulationInFull(
        regulation=_regulation(living, found, uploads.get(found.id)),
        uploaded=_upload(upload) if upload else None,
        text=text,
        articles=shown,
        unmatched=[clause_of(living, clause) for clause in lost],
        unaccounted=[shown[index] for index in unaccounted(cut, placed)],
    )


def _regulation(
    living: LivingRulebook, found: texts.Regulation, upload: Mapping[str, Any] | None
) -> Regulation:
    institution = living.rulebook.institution
    return Regulation(
        id=global_id("Regulation", f"{institution}:{found.id}"),
        institution=institution,
        regulation=found.id,
        title=found.title,
        areas=list(found.areas),
        clause_count=len(found.clauses),
        uploaded=_upload(upload) if upload else None,
    )


def _upload(row: Mapping[str, Any]) -> RegulationUpload:
    return told(RegulationUpload, row, sha256=row["digest"].hex())


UPLOADED = within(
    _uploaded,
    "RegulationUploaded",
    "The text is kept as a version of its own.",
    regulation="With this version of its text.",
)
FIELDS = (
    query(regulations, "regulations.read"),
    query(regulation, "regulations.read"),
    by_two(
        upload_regulation,
        "regulations.upload",
        replay=UPLOADED,
        ready=_read,
        longest=texts.LONGEST_REGULATION + 100_000,
    ),
)

"""Drafts of an office's rulebook: begun on a version, changed line by line, judged beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import at_fault, invalid
from domain.records.act_findings import ActFinding, ActProblem
from domain.records.rule_changes import Comparison, Found, compared
from domain.rulebook import Rulebook
from domain.rules import wording
from domain.rules.findings import MatrixFinding
from domain.rules.tables import rulebook_drafts
from domain.vocabulary import Vocabulary
from policies.adopting import of_files
from policies.drafting import Change, Difference, Files, changed, differences, files_of, source_of
from policies.lines import Faults, RulebookError
from policies.loading import load
from policies.messages import MESSAGES
from resolvers.ground.aside import aside
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.rules.adopting import told_in
from resolvers.rules.authority import held_roles
from resolvers.rules.rulebook_rows import digest_of, read_version
from resolvers.rules.rulebooks import LAST
from resolvers.running.services import Services

MOST_LINES = 10_000
"""Of a draft: some four times what the longest shipped rulebook has."""

KNOWN: dict[Any, tuple[Comparison, Rulebook]] = {}
MOST_KNOWN = 4
"""Analyses of late: what is submitted or agreed to was looked at just before."""

ACT = "enact"
OF_ACTS = {
    ActProblem.GAP: "ACTS_GAP",
    ActProblem.DENIED_TOO: "ACTS_DENIED_TOO",
    ActProblem.UNREACHABLE: "ACTS_UNREACHABLE",
    ActProblem.VACANT_SEAT: "ACTS_VACANT_SEAT",
}
START = insertion(rulebook_drafts)
FIND = statement(
    "select * from rulebook_drafts where institution_id = :institution and id = :id for update"
)
SEE = statement("select * from rulebook_drafts where institution_id = :institution and id = :id")
LIST = statement("""
  select * from rulebook_drafts where institution_id = :institution
  order by at desc, id desc limit :most""")
CHANGE = statement("""
  update rulebook_drafts set files = cast(:files as jsonb), changed_at = :now
  where institution_id = :institution and id = :id""")
WAITS = statement("""
  select true from administrative_acts
  where institution_id = :institution and state = 'pending' and act = :act
    and given ->> 'draft' = :id limit 1""")
DIGEST = statement("""
  select digest from rulebook_versions
  where institution_id = :institution and version = :version""")


@dataclass(frozen=True)
class Draft:
    """A draft with the files of its base, and with its own."""

    id: UUID
    institution: str
    base: int
    before: Files
    files: Files
    row: Mapping[str, Any]

    @property
    def differences(self) -> list[Difference]:
        return list(differences(self.before, self.files))

    async def restores(self, context: Context) -> bool:
        """Whether it is what an earlier version was, to the line."""
        like = self.row["taken_from"]
        return like is not None and await files_in(context, like) == self.files

    @property
    def digest(self) -> bytes:
        return digest_of(source_of(self.institution, self.files))


async def files_in(context: Context, version: int) -> Files:
    """The files of a version of the viewer's office.

    Raises: Refused: RULEBOOK_VERSION_NOT_FOUND.
    """
    if not await context.value(DIGEST, version=version):
        raise at_fault("RULEBOOK_VERSION_NOT_FOUND", "input", "version", version=version)
    source = await read_version(context.transaction, context.viewer.institution, version)
    return files_of(source, context.services.vocabulary)


async def start(context: Context, like: int | None) -> Draft:
    """A draft on the newest version: as that stands, or with the lines of an earlier one."""
    await context.must_be_first()
    base, id_ = await context.value(LAST), context.services.new_id()
    before = await files_in(context, base)
    files = before if like is None else await files_in(context, like)
    row = {**context.signed, "id": id_, "base": base, "changed_at": context.now}
    row["taken_from"] = like
    row |= {"files": _kept(before, files), "version": None}
    await context.rows(START, rows=[row])
    await context.remember({"draft": str(id_)})
    await _record(context, "rulebook_draft_started", id_, base, files)
    return await one(context, id_)


async def one(context: Context, id_: UUID, *, changing: bool = False) -> Draft:
    """A draft; one that is to be changed is held, and must still be open.

    Raises: Refused: it is unknown, waits for a second person, was enacted, or its base is outdated.
    """
    words, home = context.services.vocabulary, context.viewer.institution
    draft = await read(context.transaction, home, id_, words, FIND if changing else SEE)
    if changing and await context.value(WAITS, id=str(id_), act=ACT):
        raise at_fault("DRAFT_WAITS", "input", "draftId")
    if changing:
        await must_be_open(context, draft)
    return draft


async def read(
    reading: Transaction, institution: str, id_: UUID, words: Vocabulary, find: Statement = SEE
) -> Draft:
    """A draft of an institution. Raises: Refused: DRAFT_NOT_FOUND."""
    row = await reading.row(find, institution=institution, id=id_)
    if row is None:
        raise at_fault("DRAFT_NOT_FOUND", "input", "draftId")
    return _draft(row, files_of(await read_version(reading, institution, row["base"]), words))


def _draft(row: Mapping[str, Any], before: Files) -> Draft:
    own = {file: tuple(map(tuple, lines)) for file, lines in row["files"].items()}
    files = {**before, **own}
    return Draft(row["id"], row["institution_id"], row["base"], before, files, row)


async def must_be_open(context: Context, draft: Draft) -> None:
    """Raises: Refused: it was enacted, or rules were changed since it was begun."""
    if draft.row["version"] is not None:
        raise at_fault("DRAFT_ENACTED", "input", "draftId", version=draft.row["version"])
    last = await context.value(LAST)
    said = [await context.value(DIGEST, version=each) for each in (draft.base, last)]
    if said[0] != said[1]:
        raise at_fault("BASE_OUTDATED", "input", "draftId", base=draft.base, last=last)


async def listed(context: Context, most: int) -> list[Draft]:
    """The latest first; a version that several are of is read once."""
    rows = await context.rows(LIST, most=most)
    bases = {base: await files_in(context, base) for base in {row["base"] for row in rows}}
    return [_draft(row, bases[row["base"]]) for row in rows]


async def change(
    context: Context, id_: UUID, changes: Sequence[Change], texts: Sequence[tuple[str, str]]
) -> Draft:
    """The draft with whole files as these texts have them, then with these lines changed.

    Raises: Refused: as `one` says; or a line cannot stand, with every fault, and nothing is
    changed.
    """
    await context.must_be_first()
    draft, faults = await one(context, id_, changing=True), Faults()
    files = dict(draft.files)
    words = context.services.vocabulary
    if texts:
        stated = files_of(of_files(draft.institution, texts, faults), words)
        files |= {name.removesuffix(".csv"): () for name, _ in texts} | stated
    files = changed(draft.institution, files, changes, faults)
    try:
        faults.raise_any()
        await book_of(context, draft.institution, files)
    except RulebookError as error:
        raise invalid(told_in(context, error.faults, "changes")) from error
    return await replaced(context, draft, files)


async def replaced(context: Context, draft: Draft, files: Files) -> Draft:
    """The draft with these files, which were checked."""
    id_ = draft.id
    await context.rows(CHANGE, id=id_, files=_kept(draft.before, files), now=context.now)
    await context.remember({"draft": str(id_)})
    await _record(context, "rulebook_draft_changed", id_, draft.base, files)
    return await one(context, id_)


async def book_of(
    context: Context,
    institution: str,
    files: Files,
    places: Mapping[str, Sequence[int]] | None = None,
) -> Rulebook:
    """The rulebook that files are, checked as shipped ones are.

    Raises: Refused: there are too many lines; RulebookError: a line cannot stand.
    """
    lines = sum(map(len, files.values()))
    if lines > MOST_LINES:
        raise at_fault("TOO_MANY_LINES", "input", "changes", lines=lines, limit=MOST_LINES)
    words = context.services.vocabulary
    return await aside(lambda: load(source_of(institution, files, places), words))


async def books(
    services: Services, draft: Draft, *, patient: bool = False
) -> tuple[Rulebook, Rulebook]:
    """The rulebook as it is without the draft, and with it; `patient` as `aside` has it."""
    living = await services.rulebooks.version(draft.institution, draft.base)
    source = source_of(draft.institution, draft.files)
    return living.rulebook, await aside(lambda: load(source, services.vocabulary), patient=patient)


async def analysed(context: Context, draft: Draft, on: date) -> tuple[Comparison, Rulebook]:
    """What the draft brings that the version in force has not, and the draft's rulebook.

    One that restores a version is not blocked by what was wrong with that while it was in force.

    Raises: Refused: TAKES_TOO_LONG, or the base is outdated.
    """
    await must_be_open(context, draft)
    held = await held_roles(context, draft.institution)
    key = draft.institution, await context.value(DIGEST, version=draft.base), draft.digest, on, held
    if key not in KNOWN:
        before, after = await books(context.services, draft)
        found = await aside(lambda: compared(before, after, on, held))
        while len(KNOWN) >= MOST_KNOWN:
            del KNOWN[next(iter(KNOWN))]
        KNOWN[key] = found, after
    found, after = KNOWN[key]
    if await draft.restores(context):
        found = replace(found, blocked=False, overtaken=())
    return found, after


def said(found: Found, book: Rulebook, language: str) -> str:
    """A finding in a sentence."""
    if isinstance(found, MatrixFinding):
        return wording.sentence(found, wording.speaker(book.vocabulary, book.register, language))
    if isinstance(found, ActFinding):
        thing = book.vocabulary.objects[found.thing].label
        about = {"object": thing, "region": found.region, "rules": " / ".join(found.rules)}
        return MESSAGES[OF_ACTS[found.problem]].say(language, about)
    roles = book.vocabulary.roles
    details = {k: roles[v].label if v in roles else v for k, v in found.details.items()}
    example = " ".join(f"{name}={value}" for name, value in found.example.items())
    return MESSAGES[found.problem.value].say(language, {**details, "example": example})


def _kept(before: Files, after: Files) -> dict[str, Any]:
    """The files that are not as they were."""
    names = dict.fromkeys((*before, *after))
    return {each: after.get(each, ()) for each in names if before.get(each) != after.get(each)}


async def _record(context: Context, event: str, id_: UUID, base: int, files: Files) -> None:
    me = context.viewer.person
    digest = digest_of(source_of(me.institution, files)).hex()
    content = {"draft": id_, "base": base, "digest": digest, "person": me.id, "name": me.name}
    await context.record(event, content)

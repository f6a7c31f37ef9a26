"""The papers that go with a form, matched by name with those that clauses demand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from re import split, sub
from typing import Any
from unicodedata import normalize

from domain.errors import Problem
from domain.rules.rows import unique
from domain.vocabulary import FactValue
from resolvers.rules.rulebooks import LivingRulebook

LONGEST_NAME = 200


@dataclass(frozen=True)
class Attachment:
    """A paper that goes with a form: its name and the SHA-256 of its content, in hexadecimal.

    `paper` is the demanded paper that it is, where its name does not say so.
    """

    name: str
    sha256: str
    paper: str | None = None

    @property
    def stored(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


def attachment_problems(attachments: Iterable[Attachment], *path: str) -> Iterator[Problem]:
    """What is wrong with the name or the sum of a paper."""
    for index, attachment in enumerate(attachments):
        where = ("input", *(path or ("attachments", str(index))))
        name = attachment.name
        if not name.strip() or len(name) > LONGEST_NAME or len(name.splitlines()) > 1:
            yield Problem("INVALID_FILE_NAME", (*where, "name"))
        if len(attachment.sha256) != 64 or set(attachment.sha256) - set("0123456789abcdef"):
            yield Problem("INVALID_SHA256", (*where, "sha256"))
        if attachment.paper is not None and not 0 < len(attachment.paper.strip()) <= LONGEST_NAME:
            yield Problem("INVALID_FILE_NAME", (*where, "paper"))


def papers_missing(
    living: LivingRulebook,
    kind: str,
    facts: Mapping[str, FactValue],
    attachments: Sequence[Attachment],
    on: date,
) -> Iterator[Problem]:
    """Each paper that a clause demands and no attachment is; a file serves one name alone."""
    demanded = [each for each in living.rulebook.documents_for(kind, on) if each.when.holds(facts)]
    served = matched(unique(name for each in demanded for name in each.documents), attachments)
    for each in demanded:
        for name in each.documents:
            if name not in served:
                details = {"documents": name}
                yield Problem("DOCUMENT_MISSING", ("input", "attachments"), each.clause, details)


def matched(names: Sequence[str], attachments: Sequence[Attachment]) -> Mapping[str, Attachment]:
    """As many of the names as the files can serve together, each by a file of its own."""
    taken: dict[int, str] = {}

    def serve(name: str, tried: set[int]) -> bool:
        for number, attachment in enumerate(attachments):
            if number not in tried and is_named(attachment, name):
                tried.add(number)
                if number not in taken or serve(taken[number], tried):
                    taken[number] = name
                    return True
        return False

    for name in names:
        serve(name, set())
    return {name: attachments[number] for number, name in taken.items()}


def is_named(attachment: Attachment, name: str) -> bool:
    """Whether a file is the paper: it says which it is, or its own name holds the paper's.

    Of 甲、乙或丙 any one will do, and what stands in brackets may be left out.
    """
    if attachment.paper is not None:
        return folded(attachment.paper) == folded(name)
    others = split("[、或]", name) if "或" in name else []
    called = folded(attachment.name)
    spelt = {folded(each) for each in (name, *others)}
    spelt |= {sub(r"\([^()]*\)", "", each) for each in spelt}
    return any(each in called for each in spelt if each)


def folded(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())

"""The papers that go with a form, matched by name with those that clauses demand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from domain.errors import Problem
from domain.vocabulary import FactValue
from resolvers.requests.rows import RequestView
from resolvers.rules.rulebooks import LivingRulebook


@dataclass(frozen=True)
class Attachment:
    """A paper that goes with a record: the upload that it is, its name, size and SHA-256.

    `paper` is the demanded paper that it is. Those from before files were kept have no upload.
    """

    name: str
    sha256: str
    paper: str | None = None
    upload: str | None = None
    size: int | None = None

    @property
    def stored(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class OutsideDocument:
    """The paper on which a body outside answered: its number, its day and its scan."""

    number: str
    dated: str
    name: str
    sha256: str
    upload: str


def papers_before(known: RequestView) -> tuple[Attachment, ...]:
    return tuple(Attachment(**each) for each in known.attachments)


def papers_missing(
    living: LivingRulebook,
    kind: str,
    facts: Mapping[str, FactValue],
    attachments: Sequence[Attachment],
    on: date,
) -> Iterator[Problem]:
    """Each paper that a clause demands and no attachment is; one serves all that name it."""
    for each in living.rulebook.documents_for(kind, on):
        for name in each.documents if each.when.holds(facts) else ():
            if not any(is_paper(attachment, name) for attachment in attachments):
                details = {"documents": name}
                yield Problem("DOCUMENT_MISSING", ("input", "attachments"), each.clause, details)


def is_paper(attachment: Attachment, name: str) -> bool:
    """Whether it was attached under the name; one from before there were files may bear it."""
    if attachment.paper is None and attachment.upload is None:
        return folded(name) in folded(attachment.name)
    return folded(name) == folded(attachment.paper or "")


def folded(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())

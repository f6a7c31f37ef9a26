"""Finding requests by what is written in them: pairs of neighbouring characters, lower-cased.

Chinese has no word boundaries, and pairs need no extension of the database.
"""

from collections.abc import Iterable
from unicodedata import normalize

from domain.approval.forms import confidential
from resolvers.requests.rows import RequestView


def pairs(text: str) -> list[str]:
    """The distinct pairs of neighbouring characters; a lone character is its own pair."""
    folded = "".join(normalize("NFKC", text).casefold().split())
    if len(folded) < 2:
        return [folded] if folded else []
    return sorted({folded[i : i + 2] for i in range(len(folded) - 1)})


def search_words(view: RequestView) -> list[str]:
    """What a request is found by: its number, applicant, unit and the texts of its form."""
    secret = confidential(view.procedure.form)
    said = (value for name, value in view.form.items() if name not in secret)
    texts = [view.number, view.applicant_name, view.unit_name, *_texts(said)]
    found = {pair for text in texts for pair in pairs(text[:500])}
    return sorted(found | {character for pair in found for character in pair})


def _texts(values: Iterable[object]) -> Iterable[str]:
    return (value for value in values if isinstance(value, str))


def camel(name: str) -> str:
    """A field's name as the API writes it: leave_reason is leaveReason."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)

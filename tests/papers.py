"""Papers that go with a form, called as the clauses that demand them call them."""

from functools import cache

from policies import loading

SUM = "0" * 64


def papers(*names: str) -> list[dict[str, str]]:
    """A file for each name."""
    return [{"name": f"{name}.pdf", "sha256": SUM} for name in names]


@cache
def demanded(institution: str, kind: str) -> list[dict[str, str]]:
    """A file for each paper that some clause of an office demands of a kind."""
    documents = [each for each in loading.shipped(institution).documents if each.kind == kind]
    return papers(*dict.fromkeys(name for each in documents for name in each.documents))

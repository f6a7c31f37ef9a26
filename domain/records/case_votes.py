"""A vote that a stage counts: by which rows, and what it comes to for the path."""

from decimal import Decimal

from domain.rulebook import Rulebook
from domain.shapes.paths import Transition
from domain.shapes.votes import EDGE, Ballot, Outcome, check, for_matter, outcome
from domain.vocabulary import FactValue

QUORATE, PASSED, SHARE = "meeting_quorate", "resolution_passed", "recommendation_share"
"""What a path may ask of a vote; a stage that asks for the share is told nothing else."""
BALLOTED = frozenset({QUORATE, PASSED, SHARE})
CARRIED = frozenset({"MAJORITY_MET", "QUORUM_MET", "QUORUM_OPEN"})
"""What is said of a count that need not be told to whom it does not carry."""


def voters(matter: str, book: Rulebook) -> str:
    """The body that votes on a matter, by the first line of its kind that gives a body the vote."""
    rows = [row for row in book.rows_by_kind.get(matter, ()) if row.act == "vote"]
    return min(rows, key=lambda row: row.order).role if rows else ""


def balloted(
    each: Transition, matter: str, ballot: Ballot, book: Rulebook
) -> tuple[dict[str, FactValue], Outcome]:
    """What a count comes to by the rows of the body; nothing where the text leaves it open.

    Raises:
        Refused: it is no count that can be, or no row says how the body votes.

    """
    check(ballot)
    found = outcome(for_matter(book.shapes.votes, voters(matter, book), matter), ballot)
    if SHARE not in each.when.regions:
        told = {QUORATE: found.quorate, PASSED: found.passed}
        return {name: value for name, value in told.items() if value is not None}, found
    # Of whom the half is, the text leaves open: a share counts where every reading agrees on it.
    of = ballot.eligible if found.passed else max(ballot.cast, 1)
    share = (Decimal(100) * ballot.in_favour / of).quantize(Decimal("0.000001"))
    agreed = found.passed is not None or EDGE in {each.code for each in found.remarks}
    return {SHARE: share} if agreed else {}, found

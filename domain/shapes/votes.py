"""Votes: when a body may decide, what carries a motion, and what the text leaves open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar

from domain.errors import Problem, Refused, at_fault, must_be_none
from domain.values.bounds import between
from domain.values.choices import Choice

QUORUM = ("QUORUM_MET", "QUORUM_MISSED")
MAJORITY = ("MAJORITY_MET", "MAJORITY_MISSED")
EDGE = "MAJORITY_EDGE_OPEN"


class Whole(StrEnum):
    """What a quorum or majority is a part of."""

    ELIGIBLE = "eligible"
    PRESENT = "present"
    VOTING = "voting"


@dataclass(frozen=True)
class Share:
    """A part of a whole that must be reached or, when strict, passed; None: that is open."""

    part: Fraction
    whole: Whole | None
    strict: bool | None

    def is_met(self, count: int, of: int) -> bool | None:
        if count == self.part * of > 0:
            return None if self.strict is None else not self.strict
        return of > 0 and count > self.part * of


@dataclass(frozen=True)
class Vote:
    """How a body decides a matter; an empty matter is any. None where the text is silent.

    A `secret` vote is cast on unsigned ballots 无记名; an open one by hand.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("meeting", "approval")
    id: str
    clause: str
    body: str
    matter: str
    due: tuple[str, ...]
    quorum: Share | None
    majority: Share | None
    written: bool | None
    secret: bool | None
    chair: str
    notice: str
    cadence: str
    minutes_by: str
    topics: tuple[str, ...]


class Voicing(Choice):
    """What those of a role do at a meeting, or after it, beside who decides there."""

    CONCERNED = "concerned", "与议题有关时到会: they come where a matter concerns them, uncounted."
    HEARD = "heard", "须发表意见: they are heard before it is resolved, in writing where absent."
    CARRIES_OUT = "carries_out", "组织实施: what was resolved there is left to them."


@dataclass(frozen=True)
class Voice:
    """Who comes to a body, or is heard on a matter; an empty matter is any."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("meeting", "role")
    id: str
    clause: str
    body: str
    matter: str
    who: tuple[str, ...]
    effect: Voicing


@dataclass(frozen=True)
class Ballot:
    """A count. Written opinions are of who is not present, the last came in at `written_at`."""

    eligible: int
    present: int
    in_favour: int
    against: int = 0
    abstained: int = 0
    written_in_favour: int = 0
    written_at: datetime | None = None

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True)
class Remark:
    """Why the outcome is what it is; the sentence stands in `policies.messages`."""

    code: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    quorate: bool | None
    passed: bool | None
    votes: tuple[Vote, ...]
    remarks: tuple[Remark, ...]


def for_matter(votes: Iterable[Vote], body: str, matter: str | None) -> tuple[Vote, ...]:
    """The rows of a body that speak of a matter: its own before those of any matter.

    An untold matter is the only one for which figures are stated, or any where none are.

    Raises: Refused: no row names the body, or none speaks of the matter.
    """
    votes = tuple(votes)
    of_body = [vote for vote in votes if vote.body == body]
    if not of_body:
        known = dict.fromkeys(vote.body for vote in votes)
        raise _unknown("UNKNOWN_BODY", "body", body, known)
    general = [vote for vote in of_body if not vote.matter]
    matters = dict.fromkeys(vote.matter for vote in of_body if vote.matter)
    own = [vote for vote in of_body if vote.matter and vote.matter == matter]
    if matter is None and not general:
        stating = [vote for vote in of_body if vote.quorum or vote.majority]
        told = dict.fromkeys(vote.matter for vote in stating)
        own = [vote for vote in of_body if not stating or [*told] == [vote.matter]]
    if not own and not general:
        raise _unknown("UNKNOWN_MATTER", "matter", matter or "", matters)
    return (*own, *general)


def _unknown(code: str, field: str, given: str, known: Iterable[str]) -> Refused:
    details = {field: given[:40], "known": " ".join(known) or "-"}
    return at_fault(code, field, **details)


MOST_VOTERS = 100_000
"""More than any body or congress has."""


def check(ballot: Ballot) -> None:
    """Raises: Refused where figures are negative or there are more votes than voters."""
    limits = {
        "eligible": (ballot.eligible, 1, MOST_VOTERS),
        "present": (ballot.present, 0, ballot.eligible),
        "inFavour": (ballot.in_favour, 0, ballot.present),
        "against": (ballot.against, 0, ballot.present),
        "abstained": (ballot.abstained, 0, ballot.present),
        "writtenInFavour": (ballot.written_in_favour, 0, ballot.eligible - ballot.present),
    }
    problems = []
    for field, (count, least, most) in limits.items():
        if wrong := between(least, max(most, 0)).problem(count, field):
            problems.append(wrong)
    if not problems and ballot.cast > ballot.present:
        details = {"votes": ballot.cast, "present": ballot.present}
        problems.append(Problem("MORE_VOTES_THAN_VOTERS", ("inFavour",), details=details))
    must_be_none(problems)


def must_be_before(votes: Iterable[Vote], ballot: Ballot, met: datetime) -> None:
    """Written opinions that these rows count came in before the body met.

    Raises: Refused: the time of the last of them is untold, or too late.
    """
    clause = next((vote.clause for vote in votes if vote.written), None)
    if not (clause and ballot.written_in_favour):
        return
    if ballot.written_at is None:
        raise at_fault("REQUIRED", "writtenAt", clause=clause)
    if ballot.written_at >= met:
        raise at_fault("WRITTEN_OPINION_LATE", "writtenAt", clause=clause)


def outcome(votes: Sequence[Vote], ballot: Ballot) -> Outcome:
    """What a ballot comes to under these rows; a matter's own figures go before general ones."""
    quorums = _stated(votes, "quorum")
    majorities = _stated(votes, "majority")
    remarks: list[Remark] = []
    meets = [
        _remarked(QUORUM, vote.quorum, ballot.present, ballot.eligible, remarks)
        for vote in quorums
        if vote.quorum
    ]
    quorate = all(meets) if meets else None
    if quorate is None:
        remarks.append(Remark("QUORUM_OPEN", {}))
    carries = [
        _carried(vote, vote.majority, ballot, remarks) for vote in majorities if vote.majority
    ]
    passed = False if False in carries else None if None in carries or not carries else True
    if not carries:
        remarks.append(Remark("MAJORITY_OPEN", {}))
        passed = _whatever_the_majority(ballot, remarks) if votes else None
    if ballot.written_in_favour and not any(vote.written for vote in majorities):
        remarks.append(Remark("WRITTEN_NOT_COUNTED", {}))
    if quorate is False:
        remarks.append(Remark("NOT_QUORATE", {}))
        passed = False
    speaking = tuple(vote for vote in votes if vote in quorums or vote in majorities)
    return Outcome(quorate, passed, speaking or tuple(votes), tuple(remarks))


def _whatever_the_majority(ballot: Ballot, remarks: list[Remark]) -> bool | None:
    """Whether everybody or nobody is in favour, so that a majority need not be written."""
    if ballot.in_favour == ballot.eligible:
        remarks.append(Remark("ALL_IN_FAVOUR", {}))
        return True
    if ballot.in_favour + ballot.written_in_favour == 0:
        remarks.append(Remark("NOBODY_IN_FAVOUR", {}))
        return False
    return None


def _stated(votes: Sequence[Vote], share: str) -> tuple[Vote, ...]:
    """The rows that state a share: those of the matter itself, or else the general ones."""
    stating = [vote for vote in votes if getattr(vote, share)]
    return tuple([vote for vote in stating if vote.matter] or stating)


def _carried(vote: Vote, majority: Share, ballot: Ballot, remarks: list[Remark]) -> bool | None:
    """Whether a majority is met; where it is open of what or at its edge, only if readings agree.

    One of the readings leaves out who abstained.
    """
    written = ballot.written_in_favour if vote.written else 0
    count = ballot.in_favour + written
    wholes = {
        Whole.ELIGIBLE: ballot.eligible,
        Whole.PRESENT: ballot.present + written,
        Whole.VOTING: ballot.cast + written,
    }
    decided = ballot.cast - ballot.abstained + written
    readings = [wholes[majority.whole]] if majority.whole else [*wholes.values(), decided]
    met = {majority.is_met(count, whole) for whole in readings}
    if met == {None}:
        remarks.append(Remark(EDGE, {"count": count, "part": majority.part}))
        return None
    if len(met) > 1:
        remarks.append(Remark("MAJORITY_OF_WHAT_OPEN", {}))
        return None
    return _remarked(MAJORITY, majority, count, readings[0], remarks)


def _remarked(
    codes: tuple[str, str], share: Share, count: int, of: int, remarks: list[Remark]
) -> bool:
    """Whether a share is met; a part of nobody never is."""
    met = share.is_met(count, of) is True
    needed = f"{'>' if share.strict else '≥'} {share.part} × {of}"
    remarks.append(Remark(codes[not met], {"count": count, "needed": needed}))
    return met

"""Secret ballots 无记名投票: how many voted how, and nothing of who did.

The votes of a ballot are one sum from the first to the last. Who has voted stands elsewhere, and
nothing joins the two: the sum says when it was last added to, not by which choice.
"""

from dataclasses import astuple, dataclass, replace
from struct import Struct

from domain.errors import Refused
from domain.shapes.votes import Vote
from domain.values import choices

FEWEST = 3
"""Of fewer votes the count itself would tell too much."""

SUM = Struct(">3I")
"""Every sum is written in as many bytes, whatever it comes to."""


class Choice(choices.Choice):
    """How one votes; nothing keeps who did."""

    IN_FAVOUR = "in_favour", "赞成: for it."
    AGAINST = "against", "反对: against it."
    ABSTAINED = "abstained", "弃权: neither."


@dataclass(frozen=True)
class Tally:
    """A sum of votes."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    def plus(self, choice: Choice) -> "Tally":
        return replace(self, **{choice.value: getattr(self, choice.value) + 1})


def written(tally: Tally) -> bytes:
    return SUM.pack(*astuple(tally))


def read(content: bytes) -> Tally:
    return Tally(*SUM.unpack(content))


def must_hold_enough(votes: int) -> None:
    """Raises: Refused, where so few vote that the count would tell who voted how."""
    if votes < FEWEST:
        raise Refused("TOO_FEW_TO_BE_SECRET", minimum=FEWEST)


def must_be_cast_rightly(
    secrecy: Vote | None, counted: Tally | None, stated: Tally, *, on_paper: bool
) -> None:
    """Hold a count that somebody states against how the votes had to be cast.

    Raises: Refused: a vote that has to be secret was open, or the ballot came to something else.
    """
    if counted is not None and counted != stated:
        raise Refused("NOT_AS_COUNTED", **{name: getattr(counted, name) for name in Choice})
    if secrecy and secrecy.secret and counted is None and not on_paper:
        raise Refused("VOTE_IS_SECRET", clause=secrecy.clause)

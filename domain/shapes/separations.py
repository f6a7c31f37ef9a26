"""Separations: duties that one person may not join in one case, and how many people it takes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from domain.errors import Problem, must_be_none
from domain.vocabulary import Label

POSTS = "posts"
"""The subject of a row that speaks of seats which nobody holds at the same time."""


@dataclass(frozen=True)
class Separation:
    """`subject` is a kind, an object, an area, posts or empty; `least` how many people it takes."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("separation",)
    id: str
    clause: str
    subject: str
    duties: tuple[str, ...]
    least: int | None
    label: Label


@dataclass(frozen=True)
class Breach:
    """Who joins duties that are to be kept apart; nobody where there are only too few people."""

    separation: Separation
    person: str | None
    duties: tuple[str, ...]


def about(
    separations: Iterable[Separation], kind: str | None, area: str | None
) -> tuple[Separation, ...]:
    """The rows that speak of a kind of request: those of its own, of its area and of any."""
    return tuple(each for each in separations if each.subject in ("", kind, area))


def must_be_known(
    separations: Iterable[Separation],
    holders: Mapping[str, Collection[str]],
    roles: Collection[str],
) -> None:
    """Raises: Refused for a duty that is no role and that no row names, with those that rows do."""
    named = dict.fromkeys(duty for each in separations for duty in each.duties)
    must_be_none(
        Problem(
            "UNKNOWN_DUTY",
            ("holders", person),
            details={"duty": duty[:60], "known": " ".join(named) or "-"},
        )
        for person, duties in holders.items()
        for duty in duties
        if duty not in named and duty not in roles
    )


def breaches(
    separations: Iterable[Separation], holders: Mapping[str, Collection[str]]
) -> tuple[Breach, ...]:
    """Every breach when these people hold these duties; each breach once."""
    found = []
    for each in separations:
        held = {
            person: tuple(duty for duty in each.duties if duty in duties)
            for person, duties in holders.items()
        }
        if len(each.duties) > 1:
            found += [Breach(each, who, duties) for who, duties in held.items() if len(duties) > 1]
        people = sum(1 for duties in held.values() if duties)
        if each.least is not None and 0 < people < each.least:
            found.append(Breach(each, None, each.duties))
    return tuple(found)

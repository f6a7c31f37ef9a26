"""Checking a chain of the ledger from its beginning: every line, and every value beside it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.ledger import ALGORITHM, DESTROYED, Kept, chained, digest_of, seals


@dataclass(frozen=True)
class Entry:
    """One stored line of an institution's chain, counted from 1: every column that it has.

    `kept` is what lies beside it: the values behind its digests.
    """

    institution_id: str
    seq: int
    at: datetime
    event: str
    record: str
    previous: bytes
    hash: bytes
    request: str | None
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Head:
    """What the database says that the last line of a chain is."""

    seq: int
    hash: bytes


@dataclass(frozen=True)
class Broken:
    """A line that does not continue its chain or lacks its values, and why."""

    seq: int
    reason: str


@dataclass(frozen=True)
class Walk:
    """How far a chain was followed, so that nobody need hold the whole of it.

    `awaited` are the lines by number that are said to have destroyed values, and of which lines how
    many; `destroyed` is how many values are gone, by clause. `signed` are the digests by number
    that the institution has signed.
    """

    institution: str
    last: bytes = b""
    expected: int = 1
    awaited: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    destroyed: Mapping[str, int] = field(default_factory=dict)
    signed: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def unproven(self) -> tuple[int, int] | None:
        """The first and the last line that no signed head covers yet."""
        first, last = max(self.signed, default=0) + 1, self.expected - 1
        return (first, last) if first <= last else None


def follow(walk: Walk, entry: Entry) -> tuple[Walk, list[Broken]]:
    """The walk one line further, and what is wrong with the line.

    Its place says a line's number and its record the rest, so no column can be changed alone.
    """
    said = _said(entry.record)
    faults = [_fault(walk, entry, said), *_values(entry, said)]
    if walk.signed.get(entry.seq, frozenset()) - {entry.hash.hex()}:
        faults.append("its hash is not the one that was signed")
    awaited = dict(walk.awaited)
    for line, number in Counter(each.destroyed for each in entry.kept if each.destroyed).items():
        awaited[line] = {**awaited.get(line, {}), entry.seq: number}
    gone = awaited.pop(entry.seq, {})
    counted = _destroyed(said) if entry.event == DESTROYED else {}
    if gone != counted:
        faults.append("what it says to be destroyed is not what is gone by it")
    destroyed = dict(walk.destroyed)
    if counted:
        clause = str(said.get("clause"))
        destroyed[clause] = destroyed.get(clause, 0) + sum(counted.values())
    walk = replace(
        walk, last=entry.hash, expected=entry.seq + 1, awaited=awaited, destroyed=destroyed
    )
    return walk, [Broken(entry.seq, fault) for fault in faults if fault]


def ended(walk: Walk, head: Head | None) -> Iterator[Broken]:
    """What is wrong when a chain ends here; without the head, a tail cut off would not show."""
    for line, gone in walk.awaited.items():
        for seq in gone:
            yield Broken(seq, f"its values are gone, and no line {line} destroyed them")
    for seq in walk.signed:
        if seq >= walk.expected:
            yield Broken(seq, "it was signed, and is not there")
    if head is None and walk.expected > 1:
        yield Broken(walk.expected - 1, "no head says that it is the last")
    elif head is not None and head.seq != walk.expected - 1:
        yield Broken(walk.expected, f"the head says that line {head.seq} is the last")
    elif head is not None and head.hash != walk.last:
        yield Broken(head.seq, "its hash is not the one that the head says")


def verify(institution: str, entries: Iterable[Entry], head: Head | None) -> Iterator[Broken]:
    """Walk a chain from its beginning, and name each line that cannot stand where it stands."""
    walk = Walk(institution)
    for entry in entries:
        walk, broken = follow(walk, entry)
        yield from broken
    yield from ended(walk, head)


def _fault(walk: Walk, entry: Entry, said: Mapping[str, Any]) -> str | None:
    if entry.seq < walk.expected:
        return "it stands there twice"
    if entry.seq > walk.expected:
        return f"line {walk.expected} is missing"
    if entry.previous != walk.last:
        return "it does not follow the line before"
    if chained(entry.previous, entry.record) != entry.hash:
        return "its record was changed"
    stored = {"institution": walk.institution, "event": entry.event, "request": entry.request}
    wrong = [name for name, value in stored.items() if said.get(name) != value]
    if _moment(said.get("at")) != entry.at:
        wrong.append("at")
    return f"its record says otherwise of {', '.join(wrong)}" if wrong else None


def _values(entry: Entry, said: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the values of a line, none of which may lack, differ or be too many."""
    algorithm = said.get("algorithm")
    if algorithm not in (None, ALGORITHM):
        yield "it names an algorithm that nobody knows"
        return
    digests = dict(seals(said)) if algorithm else {}
    kept = {each.path: each for each in entry.kept}
    if len(kept) < len(entry.kept):
        yield "a value is kept twice"
    if kept.keys() - digests.keys():
        yield "a value is kept that it does not have"
    for path, digest in digests.items():
        each, where = kept.get(path), ".".join(path)
        if each is None:
            yield f"the value of {where} is missing"
        elif each.destroyed is None and digest_of(each) != digest:
            yield f"the value or the salt of {where} was changed"
        elif each.destroyed is not None and (each.salt, each.value) != (None, None):
            yield f"the value of {where} is there, and was destroyed"
        elif each.destroyed is not None and each.destroyed <= entry.seq:
            yield f"the value of {where} is gone by no later line"


def _destroyed(said: Mapping[str, Any]) -> dict[int, int]:
    """How many values of which lines a line says to be destroyed."""
    lines = said.get("lines")
    told = [each for each in lines if isinstance(each, dict)] if isinstance(lines, list) else []
    return {each.get("line", 0): each.get("values", 0) for each in told}


def _said(record: str) -> Mapping[str, Any]:
    try:
        said = json.loads(record)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None

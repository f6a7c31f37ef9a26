"""The roles that have a part of their own: climbed to, asked to sign, away, or named on a form."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from domain.vocabulary import Fact, FactType, Parts, Role, RoleClass
from policies.lines import Faults, Line

PARTS = ("part", "role", "of")
SEVERAL = ("none", "both")
"""What a fact says beside the roles when it tells of two: that neither is away, or both are."""


class Part(StrEnum):
    LADDER = "ladder"
    SIGNER = "signer"
    ABSENCE = "absence"
    HELD = "held"
    ABOVE = "above"
    OWN = "own"
    VOUCHING = "vouching"


BORNE_BY = {
    Part.LADDER: frozenset({RoleClass.SEAT, RoleClass.OUTSIDE}),
    Part.SIGNER: frozenset({RoleClass.FORM}),
    Part.ABSENCE: frozenset({RoleClass.SEAT}),
    Part.HELD: frozenset({RoleClass.SEAT}),
    Part.ABOVE: frozenset({RoleClass.SEAT}),
    Part.OWN: frozenset({RoleClass.FORM}),
    Part.VOUCHING: frozenset({RoleClass.FORM}),
}
"""The classes of role that may have a part."""


def parts_of(
    lines: Sequence[Line],
    roles: Mapping[str, Role],
    facts: Mapping[str, Fact],
    areas: Collection[str],
    faults: Faults,
) -> Parts:
    """The parts by role, in the order of the lines; what is wrong with them goes to the faults."""
    fitting = {part: [line for line in lines if line.fields[0] == part] for part in Part}
    for line in lines:
        if faults.word(line, "part", line.fields[0], {*Part}):
            check_role(line, Part(line.fields[0]), roles, faults)
    absences, held = (by_word(fitting[part], facts, faults) for part in (Part.ABSENCE, Part.HELD))
    above = by_word(fitting[Part.ABOVE], areas, faults)
    for fact, told in absences.items():
        check_absence(told, facts[fact], faults)
    for fact, told in held.items():
        if facts[fact].type is not FactType.BOOL:
            faults.add(told[-1], "of", "WRONG_FORMAT", expected="bool")
    must_stand_once("part", fitting[Part.SIGNER], faults, key=0)
    must_stand_once("role", [*fitting[Part.OWN], *fitting[Part.VOUCHING]], faults, key=1)
    return Parts(
        ladder=named(fitting[Part.LADDER]),
        signer=next(iter(named(fitting[Part.SIGNER])), ""),
        absences={fact: named(told) for fact, told in absences.items()},
        held={fact: named(told) for fact, told in held.items()},
        above={area: named(seats) for area, seats in above.items()},
        own=frozenset(named(fitting[Part.OWN])),
        vouching=frozenset(named(fitting[Part.VOUCHING])),
    )


def by_word(lines: Sequence[Line], known: Collection[str], faults: Faults) -> dict[str, list[Line]]:
    """The lines by the fact or the area that they are of."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if faults.word(line, "of", line.fields[2], known):
            found.setdefault(line.fields[2], []).append(line)
    return found


def named(lines: Collection[Line]) -> tuple[str, ...]:
    return tuple(line.fields[1] for line in lines)


def check_role(line: Line, part: Part, roles: Mapping[str, Role], faults: Faults) -> None:
    """A known role, of a class that may have the part; only some are of a fact or an area."""
    _, role, of = line.fields
    if faults.word(line, "role", role, roles) and roles[role].role_class not in BORNE_BY[part]:
        faults.add(line, "role", "WRONG_FORMAT", expected=" | ".join(sorted(BORNE_BY[part])))
    if part not in (Part.ABSENCE, Part.HELD, Part.ABOVE):
        faults.word(line, "of", of, ("",))


def check_absence(lines: Sequence[Line], fact: Fact, faults: Faults) -> None:
    """A fact tells of one role by yes or no, of two by the one that is away, none or both."""
    values = set(fact.values or ())
    one = len(lines) == 1 and fact.type is FactType.BOOL
    two = len(lines) == len(SEVERAL) and {*SEVERAL, *named(lines)} <= values
    if not one and not two:
        expected = "bool: 1 role; enum of both and none: 2 roles"
        faults.add(lines[-1], "of", "WRONG_FORMAT", expected=expected)


def must_stand_once(column: str, lines: Sequence[Line], faults: Faults, *, key: int) -> None:
    first: dict[str, Line] = {}
    for line in lines:
        earlier = first.setdefault(line.fields[key], line)
        if earlier is not line:
            faults.add(line, column, "DUPLICATE", earlier=earlier.number)

"""Whether seats may act in a case: Casbin's own rows, read once into an index of closures.

The answer is what `casbin.Enforcer.enforce` says on the same model and rows, far sooner.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import casbin

from domain.conditions.language import Condition
from domain.rules.rows import ALLOW, ANY, DENY, RuleRow
from domain.vocabulary import FactValue, Role

MODEL = Path(__file__).parent / "model.conf"
MOST_CLOSURES = 20_000
Facts = Mapping[str, FactValue]
Key = tuple[frozenset[str], str, str, str]
Entry = tuple[str, str, Condition]


def only_pycasbin() -> None:
    """Two distributions install the module `casbin`; the older one must not be beside ours."""
    try:
        older = version("casbin")
    except PackageNotFoundError:
        return
    raise RuntimeError(f"uninstall the distribution casbin {older}: it overwrites pycasbin")


only_pycasbin()


def model_of(rows: Iterable[RuleRow]) -> casbin.Model:
    """Casbin's model of these rows."""
    model = casbin.Model()
    model.load_model(str(MODEL))
    model["p"]["p"].policy.extend(list(row.fields) for row in rows)
    return model


def acting_as(roles: Mapping[str, Role]) -> Mapping[str, frozenset[str]]:
    """For each role the seats that may act in it: its own, or any of its members'."""

    def seats(code: str) -> frozenset[str]:
        role = roles.get(code)
        members = role.members if role else ()
        return frozenset({code}).union(*map(seats, members))

    return {code: seats(code) for code in roles}


class Authority:
    """The rows in force of one or more institutions, ready to answer."""

    def __init__(self, rows: Collection[RuleRow], roles: Mapping[str, Role]) -> None:
        self._acting_as = acting_as(roles)
        self._entries: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
        self._closures: dict[Key, Callable[[Facts], bool]] = {}
        conditions = {row.when.text: row.when for row in rows}
        assertion = model_of(rows)["p"]["p"]
        columns = [token.removeprefix("p_") for token in assertion.tokens]
        for fields in assertion.policy:
            p = dict(zip(columns, fields, strict=True))
            entry = p["role"], p["eft"], conditions[p["when"]]
            key = p["institution"], p["kind"]
            self._entries.setdefault(key, []).append((p["act"], entry))

    def may(
        self, seats: frozenset[str], institution: str, kind: str, act: str, facts: Facts
    ) -> bool:
        """Whether someone with these seats may do this act: some row allows it and none denies."""
        key = seats, institution, kind, act
        closure = self._closures.get(key)
        if closure is None:
            if len(self._closures) >= MOST_CLOSURES:
                self._closures.clear()
            closure = self._closures[key] = self._closure(*key)
        return closure(facts)

    def _closure(
        self, seats: frozenset[str], institution: str, kind: str, act: str
    ) -> Callable[[Facts], bool]:
        tests: dict[str, dict[str, Callable[[Facts], bool]]] = {ALLOW: {}, DENY: {}}
        for written, (role, effect, condition) in self._entries.get((institution, kind), ()):
            if written in (act, ANY) and self.holds_seat(seats, role) and effect in tests:
                tests[effect][condition.text] = condition.holds
        # what is denied is asked first
        answers = [(holds, False) for holds in tests[DENY].values()]
        answers += [(holds, True) for holds in tests[ALLOW].values()]

        def judge(facts: Facts) -> bool:
            for holds, answer in answers:
                if holds(facts):
                    return answer
            return False

        return judge

    def holds_seat(self, seats: frozenset[str], role: str) -> bool:
        """Whether someone with these seats acts in a role."""
        return role == ANY or holds_seat(self._acting_as, seats, role)


def holds_seat(acting: Mapping[str, frozenset[str]], seats: frozenset[str], role: str) -> bool:
    return not seats.isdisjoint(acting.get(role, (role,)))


def stock_enforcer(rows: Collection[RuleRow], roles: Mapping[str, Role]) -> Any:
    """Casbin's own enforcer on the same model and rows, to measure the index against."""
    acting = acting_as(roles)
    conditions = {row.when.text: row.when for row in rows}
    enforcer = casbin.Enforcer(model_of(rows))
    enforcer.add_function("holds_seat", lambda seats, role: holds_seat(acting, seats, role))
    enforcer.add_function("holds", lambda when, facts: conditions[when].holds(facts))
    return enforcer

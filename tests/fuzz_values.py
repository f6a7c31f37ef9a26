"""Values for fuzzed arguments: plausible ones of the right type, hostile ones, and wrong ones."""

import random
import re
from base64 import b64decode, b64encode
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from resolvers.running.services import office_now

KEY = "01890000-0000-7000-8000-000000000000"
LONGEST_LIST, REMEMBERED = 300, 60

TEXTS = [
    *(
        "",
        " ",
        "\u3000\u200b\n",
        "\x00",
        "a\x00b",
        "\x07",
        "\ud800",
        "x\udfffy",
        "\u2028",
        "\ufeff",
    ),
    *("\u202egnp.exe", "a\u2066b\u2069", "e\u0301", "👩‍👩‍👧‍👦", "\U0010ffff", "ﷺ" * 50, "İıſß"),
    *("%", "_", "\\", "'; drop table people; --", "{{7*7}}", "../../etc/passwd", "%s%n", "null"),
    *("鲁b·r0201", "鲁BR0201\n", "11010519491231002X", "１２３", "٣٠٠", "1_000", "1e30", "NaN"),
    *("长" * 2_001, "x" * 20_001, "e\u0301" * 5_000, "(" * 3_000, "office@*", "x" * 65, "-1"),
]
IDS = [
    *("", "x", "====", "U3RlcDo=", "🙂", "x" * 5_000, "\u2028", "\x00", "Og==", "1", KEY),
    *(f"{of}:{key}" for of in ("Request", "Step", "Seat", "Person", "Clause", "Moon", "", ":")
      for key in (KEY, "1", "", f"{KEY}:{KEY}", f"{KEY}:1", "a\x00b", "'; --", "\ud83d\ude42",
                  "hrss-bureau:attendance-duty/三(一)", "x" * 3_000, "9" * 400)),
]  # fmt: skip
"""Those with a colon are written as a global id first."""
CURSORS = [
    *("", "x", "W10=", "WzFd", "eyJhIjoxfQ==", "====", "WyIxIiwiMiJd", "WyIyMDI2IiwieCJd"),
    *(f'["{part}"{more}]' for part in ("0001-01-01", "9999-12-31T23:59:59+00:00", "-1", KEY, "x",
                                       "9" * 30, "\\u0000", "2026-03-02T09:00:00+08:00", "NaN")
      for more in ("", f', "{KEY}"', ', "1"', ', "x", "1"', f', "{KEY}", "{KEY}"')),
]  # fmt: skip
"""Those in brackets are encoded first."""
DATES = [
    *("0001-01-01", "9999-12-31", "1000-01-01", "1582-10-10", "1969-12-31", "2026-02-30"),
    *("2024-02-29", "2038-01-20", "2051-03-01", "2027-W40-1", "20261224", "2026-3-9", "", "x"),
    *("٢٠٢٦-٠٣-٠٩", "-001-01-01", "0000-01-01", "2026-13-01", "10000-01-01"),
]
MOMENTS = [
    *("0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59+00:00"),
    *("9999-12-31T23:59:59.999999-12:00", "2026-03-02T09:00:00", "2026-03-02T24:00:00+08:00"),
    *(
        "2026-03-02T23:59:60Z",
        "20261224T110000Z",
        "2026-03-02T09:00:00+23:59",
        "",
        "x",
        "2026-03-02",
    ),
    *("0001-01-01T07:59:59+08:00", "1900-12-31T15:54:17Z", "2026-03-02T09:00:00.1234567890+08:00"),
    *("2026-03-02T09:00:00-00:00", "9999-12-31T00:00:00+08:00", "1000-01-01T00:00:00Z"),
]
DECIMALS = [
    *("0", "-0", "-1", "-100", "1e30", "1e-16", "1e-400", "1e400", "9999.995", "0.00000000001"),
    *("9" * 16, "9" * 40, "9" * 41, "0." + "9" * 38, "1e28", "1E+5", "NaN", "sNaN", "Infinity"),
    *("1_000", "٣٠٠", " 1 ", "", "0x10", "１０", ".5", "5.", "+1", "1,000", "99999999.99"),
]
INTEGERS = [0, -1, 1, 2, 100, 101, 1_000, 65_536, 2_147_483_647, -2_147_483_648, 2**31, 2**63]
WRONG: list[Any] = [
    *(None, True, 0, -1, 1.5, 1e30, "", "x", [], [[]], {}, {"a": 1}, [None], [[[["x"]]]]),
    *(2**31, 10**40, "\x00", {"": None}, ["x"] * 3, {"__typename": "x"}),
]
SPOKEN = {
    **dict.fromkeys(("Draft", "Case", "Leave", "Correct", "Settle", "Subject"), "Request"),
    **dict.fromkeys(("Driver", "Leader", "Signer", "Mention", "To", "People", "Id"), "Person"),
}
"""The type that a name speaks of, where its last word is another."""
WORDS = {
    "sha256": "0" * 64,
    "name": "诊断证明.pdf",
    "paper": "诊断书",
    "number": "函〔2026〕1号",
    "clause": "三(一)",
}


def deep(levels: int) -> Any:
    value: Any = "x"
    for level in range(levels):
        value = {"a": value} if level % 2 else [value]
    return value


DOCUMENTS: list[Any] = [
    *(None, True, 0, -1, 1e30, 1e-30, 10**15, 10**25, "", "\x00", "\ud800", [], {}, [[]], {"": ""}),
    *({"days": "NaN"}, {"days": 1e308}, {"days": 10**30}, {"amount": "1e30"}, {"amount": -1}),
    *(deep(40), deep(300), list(range(3_000)), {f"k{n}": n for n in range(2_000)}, "x" * 50_000),
    *({"days": True}, {"days": [1]}, {"days": {"a": 1}}, {"a\x00b": 1}, {"days": "٣٠٠"}),
]


class Name(str):
    """A text that a document writes without quotation marks."""

    __slots__ = ()


def encoded(text: str) -> str:
    return b64encode(text.encode(errors="surrogatepass")).decode()


def _remembered() -> dict[str, deque[Any]]:
    return defaultdict(lambda: deque(maxlen=REMEMBERED))


@dataclass
class Pool:
    """What earlier answers told: ids by type, with who was told them, and texts by field."""

    ids: dict[str, deque[tuple[str, str | None]]] = field(default_factory=_remembered)
    words: dict[str, deque[Any]] = field(default_factory=_remembered)
    seats: dict[str, list[str]] = field(default_factory=dict)
    """By account, for many people sit in several and must say in which they ask."""

    def learn(self, answer: Any, account: str | None, name: str = "") -> None:
        if isinstance(answer, dict):
            for seat in answer.get("waitingFor") or ():
                for holder in seat.get("holders") or ():
                    self.ids["Step"].append((answer["id"], holder["account"]))
            for key, value in answer.items():
                self.learn(value, account, key)
        elif isinstance(answer, list):
            for each in answer[:20]:
                self.learn(each, account, name)
        elif isinstance(answer, str) and 0 < len(answer) < 500:
            kind = _type_of(answer)
            if kind == "Step":
                # Only those learned above can be decided by somebody.
                return
            if kind is not None:
                self.ids[kind].append((answer, account))
            else:
                self.words["after" if name.lower().endswith("cursor") else name].append(answer)


def _type_of(text: str) -> str | None:
    try:
        kind, colon, _ = b64decode(text, validate=True).decode().partition(":")
    except ValueError:
        return None
    return kind if colon and kind.isidentifier() else None


@dataclass
class Values:
    """Chooses the values of one call; `hostile` is how often a leaf means harm."""

    chance: random.Random
    pool: Pool
    hostile: float = 0.0
    account: str | None = None
    """Whoever was told of an id that the call names: the one to make it."""

    def __post_init__(self) -> None:
        days = self.chance.choice((-20, -3, -1, 0, 1, 2, 3, 5, 8, 20, 40))
        self.day = office_now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)

    def of(self, kind: Any, name: str) -> Any:
        """A value for an argument or input field of that name."""
        if self._means_harm() and self.chance.random() < 0.15:
            return self.chance.choice(WRONG)
        if isinstance(kind, GraphQLNonNull):
            return self.of(kind.of_type, name)
        if isinstance(kind, GraphQLList):
            return self._list(kind.of_type, name)
        if isinstance(kind, GraphQLInputObjectType):
            return self.fields(kind)
        if isinstance(kind, GraphQLEnumType):
            harm = self._means_harm() and self.chance.random() < 0.3
            return Name("NO_SUCH" if harm else self.chance.choice(list(kind.values)))
        if name == "idempotencyKey" and not self._means_harm():
            return str(UUID(int=self.chance.getrandbits(128)))
        plausible, hostile = SCALARS[kind.name]
        if self._means_harm():
            return self.chance.choice(hostile(self) if callable(hostile) else hostile)
        return plausible(self, name)

    def fields(self, kind: Any) -> dict[str, Any]:
        """An input: what it must hold, some of what it may, seldom less or more than it may."""
        given = {
            name: self.of(each.type, name)
            for name, each in kind.fields.items()
            if self.given(each, name)
        }
        if self._means_harm() and given and self.chance.random() < 0.2:
            del given[self.chance.choice(list(given))]
        if self._means_harm() and self.chance.random() < 0.1:
            given["noSuchField"] = 1
        return given

    def given(self, argument: Any, name: str) -> bool:
        """Whether it is given: what must be nearly always, what needs much else to fit seldom."""
        if isinstance(argument.type, GraphQLNonNull):
            return not (self._means_harm() and self.chance.random() < 0.05)
        if name == "asSeat":
            return self.chance.random() < 0.8
        kind = argument.type
        fits_seldom = (
            isinstance(kind, GraphQLList | GraphQLInputObjectType)
            or kind.name == "ID"
            or name == "expectedVersion"
        )
        return self.chance.random() < (0.1 if fits_seldom else 0.7)

    def _list(self, kind: Any, name: str) -> Any:
        if not self._means_harm():
            return [self.of(kind, name) for _ in range(self.chance.choice((1, 1, 1, 2, 3)))]
        one = self.of(kind, name)
        return self.chance.choice(([], [one] * 2, [one] * LONGEST_LIST, [None], [[one]], one))

    def _means_harm(self) -> bool:
        return self.chance.random() < self.hostile

    def id(self, name: str) -> str:
        """An id told before of the type that the name speaks of, to the one who calls."""
        if name == "asSeat" and self.pool.seats:
            if self.account not in self.pool.seats:
                self.account = self.chance.choice(list(self.pool.seats))
            return self.chance.choice(self.pool.seats[self.account])
        word = re.split(r"(?=[A-Z])", name.removesuffix("s").removesuffix("Id"))[-1].capitalize()
        known = [kind for kind, told in self.pool.ids.items() if told]
        spoken = [kind for kind in known if kind.endswith(SPOKEN.get(word, word))]
        if not known:
            return encoded(f"Request:{KEY}")
        told = self.pool.ids[self.chance.choice(spoken or known)]
        mine = [each for each in told if each[1] == self.account]
        given, account = self.chance.choice(mine if mine and self.account else told)
        if name and self.account is None and self.chance.random() < 0.9:
            self.account = account
        return given

    def text(self, name: str) -> str:
        seen = self.pool.words.get(name) or self.pool.words.get(name.removesuffix("s"))
        if name in WORDS and self.chance.random() < 0.7:
            return WORDS[name]
        return self.chance.choice(seen) if seen and self.chance.random() < 0.7 else "家中有事"

    def document(self) -> Any:
        """JSON with the names that kinds of requests give to their facts."""
        names = self.pool.words.get("name") or ["days"]
        facts = [1, "2", "100", True, "staff", "2026-12-01", "09:00"]
        return {self.chance.choice(names): self.chance.choice(facts) for _ in range(3)}

    def hostile_ids(self) -> list[str]:
        given = self.chance.choice(IDS)
        seen = self.id("")
        made = encoded(given) if ":" in given else given
        return [made, made, seen, seen[:-3], seen.swapcase(), f"{seen}=="]

    def hostile_texts(self) -> list[str]:
        cursor = self.chance.choice(CURSORS)
        seen = self.text("after")
        made = encoded(cursor) if cursor.startswith("[") else cursor
        return [self.chance.choice(TEXTS), self.chance.choice(TEXTS), made, seen, seen[:-2]]

    def moment(self, name: str) -> datetime:
        """On the day of the call; what ends comes after what begins."""
        later = bool(re.search(r"ends|returns|until|due|to$|by$", name, re.IGNORECASE))
        hours = self.chance.choice((9, 10, 14) if not later else (15, 17, 17 + 24, 17 + 72))
        return self.day.replace(hour=0) + timedelta(hours=hours)


Plausible = Callable[[Values, str], Any]
SCALARS: dict[str, tuple[Plausible, Any]] = {
    "ID": (Values.id, Values.hostile_ids),
    "String": (Values.text, Values.hostile_texts),
    "Int": (lambda values, _: values.chance.choice((1, 1, 1, 2, 2, 3, 5, 12, 50)), INTEGERS),
    "Boolean": (lambda values, _: values.chance.random() < 0.5, [True, False, None]),
    "Decimal": (lambda values, _: str(values.chance.choice((1, 2, "0.5", 100, 3000))), DECIMALS),
    "Date": (lambda values, name: str(values.moment(name).date()), DATES),
    "DateTime": (lambda values, name: values.moment(name).isoformat(), MOMENTS),
    "JSON": (lambda values, _: values.document(), DOCUMENTS),
    "KindCode": (
        lambda values, _: values.chance.choice(("LEAVE_SICK", "ROOM_BOOKING", "SEAL_USE")),
        ["", "leave.sick", "LEAVE_RETURN", 5, None, "X" * 300],
    ),
}

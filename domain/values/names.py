"""What names a thing, written one way: plates, document numbers, telephones, identity numbers.

A field declares what it `names`; its text is brought into that form before it is kept, compared or
looked up, and refused where it cannot be one. Brackets and numbers of documents follow GB/T 9704:
the year in 〔〕, no 第, no leading zeros. Identity numbers follow GB 11643.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

SEPARATORS = re.compile(r"[\s.·•・‧⋅∙‐‑–—−-]+")
PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    "[A-Z]·(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳领试超])"
)
TELEPHONE = re.compile(r"\+?[0-9]{3,15}(?:转[0-9]{1,6})?")
IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
SERIAL = re.compile(r"[A-Z0-9*][A-Z0-9*./-]*")
YEAR = re.compile(
    r"\s*[〔\[({（【［｛〖﹝〘〈⟨]\s*([0-9０-９]{4})\s*年?\s*[〕\])}）】］｝〗﹞〙〉⟩]"
    r"\s*第?\s*[0０]*([0-9０-９]+)\s*(?:[号號]|\Z)"
)
MINUS = re.compile("[‐‑–—−.]")
WHOLE = re.compile(r"1[3-9][0-9]{9}|[48]00[0-9]{7}|0[0-9]{9,11}|[2-9][0-9]{6,7}")
"""A telephone number that nothing is missing from: a mobile, a service, with its area, local."""

WEIGHTS = tuple(2**place % 11 for place in range(17, 0, -1))


class Names(StrEnum):
    """What a text names."""

    PLATE = "plate"
    SERIAL = "serial"
    TELEPHONE = "telephone"
    DOCUMENT = "document"
    IDENTITY = "identity"


@dataclass(frozen=True)
class Notation:
    """How a kind of name is brought into its form, whether a text is one, and what one is like."""

    written: Callable[[str], str]
    is_one: Callable[[str], bool]
    example: str


def canonical(names: Names, text: str) -> str:
    """The name as it is kept; a text that is none comes back as near to one as it can be."""
    return NOTATIONS[names].written(text)


def miswritten(names: Names, text: str) -> str | None:
    """What such a name is like, where a canonical text is none."""
    notation = NOTATIONS[names]
    return None if notation.is_one(text) else notation.example


def _closed_up(text: str) -> str:
    """Without spaces and marks between its parts, letters large, every sign in its plain form."""
    return SEPARATORS.sub("", normalize("NFKC", text)).upper()


def _plate(text: str) -> str:
    closed = _closed_up(text)
    return f"{closed[:2]}·{closed[2:]}" if len(closed) > 2 else closed


def _serial(text: str) -> str:
    return "".join(normalize("NFKC", text).split()).upper()


def _telephone(text: str) -> str:
    """Digits alone, an extension behind 转; the 86 of the country gives way to the area's 0."""
    plain = MINUS.sub("-", re.sub(r"[\s()]", "", normalize("NFKC", text))).strip("-")
    number, sign, extension = plain.replace("分机", "转").partition("转")
    if not sign and not WHOLE.fullmatch(_at_home(number)):
        number, sign, extension = number.rpartition("-")
        if not WHOLE.fullmatch(_at_home(number)):
            number, sign, extension = plain, "", ""
    return _at_home(number) + sign.replace("-", "转") + extension


def _at_home(number: str) -> str:
    """Without dashes, as it is dialled in the country."""
    digits = re.sub(r"\A(?:\+|00)?86(?=1[3-9][0-9]{9}\Z)", "", number.replace("-", ""))
    abroad = re.fullmatch(r"(?:\+|00)86([0-9]{9,12})", digits)
    if not abroad:
        return digits
    return abroad[1] if WHOLE.fullmatch(abroad[1]) else f"0{abroad[1]}"


def _document(text: str) -> str:
    """Document numbers inside the text in their form; the rest of it as it is."""

    def number(found: re.Match[str]) -> str:
        return f"〔{normalize('NFKC', found[1])}〕{normalize('NFKC', found[2])}号"

    return YEAR.sub(number, " ".join(text.split()))


def _is_identity(text: str) -> bool:
    if not IDENTITY.fullmatch(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False))
    return text[-1] == "10X98765432"[total % 11]


def _matches(shape: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: shape.fullmatch(text) is not None


NOTATIONS: Mapping[Names, Notation] = {
    Names.PLATE: Notation(_plate, _matches(PLATE), "鲁B·R0201"),
    Names.SERIAL: Notation(_serial, _matches(SERIAL), "LFPH4APC6P1A30201, 4G64S4M"),
    Names.TELEPHONE: Notation(_telephone, _matches(TELEPHONE), "13800000000, 06328123456转12"),
    Names.DOCUMENT: Notation(_document, bool, "人社函〔2026〕3号"),
    Names.IDENTITY: Notation(_closed_up, _is_identity, "11010519491231002X"),
}

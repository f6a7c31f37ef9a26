"""Kinds of request in the API: one code for each, from the vocabulary and an office's own rows."""

from typing import Annotated, Any

from domain.approval.forms import LONGEST_TEXT
from domain.errors import at_fault
from domain.vocabulary import OWN, Vocabulary, code_of, told_kind
from policies import vocabulary
from schema.ground.mirrors import enum_from
from schema.ground.scalars import KindCode

KINDS = vocabulary.shipped().kinds
RequestKind: Any = enum_from(
    "RequestKind",
    {
        **{
            code_of(kind.code): (kind.code, f"{kind.label.zh}; {kind.label.en}")
            for kind in KINDS.values()
        },
        OWN.upper(): (OWN, "本单位自设; the office's own: `kindCode` tells which"),
    },
    "One code for each kind of request: leave.personal is LEAVE_PERSONAL. Kinds that an office has "
    "by its own rows are OWN together, and `kindCode` tells them apart.",
)
CODE = "Its code, whoever has it: LEAVE_SICK, and OWN_TEA_BREAK where the kind is OWN."
ByCode = Annotated[KindCode | None, "The kind by its code: OWN_TEA_BREAK; with OWN or by itself."]


def kind_told(kind: str) -> dict[str, Any]:
    """A kind as the API names it, in its two fields."""
    return {"kind": RequestKind(told_kind(kind)), "kind_code": code_of(kind)}


def kind_named(words: Vocabulary, code: str, *at: str) -> str:
    """The kind of LEAVE_SICK, or of OWN_TEA_BREAK where an office has that.

    Raises: Refused: UNKNOWN_KIND.
    """
    kind = next((each for each in words.kinds if code_of(each) == code), None)
    if kind is None:
        raise at_fault("UNKNOWN_KIND", *at, kind=code[:LONGEST_TEXT])
    return kind


def kind_asked(words: Vocabulary, kind: Any, code: str | None, *at: str) -> Any:
    """The kind that is asked for in either way; none where none is.

    Raises: Refused: OWN does not say which, or the code is of none, or of another than is said.
    """
    if code is None:
        if kind is RequestKind.OWN:
            raise at_fault("REQUIRED", *at, "kindCode")
        return kind and kind.value
    found = kind_named(words, code, *at, "kindCode")
    if kind and kind.value != told_kind(found):
        raise at_fault("OTHER_KIND", *at, "kindCode", kind=words.kinds[found].label)
    return found

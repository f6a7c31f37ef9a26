"""Kinds of request in the API: one code for each, from the vocabulary and an office's own rows."""

from typing import Annotated, Any

import strawberry

from domain.approval.forms import LONGEST_TEXT
from domain.errors import at_fault
from domain.messages import EN
from domain.vocabulary import OWN, Label, Vocabulary, code_of, own_code, told_kind
from policies import vocabulary
from schema.ground.mirrors import enum_from
from schema.ground.scalars import KindCode

KINDS = vocabulary.shipped().kinds
CODES = {code_of(kind): kind for kind in KINDS}
"""Each kind that all offices know by the code that the API gives it."""

RequestKind: Any = enum_from(
    "RequestKind",
    {
        **{
            code_of(kind.code): (kind.code, f"{kind.label.zh}; {kind.label.en}")
            for kind in KINDS.values()
        },
        OWN.upper(): (OWN, "本单位自设; the office's own: `ownKind` tells which"),
    },
    "One code for each kind of request: leave.personal is LEAVE_PERSONAL. Kinds that an office has "
    "by its own rows are OWN, and `ownKind` names them.",
)
OF_OWN = "Which of the office's own kinds, where it is OWN: OWN_TEA_BREAK."
Own = Annotated[
    KindCode | None,
    strawberry.argument(description="One of the office's own kinds, with OWN or by itself."),
]


def kind_told(kind: str) -> dict[str, Any]:
    """A kind as the API names it, in its two fields."""
    return {"kind": RequestKind(told_kind(kind)), "own_kind": own_code(kind)}


def said(label: Label, language: str) -> str:
    return label.en if language == EN else label.zh


def kind_named(words: Vocabulary, code: str, *at: str) -> str:
    """The kind of LEAVE_SICK, or of OWN_TEA_BREAK where an office has that.

    Raises:
        Refused: UNKNOWN_KIND.

    """
    own = {own_code(kind): kind for kind in words.kinds}
    kind = CODES.get(code) or own.get(code)
    if kind is None:
        raise at_fault("UNKNOWN_KIND", *at, kind=code[:LONGEST_TEXT])
    return kind


def kind_asked(words: Vocabulary, kind: Any, own: str | None, *at: str) -> str | None:
    """The kind that is asked for in either way, if any is.

    Raises:
        Refused: OWN does not say which, or what is said with it is none of the office's own.

    """
    if own is None:
        if kind is RequestKind.OWN:
            raise at_fault("REQUIRED", *at, "ownKind")
        return kind.value if kind else None
    if kind not in (None, RequestKind.OWN):
        raise at_fault("OTHER_KIND", *at, "ownKind", kind=KINDS[kind.value].label)
    if own in CODES:
        raise at_fault("UNKNOWN_KIND", *at, "ownKind", kind=own)
    return kind_named(words, own, *at, "ownKind")

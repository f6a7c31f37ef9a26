"""Kinds of request in the API: one code for each, from the vocabulary."""

from typing import Any

from domain.messages import EN
from domain.vocabulary import Label
from policies import vocabulary
from schema.ground.mirrors import enum_from

KINDS = vocabulary.shipped().kinds


def code_of(kind: str) -> str:
    """leave.personal is LEAVE_PERSONAL."""
    return kind.upper().replace(".", "_")


CODES = {code_of(kind): kind for kind in KINDS}
"""Each kind by the code that the API gives it."""

RequestKind: Any = enum_from(
    "RequestKind",
    {
        code_of(kind.code): (kind.code, f"{kind.label.zh}; {kind.label.en}")
        for kind in KINDS.values()
    },
    "One code for each kind of request: leave.personal is LEAVE_PERSONAL.",
)


def said(label: Label, language: str) -> str:
    return label.en if language == EN else label.zh

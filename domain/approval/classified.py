"""Carriers of state secrets: what is kept of one is number, grade, holder, place and days alone."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from domain.approval.forms import form_fields

GRADES = ("secret", "confidential", "top_secret")
PLACE = "place"
NUMBER = re.compile(
    r"[A-Za-z\u3400-\u9fff]{0,12}[-/〔［\[(（]?[0-9０-９][-/0-9A-Za-z０-９〔〕［］\[\]()（）第号號]{0,40}"
)
"""A number: a few letters, then figures. 机密〔2026〕14号"""


def grade_of(values: Mapping[str, Any], *, carriers: bool) -> str | None:
    """Of which grade a network has to be that keeps this; None where it is about no carrier.

    What comes of an area that is about `carriers` is so whatever grade it states.
    """
    stated = values.get("secrecy")
    said = str(stated.value if isinstance(stated, Enum) else stated).lower()
    return said if said in GRADES else GRADES[0] if carriers else None


def suffices(recorded: str | None, needed: str) -> bool:
    return recorded is not None and GRADES.index(recorded) >= GRADES.index(needed)


def telling(form_type: type, values: Mapping[str, Any]) -> Iterator[str]:
    """The texts that are no number and no place: a title, a reason, whatever else tells of it."""
    for each in form_fields(form_type):
        text = values.get(each.name)
        if each.type is not str or each.name == PLACE or not isinstance(text, str):
            continue
        if text.strip() and not NUMBER.fullmatch(text.strip()):
            yield each.name

"""What each code means to a person: one sentence in Chinese, one in English.

Codes are the contract; `docs/codes.md` is generated from here. `{name}` marks a detail.
"""

from domain.messages import (
    access,
    cases,
    clocks,
    correspondence,
    delegation,
    evaluation,
    forms,
    meetings,
    party,
    requests,
    rules,
    shapes,
    vehicles,
    verbs,
)
from domain.messages.message import EN, ZH, Message

FAMILIES = (
    access,
    cases,
    clocks,
    correspondence,
    delegation,
    evaluation,
    forms,
    meetings,
    party,
    requests,
    rules,
    shapes,
    vehicles,
    verbs,
)
MESSAGES: dict[str, Message] = {
    code: message for family in FAMILIES for code, message in family.MESSAGES.items()
}

__all__ = ["EN", "FAMILIES", "MESSAGES", "ZH", "Message"]

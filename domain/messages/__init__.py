"""What each code means to a person: one sentence in Chinese, one in English.

Codes are the contract. `{name}` marks a detail. Those of areas are rows; `policies.messages` has
all of them, and `docs/codes.md` is generated from there.
"""

from domain.messages import (
    access,
    cases,
    checks,
    clocks,
    correspondence,
    delegation,
    files,
    forms,
    registers,
    requests,
    rosters,
    rounds,
    rules,
    shapes,
    sittings,
    statements,
    verbs,
)
from domain.messages.message import EN, ZH, Message

FAMILIES = (
    access,
    cases,
    checks,
    clocks,
    correspondence,
    delegation,
    files,
    forms,
    registers,
    requests,
    rosters,
    rounds,
    rules,
    shapes,
    sittings,
    statements,
    verbs,
)

__all__ = ["EN", "FAMILIES", "ZH", "Message"]

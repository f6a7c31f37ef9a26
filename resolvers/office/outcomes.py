"""What an administrative act came to, and how people read it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.messages import EN, ZH
from policies.messages import MESSAGES
from resolvers.ground.context import Context
from resolvers.rules.rulebooks import LivingRulebook

Said = dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """What an act came to: its answer as JSON, how people read it, whether it changes who decides.

    `told` is for whoever does it, and kept nowhere.
    """

    said: Said
    weighty: bool = False
    answer: Mapping[str, Any] = field(default_factory=dict)
    told: str = ""


Does = Callable[[Context, Mapping[str, Any], UUID], Awaitable[Outcome]]
"""An act: what it is asked with, and who asks."""


def sentence(living: LivingRulebook, code: str, details: Mapping[str, Any]) -> Said:
    """How an act is read, in both languages."""
    roles = living.vocabulary.roles
    known = roles.get(details.get("role", ""))
    said = {**details, "role": known.label} if known else dict(details)
    return {"zh": MESSAGES[code].say(ZH, said), "en": MESSAGES[code].say(EN, said)}

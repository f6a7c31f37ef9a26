"""Clocks that no rulebook states: the engine runs them for what the office does by its verbs."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from domain.conditions.language import ALWAYS
from domain.shapes.clocks import Clock, Direction, Expiry, OnExpiry, Span, Unit

RECORDED, CONFIRMED, MOOT = "consent.recorded", "consent.confirmed", "consent.withdrawn"
"""What happens to consent given by telephone."""


def confirmation(clause: str) -> Clock:
    """In three working days who consented by telephone confirms it in writing."""
    return Clock(
        id="consent-confirmation",
        clause=clause,
        event="电话同意",
        action="书面确认",
        within=Decimal(3),
        least=None,
        unit=Unit.WORKDAY,
        direction=Direction.AFTER,
        at=None,
        rollover="",
        when=ALWAYS,
        expiry="逾期未确认，报上一级",
        starts=(RECORDED,),
        stops=(CONFIRMED,),
        warn=Span(Decimal(1), Unit.WORKDAY),
        expires=Expiry(OnExpiry.ESCALATE),
    )


HOUSE: Mapping[str, Callable[[str], Clock]] = {"consent-confirmation": confirmation}
"""By the id of their row; each is told the clause under which it runs."""

"""Zones of hygiene 责任区: who answers for which part of the premises."""

from domain.approval.procedure import asked
from domain.records.things import Card, Thing


class Zone(Card):
    """责任区; a part of the premises and who answers for it."""

    name: str = asked("责任区", "The zone", longest=200)
    responsible: str = asked("责任者", "Who answers for it", longest=100)
    by_cleaner: bool = asked("由保洁员负责", "The cleaner answers for it", default=False)


ZONES = Thing("hygiene.zone", Zone, cards="hygiene_zones", named_by="name", unique=("name",))
ZONE = ZONES.reference
THINGS = (ZONES,)

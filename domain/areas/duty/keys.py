"""Keys of the duty room 值班室钥匙: in somebody's keeping, handed over by signature, never lent.

Regulations: 值班制度.
"""

from domain.approval.procedure import asked
from domain.records.things import Card, Custody, Thing


class DutyKey(Card):
    """值班室钥匙; a key of the duty room."""

    name: str = asked("名称", "What it is called", longest=100)


KEYS = Thing(
    "duty.key",
    DutyKey,
    cards="duty_keys",
    named_by="name",
    unique=("name",),
    custody=Custody(),
    cleared=("items_handed_over",),
)

"""What administrators ask for that waits for a second person, as the API shows it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.messages import EN
from domain.office.administration import CONFIRMED
from resolvers.office import (
    accounts,
    administering,
    delegations,
    depending,
    handover,
    identity,
    network,
    organising,
    reassigning,
)
from resolvers.office.administering import Ready
from resolvers.office.outcomes import Does
from resolvers.records import retention
from resolvers.rules import adopting, enacting
from schema.ground.fields import Info, is_after_write
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_from
from schema.ground.papers import Attachment
from schema.ground.rows import told
from schema.office.depending import WhatHangs, hanging

ACTS: Mapping[str, Does] = {
    "organise": organising.organise,
    "invite": accounts.invite,
    "disable": accounts.disable,
    "enable": accounts.enable,
    "clear_factor": accounts.clear_factor,
    "demand_factor": accounts.demand_factor,
    "set_provider": identity.set_provider,
    "drop_provider": identity.drop_provider,
    "grade_network": network.record_grade,
    "hand_over": handover.hand_over,
    "lend": delegations.lend,
    "end_loan": delegations.end,
    "reassign": reassigning.reassign,
    "cancel": reassigning.cancel,
    "adopt": adopting.adopt,
    "enact": enacting.enact,
    "destroy": retention.destroy,
}
"""What may wait for a second person, by the name that it is kept under."""

READY: Mapping[str, Ready] = {"enact": enacting.foreseen}

ActState: Any = enum_from(
    "AdministrativeActState",
    {
        "PENDING": ("pending", "待确认: it waits for a second person."),
        "CONFIRMED": ("confirmed", "已执行: it was done."),
        "DECLINED": ("declined", "未同意: it is not done."),
    },
    "What became of an administrative act.",
)


@strawberry.type
class MovedHangs:
    """What hangs on somebody whom an act moves."""

    name: Annotated[str, "Who moves, is appointed or leaves."]
    hangs: Annotated[WhatHangs, "For thirty days from then on."]


async def _hangs(root: strawberry.Parent["AdministrativeAct"], info: Info) -> list[MovedHangs]:
    if root.decided_at or is_after_write(info):
        return []
    living = await info.context.rulebook()
    found = await depending.hanging_on_those(info.context, root.act, root.given)
    return [MovedHangs(name=name, hangs=hanging(living, every)) for name, every in found]


@strawberry.type
class AdministrativeAct:
    """What one administrator asked for, and what another made of it."""

    act: strawberry.Private[str]
    given: strawberry.Private[Mapping[str, Any]]
    id: Annotated[strawberry.ID, "`confirmAct` and `declineAct` take it."]
    said: Annotated[str, "What is asked for, in a sentence."]
    asked_by: Annotated[str, "Who asked for it."]
    asked_at: Annotated[datetime, "When."]
    mine: Annotated[bool, "Whether the viewer asked for it."]
    state: Annotated[ActState, "What became of it."]
    decided_by: Annotated[str | None, "Who confirmed or declined it."]
    decided_at: Annotated[datetime | None, "When."]
    why: Annotated[str | None, "Why it was declined."]
    hangs: list[MovedHangs] = strawberry.field(
        resolver=_hangs,
        description="While it waits, what hangs on each whom it moves, if it is the viewer's to "
        "see: 20 people at most. Ask `administrativeActs`; what a mutation answers has none.",
    )
    draft_id: Annotated[
        strawberry.ID | None, "The draft that it puts into force: `rulebookDraft` shows it."
    ]
    file: Annotated[
        Attachment | None, "The document that adopted the draft, where it came as a file."
    ]


def act_of(info: Info, row: Mapping[str, Any]) -> AdministrativeAct:
    english = info.context.language == EN
    draft, paper = row["given"].get("draft"), row["given"].get("file")
    return told(
        AdministrativeAct,
        row,
        said=row["said"]["en" if english else "zh"],
        asked_by=row["by_name"],
        asked_at=row["at"],
        mine=row["by_id"] == info.context.viewer.person.id,
        why=row["why"] or None,
        draft_id=global_id("RulebookDraft", draft) if draft else None,
        file=told(Attachment, paper) if draft and paper else None,
    )


async def waiting(info: Info, answer: Mapping[str, Any]) -> AdministrativeAct | None:
    """The act that an answer says waits; none once it was done."""
    if not answer.get("waits"):
        return None
    found = await administering.one(info.context, UUID(answer["waits"]))
    return None if found["state"] == CONFIRMED else act_of(info, found)

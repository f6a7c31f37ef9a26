"""Destruction 销毁: by an approved slip, by whom the leader names, before a witness."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Party, Rule, Tells, Turn
from domain.records.registers import PERSON
from domain.records.stage_rules import remarked
from domain.vocabulary import Label

OF_SUPERIORS = frozenset({"central", "provincial", "city"})
"""Papers of these levels an office does not destroy itself."""


@dataclass(frozen=True, kw_only=True)
class Destruction:
    """销毁报批单: what may be destroyed, who did it before whom, and that the slip is kept."""

    papers: str = asked("销毁材料", "The papers")
    destroyer_id: UUID | None = referring("指定销毁人", "Who is to do it", PERSON, default=None)
    place: str = asked("销毁地点", "Where", default="", longest=200)
    witness_id: UUID | None = referring("监销人", "Who watched", PERSON, default=None)
    destroyed_at: datetime | None = asked("销毁时间", "Destroyed at", default=None)
    handed_to: str = asked("退回单位", "Handed back to", default="", longest=100)
    listed: str = asked("造册清单", "The list", default="", longest=2000)


def _watched(turn: Turn[Destruction]) -> bool:
    return turn.after.witness_id != turn.after.destroyer_id


def _path(form: Any) -> tuple[str, ...]:
    """Whose paper it is says what becomes of it."""
    level = getattr(form, "doc_level", None)
    above = level is not None and level.value in OF_SUPERIORS
    return ("document.hand_back" if above else "document.destroy",)


stage = remarked(Destruction)
DESTRUCTION = CaseKind(
    "archive.destruction",
    Label("材料销毁", "Destruction of papers"),
    table=case_table("archive_destructions", Destruction),
    record=Destruction,
    begins_with=tuple(
        Begins(kind, lambda form, _: Destruction(papers=form.explanation), _path)
        for kind in ("document.destroy", "archive.destroy")
    ),
    parties=(
        Party("begun_by", Label("申请人", "who asked for it")),
        Party("destroyer_id", Label("指定销毁人", "who is to do it")),
    ),
    stages={
        "appoint": stage(
            "destroyer_id",
            tells=Tells("PAPERS_TO_DESTROY", ("destroyer_id",), details={"papers": "papers"}),
        ),
        "destroy": stage(
            "place",
            "witness_id",
            moments=("destroyed_at",),
            rules=(Rule("SAME_PERSON", ("witness_id",), _watched),),
        ),
        "hand_back": stage("handed_to", "listed"),
        "keep_slip": stage(),
    },
)

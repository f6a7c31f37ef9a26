"""Evaluation: the targets that sections propose, and the rounds in which they are evaluated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.approval.procedure import Circumstances, Form, Procedure, Requirement, Summary, asked
from domain.approval.requirements import explanation
from domain.tables import ADDED, key, moment, table
from domain.vocabulary import FactValue


@dataclass(frozen=True, kw_only=True)
class EvaluationTarget(Form):
    """A business target of the year, as a section proposes it."""

    explanation: str = explanation()
    title: str | None = asked("项目名称", "Title", default=None, longest=200)
    begins: date | None = asked("起始时间", "Begins", default=None)
    ends: date | None = asked("完成时间", "Ends", default=None)
    standard: str | None = asked("完成标准", "Standard of completion", default=None, longest=2000)
    responsible: str | None = asked("责任人", "Responsible", default=None, longest=200)


def _in_order(form: EvaluationTarget, _: Circumstances) -> bool:
    return form.begins is None or form.ends is None or form.begins <= form.ends


def _summary(form: EvaluationTarget, _: Mapping[str, FactValue], __: date | None = None) -> Summary:
    said = (form.title or form.explanation)[:40]
    return Summary(f"业务目标:{said}", f"Target: {said}")


PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure(
        kind="evaluation.target",
        form=EvaluationTarget,
        facts=lambda _, __: {},
        summary=_summary,
        requirements=(Requirement("END_BEFORE_START", ("ends",), _in_order),),
    ),
)

evaluation_rounds = table(
    "evaluation_rounds",
    key(),
    Column("year", Integer, nullable=False),
    Column("rulebook_version", Integer, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    moment("opened_at"),
    moment("changed_at"),
    moment("closed_at", nullable=True),
    Column("resolution_id", Uuid),
    CheckConstraint("(closed_at is null) = (resolution_id is null)", name="closed_by_resolution"),
    UniqueConstraint("institution_id", "year"),
    UniqueConstraint("institution_id", "resolution_id"),
    ForeignKeyConstraint(["institution_id", "opened_by"], ["people.institution_id", "people.id"]),
    changes=("insert", "update (changed_at, closed_at, resolution_id)"),
)

evaluation_results = table(
    "evaluation_results",
    key("round_id"),
    key("unit_id"),
    Column("unit_name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("total", Numeric),
    Column("place", Integer),
    Column("tier", Text),
    CheckConstraint("place >= 1", name="place"),
    ForeignKeyConstraint(
        ["institution_id", "round_id"],
        ["evaluation_rounds.institution_id", "evaluation_rounds.id"],
    ),
    ForeignKeyConstraint(["institution_id", "unit_id"], ["units.institution_id", "units.id"]),
    changes=("insert", "update (total, place, tier)"),
)


def _of_a_section() -> ForeignKeyConstraint:
    of = ("institution_id", "round_id", "unit_id")
    return ForeignKeyConstraint(of, [f"evaluation_results.{name}" for name in of])


evaluation_marks = table(
    "evaluation_marks",
    key(),
    Column("round_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("clause", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("value", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_by_name", Text, nullable=False),
    moment("recorded_at"),
    moment("cancelled_at", nullable=True),
    _of_a_section(),
    ForeignKeyConstraint(["institution_id", "recorded_by"], ["people.institution_id", "people.id"]),
    Index(None, "institution_id", "round_id", "unit_id"),
    changes=("insert", "update (cancelled_at)"),
)

evaluation_ballots = table(
    "evaluation_ballots",
    key(),
    Column("round_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("panel", Text, nullable=False),
    Column("rating", Numeric, nullable=False),
    Column("rater_id", Uuid),
    UniqueConstraint(
        *("institution_id", "round_id", "unit_id", "panel", "rater_id"),
        name="evaluation_ballots_once",
    ),
    _of_a_section(),
    ForeignKeyConstraint(["institution_id", "rater_id"], ["people.institution_id", "people.id"]),
    changes=ADDED,
)

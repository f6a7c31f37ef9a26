"""Leave for a birth: what of its days is added for what, as clauses bound them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.approval.procedure import Circumstances, Requirement, asked
from domain.areas.leave.leave import HolidayLeave, leave_facts, leave_of
from domain.time.moments import REACH_DAYS
from domain.values.bounds import between
from domain.vocabulary import FactValue

NO_DAYS: Mapping[str, Any] = {
    "default": Decimal(0),
    "bounds": between(0, REACH_DAYS, grid="0.5", unit="day"),
}


class MaternityLeave(HolidayLeave):
    """Leave for a birth 产假: how many of its days are added for what, as clauses bound them."""

    age_at_marriage: int | None = asked(
        "结婚时年龄", "Age at marriage", default=None, bounds=between(14, 130, unit="year")
    )
    first_child: bool | None = asked("生育第一个子女", "The child is the first", default=None)
    prenatal_days: Decimal = asked("其中产前天数", "Days before the birth", **NO_DAYS)
    difficult_birth_days: Decimal = asked(
        "其中因难产增加天数", "Days added for a difficult birth", **NO_DAYS
    )
    further_infants: int = asked(
        "多生育的婴儿数", "Infants beyond the first", default=0, bounds=between(0, 10)
    )
    multiple_birth_days: Decimal = asked(
        "其中因多胞胎增加天数", "Days added for further infants", **NO_DAYS
    )
    one_child_days: Decimal = asked(
        "其中因独生子女证增加天数", "Days added for the one-child certificate", **NO_DAYS
    )


def _facts(form: MaternityLeave, known: Circumstances) -> Mapping[str, FactValue]:
    facts = leave_facts("leave.maternity", form.begins, form.ends, known)
    added = form.difficult_birth_days, form.multiple_birth_days, form.one_child_days
    own: dict[str, FactValue] = {
        "prenatal_days": form.prenatal_days,
        "difficult_birth": form.difficult_birth_days > 0,
        "difficult_birth_days": form.difficult_birth_days,
        "further_infants": Decimal(form.further_infants),
        "multiple_birth_days": form.multiple_birth_days,
        "one_child_certificate": form.one_child_days > 0,
        "one_child_days": form.one_child_days,
        "maternity_days": max(Decimal(facts["days"]) - sum(added), Decimal(0)),
    }
    if form.age_at_marriage is not None:
        own["age_at_marriage"] = Decimal(form.age_at_marriage)
    if form.first_child is not None:
        own["first_child"] = form.first_child
    return facts | own


_leave = leave_of("leave.maternity", "产假", "Maternity leave", MaternityLeave)
PROCEDURES = (
    replace(
        _leave,
        facts=_facts,
        requirements=(
            *_leave.requirements,
            Requirement(
                "REQUIRED",
                ("further_infants",),
                lambda form, _: form.further_infants > 0 or form.multiple_birth_days == 0,
            ),
        ),
        told_by={"maternity_days": "ends"},
    ),
)

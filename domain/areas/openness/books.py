"""The books of openness: the catalogue of what is to be public, the checks, the circulars."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.checks import Check, Sheet
from domain.records.registers import UNIT, Entry, Register
from domain.records.things import Card, Thing, Wanted
from domain.values.choices import Choice
from domain.vocabulary import Act


class OpennessContent(Choice):
    """What an office's texts want to be public."""

    POWERS = "powers", "职责、权限: duties and powers."
    BASIS = "basis", "办事依据: what business rests on."
    PROCEDURE = "procedure", "办事程序: how business is done."
    DISCIPLINE = "discipline", "办事纪律: its discipline."
    TIME_LIMITS = "time_limits", "办事时限: its time limits."
    FEE_BASIS = "fee_basis", "收费依据: what fees rest on."
    FEE_STANDARDS = "fee_standards", "收费标准: how much they are."
    RESULTS = "results", "办事结果: what came of business."
    FINES = "fines", "执收执罚标准和收缴情况: levies and fines, and what was collected."
    COMPLAINT_CHANNELS = "complaint_channels", "监督投诉渠道: where to complain."
    PROMISES = "promises", "服务承诺: promises of service."
    COMPENSATION = "compensation", "责任赔偿标准: what is paid where they are broken."
    ACCOUNTABILITY = "accountability", "责任追究: who is held responsible."
    CONDITIONS = "conditions", "办事对象的资格、条件和手续: who may apply, and with what."
    AUDIT = "audit", "审计结果: results of audits."
    PARTY_WORK = "party_work", "党务工作: the party's work."
    OTHER = "other", "其他: whatever else the public should know."


class OpennessWay(Choice):
    """公开方式; when it is made public."""

    FIXED = "fixed", "固定公开: fixed, at the start of the year."
    PERIODIC = "periodic", "定期公开: by month, quarter or half-year."
    AT_ONCE = "at_once", "随时公开: at once."


class OpennessScope(StrEnum):
    """公开事项范围; how far a matter goes."""

    ORDINARY = "ordinary"
    MAJOR_OR_VITAL_INTEREST = "major_or_vital_interest"


class Audience(Choice):
    """公开对象; to whom it is made public."""

    PUBLIC = "public", "向社会公开: everybody."
    PARTY_FIRST = "party_first", "先党内后党外: within the party first."
    PARTY_ONLY = "party_only", "仅限党内: within the party alone."


class Rhythm(Choice):
    """How often what is periodic is made public."""

    MONTH = "month", "按月: each month."
    QUARTER = "quarter", "按季度: each quarter."
    HALF_YEAR = "half_year", "按半年: each half-year."


class Item(Card):
    """公开目录; an item of what is to be public."""

    name: str = asked("项目", "The item", longest=200)
    openness_content: OpennessContent = asked("内容类别", "What it is about")
    openness_way: OpennessWay = asked("公开方式", "Fixed, periodic or at once")
    rhythm: Rhythm | None = asked("定期公开的周期", "Its rhythm, where periodic", default=None)
    openness_scope: OpennessScope = asked("公开事项范围", "How far it goes")
    audience: Audience = asked("公开对象", "To whom")
    on_board: bool = asked("上公开栏", "It hangs on the board")
    other_forms: str = asked("其他形式", "Other forms beside it", default="", longest=200)
    responsible_unit_id: UUID = referring("责任科室", "The section that answers for it", UNIT)


HANGS = "c.published and (c.shown_until is null or c.shown_until >= :today)"
ITEM = Thing(
    "openness.item",
    Item,
    cards="openness_items",
    named_by="name",
    unique=("name",),
    wanted=Wanted("openness_content", "other", ("openness_matters", "item_id", HANGS)),
    rules=(
        Requirement(
            "RHYTHM_OF_PERIODIC",
            ("rhythm",),
            lambda form, _: (form.openness_way is OpennessWay.PERIODIC) == bool(form.rhythm),
        ),
    ),
)


class OpennessSheet(Sheet):
    """公开工作检查; what was found of a section's openness, each quarter or on the spot."""

    unit_id: UUID = referring("被检查科室", "The section", UNIT)
    checked_on: date = asked("检查日期", "The day")
    regular: bool = asked("定期检查", "The regular one; a spot check otherwise", default=True)
    false_openness: bool = asked(
        "不公开、假公开、半公开", "Not, falsely or half made public", default=False
    )
    mend_by: date | None = asked("整改期限", "To be put right by", default=None)
    description: str = asked("存在问题", "What was found", default="", longest=2000)


class OpennessAppraisal(OpennessSheet):
    """公开工作年终考核; what was found of a section's openness at the end of the year."""

    unqualified: bool = asked("定为不合格等次", "Appraised as unqualified")


def _check(name: str, entry: type[OpennessSheet], lines: str) -> Check:
    in_order = Requirement[Any](
        "END_BEFORE_START",
        ("mend_by",),
        lambda form, _: not form.mend_by or form.mend_by >= form.checked_on,
        check="mend_by is null or mend_by >= checked_on",
    )
    book = Register(
        name,
        entry,
        table_name=lines,
        day="checked_on",
        of_unit="unit_id",
        once=("unit_id", "checked_on"),
        act=Act.INSPECT,
        asked_when={"mend_by": "failed"},
        rules=(in_order,),
    )
    return Check(book, regular="regular", mend_by="mend_by")


CHECK = _check("openness.check", OpennessSheet, "openness_checks")
APPRAISAL = _check("openness.appraisal", OpennessAppraisal, "openness_appraisals")


class CircularVerdict(Choice):
    """What a circular says of a section."""

    PRAISED = "praised", "表扬: praised."
    TO_CORRECT = "to_correct", "限期改正: to be corrected by a day."
    PROGRESS = "progress", "进展情况: its progress alone."


class Circular(Entry):
    """公开工作通报; what the office was told of a section's openness."""

    told_on: date = asked("通报日期", "The day")
    unit_id: UUID = referring("科室或单位", "Of whom", UNIT)
    openness_verdict: CircularVerdict = asked("通报情况", "What is said of it")
    said: str = asked("进展、做法和问题", "Progress, good practice, problems", longest=2000)
    correct_by: date | None = asked("改正期限", "To be corrected by", default=None)


CIRCULARS = Register(
    "openness.circular",
    Circular,
    day="told_on",
    of_unit="unit_id",
    word="OpennessCircular",
    until="correct_by",
    rules=(
        Requirement(
            "CORRECTED_BY_A_DAY",
            ("correct_by",),
            lambda form, _: (
                (form.openness_verdict is CircularVerdict.TO_CORRECT) == bool(form.correct_by)
            ),
            check="(openness_verdict = 'to_correct') = (correct_by is not null)",
        ),
    ),
)


class Correction(Entry):
    """公开工作整改登记; what a section corrected that a circular wanted corrected."""

    circular_id: UUID = referring("所整改的通报", "The circular", CIRCULARS.reference)
    corrected_on: date = asked("整改日期", "The day")
    said: str = asked("整改情况", "What was corrected", longest=2000)
    unit_id: UUID | None = referring(
        "科室或单位", "Who corrected it", UNIT, default=None, served=True
    )


CORRECTIONS = Register(
    "openness.correction",
    Correction,
    day="corrected_on",
    of_unit="unit_id",
    once=("circular_id",),
    word="OpennessCorrection",
)
THINGS = (ITEM,)
CHECKS = (CHECK, APPRAISAL)
REGISTERS = (CIRCULARS, CORRECTIONS)

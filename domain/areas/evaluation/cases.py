"""Evaluation as it goes its way: letters of responsibility, results, who is last and treated so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import Approved, Form, Requirement, asked, referring
from domain.areas.evaluation.targets import EvaluationTarget
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Entry, Party, Rule, Tells, Turn
from domain.records.registers import PERSON, UNIT, Register
from domain.records.registers import Entry as Line
from domain.records.stage_rules import done, remarked
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Label

COPIES = between(0, 100, unit="copy")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """目标管理责任书: a target of the year as it is signed, told to the raters, and adjusted."""

    title: str = asked("目标", "The target", default="", longest=200)
    begins: date | None = asked("起始时间", "Begins", default=None)
    ends: date | None = asked("完成时间", "Ends", default=None)
    overview: str = asked("项目概述", "What it is about", default="", longest=2000)
    standard: str = asked("完成标准", "Standard of completion", default="", longest=2000)
    responsible: str = asked("责任人", "Responsible", default="", longest=200)
    year_progress: str = asked(
        "年度内的目标进度", "How much of it this year", default="", longest=500
    )
    responsibility_copies: int | None = asked("责任书份数", "Copies", default=None, bounds=COPIES)
    sent_to: str = asked("名册发给", "To whom the list of targets went", default="", longest=300)
    reason: str = asked("调整理由", "Why it is adjusted", default="", longest=500)


def _letter(form: EvaluationTarget, _: Approved) -> Letter:
    told = {name: getattr(form, name) for name in ("begins", "ends", "standard", "responsible")}
    stated = {name: value for name, value in told.items() if value}
    title = (form.title or form.explanation)[:200]
    return Letter(title=title, overview=form.explanation[:2000], **stated)


def _year_told(turn: Turn[Letter]) -> bool:
    of = turn.after
    across = of.begins and of.ends and of.begins.year != of.ends.year
    return not across or bool(of.year_progress)


OF_TARGET = ("evaluation.target",)
CONTENT = ("title", "begins", "ends", "overview", "standard", "responsible")
signed = remarked(Letter)
LETTERS = CaseKind(
    "evaluation.letter",
    Label("目标管理责任书", "Letter of responsibility"),
    table=case_table("evaluation_letters", Letter),
    record=Letter,
    begins_with=(
        Begins(*OF_TARGET, _letter, lambda _: OF_TARGET, goes_on="letter_id", asks=CONTENT),
    ),
    walked=("propose", "review", "confirm", "send_back"),
    parties=(Party("begun_by", Label("提出的人", "who proposed it")),),
    stages={
        "sign": signed(
            "responsibility_copies",
            may=(*CONTENT, "year_progress"),
            needs=tuple((name,) for name in CONTENT),
            rules=(Rule("REQUIRED", ("year_progress",), _year_told),),
        ),
        "announce": signed("sent_to"),
        "adjust": signed("reason"),
    },
)


class ResultOf(Choice):
    """哪一种考核; which evaluation it is the result of, by the path that the office gives it."""

    YEAR = "evaluation.result", "年度考核: the evaluation of the year."
    REVIEW = "review-result", "民主评议: the democratic review."
    TARGETS = "target-result", "目标责任制考核: the assessment of targets."


class YearGrade(Choice):
    """年终考评等级; how somebody is graded for the year."""

    EXCELLENT = "excellent", "优秀: excellent."
    QUALIFIED = "qualified", "合格: qualified."
    BASICALLY_QUALIFIED = "basically_qualified", "基本合格: basically qualified."
    UNQUALIFIED = "unqualified", "不合格: unqualified."


class ResultBegun(Form):
    """考核结果; of whom, and of which evaluation."""

    year: int = asked("年度", "The year", bounds=between(1950, 2200))
    result_of: ResultOf = asked("哪一种考核", "Of which evaluation", default=ResultOf.YEAR)
    unit_id: UUID | None = referring("被考核科室、单位", "The section", UNIT, default=None)
    person_id: UUID | None = referring("被考核人", "The person", PERSON, default=None)


class Result(ResultBegun):
    """考核结果; from the section's own account of the year to what is told, published and filed."""

    summary_characters: int | None = asked(
        *("年度工作总结字数", "Characters of the yearly summary"),
        default=None,
        bounds=between(1, 1_000_000, unit="character"),
    )
    acceptance: str = asked("目标项目验收情况", "Targets, one by one", default="", longest=4000)
    year_grade: YearGrade | None = asked("年终等级", "Grade of the year", default=None)
    opinion: str = asked("分管领导评价", "What the deputy finds", default="", longest=2000)
    report: str = asked("综合报告", "The section's report", default="", longest=4000)
    result: str = asked("成绩、名次或档次", "Marks, place or tier", default="", longest=300)
    circular: str = asked("通报文号", "Number of the circular", default="", longest=100)
    reported_on: date | None = asked("上报日期", "Reported on", default=None)
    told_on: date | None = asked("书面反馈日期", "Told in writing on", default=None)
    filed_on: date | None = asked("存档日期", "Filed on", default=None)


THIS_YEAR: Requirement[Any] = Requirement(
    "NOT_YET_HAPPENED", ("year",), lambda form, known: form.year <= known.today.year
)
stage = remarked(Result)
RESULTS = CaseKind(
    "evaluation.outcome",
    Label("考核结果", "Result of an evaluation"),
    table=case_table("evaluation_outcomes", Result),
    record=Result,
    entry=Entry(
        ResultBegun,
        lambda form: (form.result_of.value,),
        kept=True,
        once=("year", "result_of", "unit_id", "person_id"),
        rules=(THIS_YEAR,),
    ),
    rules=done("reported_on", "told_on", "filed_on"),
    parties=(
        Party("begun_by", Label("登记的人", "who entered it")),
        Party("person_id", Label("被考核人", "who is evaluated"), unit="unit_id"),
    ),
    filters=("year", "result_of"),
    stages={
        "self_assess": stage("summary_characters", "acceptance"),
        "assess": stage(may=("opinion", "year_grade")),
        "report": stage(may=("report", "reported_on")),
        "review": stage(),
        "settle_extras": stage(),
        "convert": stage("result"),
        "rank": stage("result"),
        "tier": stage("result"),
        "notify": stage("told_on", tells=Tells("EVALUATION_TOLD", ("person_id",))),
        "publish": stage("circular"),
        "file": stage("filed_on"),
        "close": stage(),
    },
)


@dataclass(frozen=True, kw_only=True)
class LastPlace:
    """末位处理: what the party committee resolved on somebody, announced and carried out."""

    title: str = asked("事由", "What was resolved", default="", longest=300)
    person_id: UUID | None = referring("淘汰对象", "Of whom", PERSON, default=None)
    treatment: str = asked("处理意见", "The treatment", default="", longest=500)
    announced_on: date | None = asked("公布日期", "Announced on", default=None)
    standby_months: int = asked(
        *("待岗月数", "Months off post; 0 without"), default=0, bounds=between(0, 120, unit="month")
    )
    standby_unusual: bool = asked("待岗时间特殊", "A special length of time", default=False)
    reason: str = asked("特殊的理由", "Why it is special", default="", longest=500)
    off_until: date | None = asked("待岗期满日", "Off post until", default=None)
    arrangement: str = asked(
        "期满后的安排及理由", "What they do afterwards, and why", default="", longest=1000
    )


def _resolved(form: Any, _: Approved) -> LastPlace:
    return LastPlace(title=form.explanation[:300])


def _approved(_: Any, __: Approved) -> Mapping[str, Any]:
    return {"party_group_approved": True}


def _ends(turn: Turn[LastPlace]) -> bool:
    return bool(turn.after.off_until) or not turn.after.standby_months


def _explained(turn: Turn[LastPlace]) -> bool:
    return bool(turn.after.reason) or not turn.after.standby_unusual


treated = remarked(LastPlace)
LAST_PLACES = CaseKind(
    "personnel.last_placed",
    Label("末位处理", "Treatment of the last placed"),
    table=case_table("last_places", LastPlace),
    record=LastPlace,
    begins_with=(
        Begins("personnel.last_place", _resolved, lambda _: ("last-place",), facts=_approved),
    ),
    walked=("review", "propose", "examine", "decide"),
    parties=(
        Party("begun_by", Label("支部", "the branch")),
        Party("person_id", Label("淘汰对象", "whom it concerns")),
    ),
    rules=(Rule("REQUIRED", ("reason",), _explained), *done("announced_on")),
    stages={
        "announce": treated(
            *("person_id", "treatment", "announced_on"),
            tells=Tells("LAST_PLACE_ANNOUNCED", ("person_id",)),
        ),
        "carry_out": treated(
            may=("standby_months", "standby_unusual", "reason", "off_until"),
            rules=(Rule("REQUIRED", ("off_until",), _ends),),
            since="off_until",
        ),
        "reinstate": treated("arrangement", tells=Tells("BACK_ON_POST", ("person_id",))),
    },
)
CASES = (LETTERS, RESULTS, LAST_PLACES)


class Task(Line):
    """任务分解: a task of the year, how much of it by when, and whose it is."""

    set_on: date = asked("下达日期", "The day")
    task: str = asked("工作任务", "The task", longest=500)
    quantity: str = asked("数量", "How much", longest=200)
    progress: str = asked("进度", "By when", longest=200)
    standard: str = asked("标准", "By which standard", longest=500)
    unit_id: UUID = referring("科室部门", "The section", UNIT)
    person_id: UUID = referring("责任人", "Whose it is", PERSON)
    job: str = asked("职位(岗位)说明", "Description of the job", longest=2000)


TASKS = Register(
    "evaluation.task", Task, table_name="evaluation_tasks", word="EvaluationTask", day="set_on"
)

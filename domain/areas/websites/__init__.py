"""Publication 信息发布: what went online and who cleared it, the columns of a site, its matters.

Regulations: 上網發佈信息保密管理規定, 网站信息内容管理.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Requirement, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry
from domain.records.registers import PERSON, REQUEST, UNIT, Draw, Register
from domain.records.registers import Entry as Line
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.records.things import Card, Thing
from domain.values.choices import Choice
from domain.vocabulary import Label


class Published(Line):
    """上网发布信息登记: what went online, who gathered, cleared and put it there."""

    online_at: datetime = asked("信息上网时间", "When it went online")
    title: str = asked("信息标题", "Its title", longest=200)
    collector_id: UUID = referring("信息采集人", "Who gathered it", PERSON)
    reviewer_id: UUID = referring("保密审查人", "Who cleared it, and signs", PERSON)
    operator_id: UUID = referring("计算机操作员", "Who put it online", PERSON)
    alters: bool = asked("更改已发布信息", "It alters what was published", default=False)
    group_reviewed_on: date | None = asked(
        "保密工作领导小组审查日期", "When the leading group reviewed it", default=None
    )
    request_id: UUID | None = referring("上网审批", "The clearance", REQUEST, default=None)


def _cleared_by_another(form: Published) -> bool:
    return form.reviewer_id not in (form.collector_id, form.operator_id)


PUBLISHED = Register(
    "publication.online_entry",
    Published,
    table_name="online_publications",
    day="online_at",
    signed_by="reviewer_id",
    once=("request_id",),
    draws=(Draw("request_id", ("publication.online",)),),
    word="OnlinePublication",
    rules=(
        Requirement[Any](
            "CLEARED_BY_ONESELF", ("reviewer_id",), lambda form, _: _cleared_by_another(form)
        ),
    ),
)


class ColumnKind(Choice):
    """栏目类别; what a column of a site shows."""

    NEWS = "news", "新闻动态: news."
    POLICY = "policy", "政策文件: documents of policy."
    LEADERS = "leaders", "领导和机构: leaders and institutions."
    SERVICE = "service", "办事服务: what can be done online."
    MAILBOX = "mailbox", "信箱、访谈和征集: letters, interviews and opinions sought."


class SiteColumn(Card):
    """网站栏目; a column of a site, and the unit that keeps it up."""

    name: str = asked("栏目", "The column", longest=100)
    column_kind: ColumnKind = asked("栏目类别", "What it shows")
    unit_id: UUID = referring("责任单位", "Which unit keeps it up", UNIT)
    address: str = asked("网址", "Its address", default="", longest=200)


COLUMNS = Thing("site.column", SiteColumn, cards="site_columns", named_by="name", unique=("name",))


class Renewed(Line):
    """栏目更新登记: what was put into a column, and when."""

    column_id: UUID = referring("栏目", "The column", COLUMNS.reference)
    renewed_at: datetime = asked("更新时间", "When")
    content: str = asked("更新内容", "What was new", longest=200)


RENEWALS = Register("site.renewal", Renewed, day="renewed_at")


class Opened(Form):
    """网上事项: what somebody wants done online."""

    subject: str = asked("事项", "What is wanted", longest=200)
    opened_at: datetime = asked("提交时间", "When it was sent in")
    applicant: str = asked("申请人", "Who wants it", default="", longest=100)


class Online(Opened):
    """网上事项办理: applied for, handled and answered online."""

    handling: str = asked("办理情况", "What was done", default="", longest=1000)
    answer: str = asked("反馈", "The answer", default="", longest=1000)


class Watched(Form):
    """网站监测: what is watched on which site."""

    site: str = asked("网站", "The site", longest=200)
    watched_at: datetime = asked("监测开始时间", "From when it is watched")


class Watch(Watched):
    """网站监测预警和处置: warned of before, watched meanwhile and dealt with after."""

    warning: str = asked("预警", "The warning", default="", longest=1000)
    observed: str = asked("监测情况", "What was observed", default="", longest=1000)
    response: str = asked("处置情况", "What was done", default="", longest=1000)


class DueKind(Choice):
    """内容类别; what of a site has to be made public or set right."""

    POLICY = "policy", "该公开的政策文件: a policy paper to be made public."
    INFORMATION = "information", "该调整的重要信息: information to be adjusted."
    COLUMN = "column", "该变更的栏目专项: a column to be changed."


class DueBegun(Form):
    """应公开、调整的内容: what ought to be on a site and is not, or not as it should be."""

    title: str = asked("内容", "What it is", longest=200)
    due_kind: DueKind = asked("内容类别", "Which of what has to be done")
    due_since: date = asked("应公开或调整之日", "Since when it ought to be")
    unit_id: UUID | None = referring("责任单位", "Whose it is", UNIT, default=None)


class Due(DueBegun):
    """应公开、调整的内容办理: listed until it is made public or set right."""

    address: str = asked("公开网址", "Where it is public now", default="", longest=200)


online, watch, due = remarked(Online), remarked(Watch), remarked(Due)
CASES = (
    CaseKind(
        "site.due",
        Label("应公开、调整的内容", "Content that is due"),
        table=case_table("site_dues", Due),
        record=Due,
        entry=Entry(DueBegun, kept=True, since="due_since", rules=happened("due_since")),
        chain=("site-content",),
        day="due_since",
        filters=("due_kind",),
        stages={"publish": due("address")},
    ),
    CaseKind(
        "site.matter",
        Label("网上事项", "Matter online"),
        table=case_table("site_matters", Online),
        record=Online,
        entry=Entry(Opened, kept=True, since="opened_at", rules=happened("opened_at")),
        chain=("online-matter",),
        day="opened_at",
        stages={"apply": online(), "handle": online("handling"), "answer": online("answer")},
    ),
    CaseKind(
        "site.watch",
        Label("网站监测", "Watch over a site"),
        table=case_table("site_watches", Watch),
        record=Watch,
        entry=Entry(Watched, kept=True, since="watched_at", rules=happened("watched_at")),
        chain=("site-monitoring",),
        day="watched_at",
        stages={
            "warn": watch("warning"),
            "monitor": watch("observed"),
            "respond": watch("response"),
        },
    ),
)
REGISTERS = (PUBLISHED, RENEWALS)
THINGS = (COLUMNS,)

"""The sheets of hygiene: of a section, of a cleaner, and what the office is told of them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.hygiene.zones import ZONE
from domain.records.checks import Check, Sheet
from domain.records.registers import PERSON, UNIT, Register
from domain.records.sources import UNITS, Lines
from domain.records.statements import Statement, mean, number
from domain.shapes.count_words import Within
from domain.values.bounds import between
from domain.vocabulary import Act


class SectionSheet(Sheet):
    """卫生检查; what was found in a section.

    A regular check is the one that all sections have in turn, another is a spot check.
    """

    unit_id: UUID = referring("科室", "The section", UNIT)
    checked_on: date = asked("检查日期", "The day")
    regular: bool = asked("定期检查（联查）", "The regular check", default=True)
    neglected: bool = asked("卫生责任落实不好", "Its hygiene is neglected", default=False)
    flower_pots: int = asked(
        "鲜花盆数", "Pots of flowers", default=0, bounds=between(0, 100, unit="pot")
    )
    graders: str = asked("评分人", "Who marked", default="", longest=200)
    jointly: bool = asked(
        "各科室负责人共同打分", "The heads of the sections marked together", default=False
    )
    description: str = asked("存在问题", "What was found", default="", longest=2000)


SECTIONS = Check(
    Register(
        "hygiene.check",
        SectionSheet,
        day="checked_on",
        of_unit="unit_id",
        once=("unit_id", "checked_on", "regular"),
        act=Act.INSPECT,
        exception="description",
    ),
    within=Within.MONTH,
    regular="regular",
)


class CleanerSheet(Sheet):
    """保洁员考核; what was found where a cleaner cleans."""

    cleaner_id: UUID = referring("保洁员", "The cleaner", PERSON)
    checked_on: date = asked("检查日期", "The day")
    zone_id: UUID | None = referring("责任区", "The zone", ZONE, default=None)
    cleaners_zone: bool | None = asked(
        "由保洁员负责", "The cleaner answers for it", default=None, served=True
    )
    lapse: bool = asked("未按要求保洁并影响工作", "A lapse that harmed the work", default=False)
    description: str = asked("存在问题", "What was found", default="", longest=2000)


CLEANERS = Check(
    Register(
        "hygiene.cleaner_check",
        CleanerSheet,
        table_name="cleaner_checks",
        day="checked_on",
        about="cleaner_id",
        by_others=True,
        act=Act.INSPECT,
    )
)
CHECKS = (SECTIONS, CLEANERS)

MARKED = Lines(SECTIONS.book)
FOUND = Statement(
    "hygiene.circular",
    by=replace(UNITS, found=True),
    columns=(
        number("sheets", "检查次数", "How often it was checked", MARKED),
        mean("score", "平均得分", "The mean of its sheets", MARKED, "total"),
        number("failed", "不达标次数", "How often it failed", MARKED, {"failed": True}),
        number(
            "neglected",
            "责任落实不好次数",
            "How often found neglected",
            MARKED,
            {"neglected": True},
        ),
    ),
)
STATEMENTS = (FOUND,)

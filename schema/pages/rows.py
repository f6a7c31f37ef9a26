"""What the rows of an area's clauses say, a table for each shape: clocks, quotas, paths."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from domain.rulebook import Rulebook
from domain.rules.rows import ALLOW
from domain.shapes.book import ShapeRow
from domain.shapes.paths import Transition
from domain.vocabulary import STAGE, Act, Label
from policies import loading
from schema.pages.markdown import BREAK, both, code, codes, plainly, table

SHAPES: Mapping[str, Label] = {
    "clocks": Label("期限", "Clocks"),
    "cadences": Label("周期性工作", "Recurring duties"),
    "quotas": Label("限额与要求", "Quotas"),
    "ladders": Label("后果", "Consequences"),
    "derivations": Label("推算的量", "Measures worked out"),
    "scores": Label("评分", "Scores"),
    "votes": Label("表决", "Votes"),
    "eligibility": Label("资格", "Eligibility"),
    "separations": Label("职责分离", "Separated duties"),
    "paths": Label("办理路径", "Paths"),
    "orders": Label("先后次序", "Orders"),
    "verbs": Label("操作的限制", "Verbs allowed and forbidden"),
    "occurrences": Label("所登记的情形", "Occurrences"),
    "counts": Label("计数", "Counts"),
    "checks": Label("检查项目", "Items of checks"),
    "rosters": Label("值班班次", "Shifts of rosters"),
    "rounds": Label("评议办法", "Evaluations"),
    "entitlements": Label("应得额度", "Entitlements"),
    "publications": Label("公布", "Publishing"),
    "numbers": Label("编号", "Numbers"),
}
"""What each shape is called."""

COLUMNS: Mapping[str, Label] = {
    "above": Label("由上级打分", "Led from above"),
    "account": Label("额度", "Account"),
    "action": Label("须完成", "To be done"),
    "activity": Label("工作", "Activity"),
    "against": Label("与之冲突", "Against"),
    "amount": Label("数额", "Amount"),
    "approved_by": Label("先经批准", "Approved first by"),
    "at": Label("时点", "At"),
    "begins": Label("从", "From"),
    "beyond": Label("超过部分", "Beyond"),
    "body": Label("会议", "Body"),
    "bound": Label("上限或下限", "Bound"),
    "cadence": Label("周期", "Cadence"),
    "carried": Label("可结转月数", "Months carried over"),
    "chair": Label("主持", "Chair"),
    "choice": Label("择一", "Choice"),
    "clause": Label("条款", "Clause"),
    "column": Label("列", "Column"),
    "days": Label("日子", "Days"),
    "digits": Label("位数", "Digits"),
    "direction": Label("方向", "Direction"),
    "done": Label("以何完成", "Done by"),
    "due": Label("应到", "Due"),
    "duties": Label("职责", "Duties"),
    "each": Label("由每个", "Of each"),
    "effect": Label("效果", "Effect"),
    "ends": Label("到", "To"),
    "event": Label("事件", "Event"),
    "every": Label("每", "Every"),
    "excess": Label("超出时", "Beyond it"),
    "expires": Label("到期时", "On expiry"),
    "expiry": Label("逾期后果", "What follows"),
    "fixed_by": Label("定案方式", "Fixed by"),
    "group": Label("组", "Group"),
    "handover_minutes": Label("交接分钟数", "Minutes of handover"),
    "id": Label("代码", "Code"),
    "interval": Label("间隔", "Interval"),
    "item": Label("项目", "Item"),
    "kind": Label("事项", "Kind"),
    "label": Label("名称", "Label"),
    "lasts": Label("公布多久", "For how long"),
    "least": Label("至少", "At least"),
    "limit": Label("限额", "Limit"),
    "longest": Label("最长", "Longest"),
    "majority": Label("通过比例", "Majority"),
    "marked": Label("评法", "Marked"),
    "matter": Label("议题", "Matter"),
    "maximum": Label("最高", "Maximum"),
    "measure": Label("指标", "Measure"),
    "minimum": Label("最低", "Minimum"),
    "minus": Label("减", "Less"),
    "minutes_by": Label("记录", "Minutes by"),
    "most": Label("至多", "At most"),
    "notice": Label("通知", "Notice"),
    "of": Label("对象", "Of"),
    "origin": Label("从状态", "From state"),
    "over": Label("除以", "Over"),
    "passes": Label("达标线", "Pass mark"),
    "pattern": Label("格式", "Pattern"),
    "people": Label("人数", "People"),
    "per": Label("每期", "Per"),
    "plus": Label("加", "Sum of"),
    "points": Label("分值", "Points"),
    "position": Label("位次", "Position"),
    "post": Label("岗位", "Post"),
    "publicity": Label("公示天数", "Days of publicity"),
    "quorum": Label("法定人数", "Quorum"),
    "rank": Label("排名", "Rank"),
    "reach": Label("公布范围", "Reach"),
    "review": Label("评议", "Review"),
    "rollover": Label("顺延", "Rollover"),
    "score": Label("评分", "Score"),
    "secret": Label("无记名", "Secret"),
    "shift": Label("班次", "Shift"),
    "starts": Label("起算于", "Starts with"),
    "stops": Label("停止于", "Stops with"),
    "subject": Label("对象", "Subject"),
    "subjects": Label("资格", "Eligibility"),
    "sum": Label("算法", "Sum"),
    "target": Label("到状态", "To state"),
    "times": Label("次数", "Times"),
    "times_most": Label("至多次数", "Times at most"),
    "topics": Label("议题类别", "Topics"),
    "trigger": Label("起因", "Trigger"),
    "type": Label("种类", "Type"),
    "unit": Label("单位", "Unit"),
    "verb": Label("操作", "Verb"),
    "wait": Label("须等", "Wait"),
    "wait_unit": Label("单位", "Unit of the wait"),
    "warn": Label("提前提醒", "Warns before"),
    "weight": Label("权重", "Weight"),
    "when": Label("条件", "When"),
    "who": Label("由谁", "By whom"),
    "whom": Label("对谁", "For whom"),
    "whose": Label("归属", "Whose"),
    "within": Label("期限", "Within"),
    "written": Label("书面", "Written"),
    "yearly": Label("每年重编", "Anew each year"),
}
"""What each field of a row is called."""

OF_OBJECTS = frozenset({"of", "account", "kind"})
OFFICE, TAKERS = Label("机构", "Office"), Label("由谁办理", "Who takes it")


def area_of(book: Rulebook, row: ShapeRow) -> str:
    """The area that the register gives the clause of a row."""
    lines = book.lines_by_clause[row.clause]
    own = (line for line in lines if line.clause_kind in row.clause_kinds)
    return next(own, lines[0]).area


def shapes(area: str) -> Iterator[str]:
    """A section for each shape that the clauses of an area have rows of."""
    found: dict[str, list[tuple[Rulebook, Any]]] = {}
    for office in loading.institutions():
        book = loading.shipped(office)
        for name, rows in book.shapes.tables():
            found.setdefault(name, []).extend(
                (book, row) for row in rows if area_of(book, row) == area
            )
    for name, listed in found.items():
        if listed:
            yield from ("", f"## {both(SHAPES.get(name, Label(name, name)))}")
            yield from _listed(name, listed)


def _listed(name: str, rows: list[tuple[Rulebook, Any]]) -> list[str]:
    columns = [each.name for each in fields(rows[0][1])]
    first = [each for each in ("id", "label") if each in columns]
    rest = [each for each in columns if each not in (*first, "clause")]
    shown = [*first, *rest, "clause"]
    takers = name == "paths"
    header = [OFFICE, *(COLUMNS.get(each, Label(each, each)) for each in shown)]
    header += [TAKERS] if takers else []
    lines = (
        (
            code(book.institution),
            *(cell(book, getattr(row, each), each) for each in shown),
            *([taken_by(book, row)] if takers else []),
        )
        for book, row in rows
    )
    return table(header, lines)


def cell(book: Rulebook, value: Any, column: str) -> str:
    """A value with what the office calls it, where it is one of its words."""
    if column == "clause":
        return code(value)
    if isinstance(value, tuple):
        return BREAK.join(cell(book, each, column) for each in value)
    label = _label(book, value, column) if type(value) is str else None
    return f"{both(label)} {code(value)}" if label else plainly(value)


def _label(book: Rulebook, value: str, column: str) -> Label | None:
    """Objects of one word are looked for only where rows name objects: `duty` is many a thing."""
    known = book.vocabulary
    found: Any = known.roles.get(value) or book.shapes.measures.get(value) or known.kinds.get(value)
    if found is None and ("." in value or column in OF_OBJECTS):
        found = known.objects.get(value)
    return found.label if found else None


def taken_by(book: Rulebook, row: Transition) -> str:
    """Whom the lines let take a stage: their roles, with the clauses."""
    along = {each.code for each in book.vocabulary.objects.values() if row.id in each.paths}
    by_clause: dict[str, list[str]] = {}
    for line in book.acts:
        stages = line.when.regions.get(STAGE)
        takes = line.kind in along and line.act == Act.TAKE and line.effect == ALLOW
        if takes and (stages is None or row.event in stages):
            by_clause.setdefault(line.clause, []).append(role(book, line.role))
    return BREAK.join(f"{'、'.join(who)} {codes([clause])}" for clause, who in by_clause.items())


def role(book: Rulebook, name: str) -> str:
    """What an office calls a role, with its code."""
    known = book.vocabulary.roles.get(name)
    return f"{both(known.label)} {code(name)}" if known else code(name)

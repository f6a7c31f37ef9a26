"""Conditions and limits in the words of an office: 病假 不超过 1 天: 批准."""

from collections.abc import Mapping
from decimal import Decimal

from domain.conditions.joining import ordered
from domain.conditions.language import Condition
from domain.conditions.regions import Interval, Region
from domain.rules.lists import Limit
from domain.rules.routes import RouteStep
from domain.rules.rows import ANY, NOBODY, NONE, Rule, RuleStep
from domain.time.wording import grouped, one_of, unit_said
from domain.vocabulary import Fact, Label, Role, Vocabulary

ACTS = {
    "endorse": Label("审核", "endorse"),
    "approve": Label("批准", "approve"),
    "sign": Label("签字", "sign"),
    "record": Label("备案", "record"),
    "vote": Label("表决", "vote"),
    NONE: Label("无须批准", "no consent needed"),
    ANY: Label("禁止", "forbidden"),
}
LIVING_ACTS = {
    "keep": Label("登记", "keep"),
    "take": Label("办理", "take"),
    "issue": Label("发放", "issue"),
    "inspect": Label("检查", "inspect"),
    "publish": Label("公布", "publish"),
    "confirm": Label("确认", "confirm"),
    "carry_out": Label("执行", "carry out"),
    "see": Label("查看", "see"),
    "export": Label("导出", "export"),
    "approve": Label("批准", "approve"),
    ANY: Label("各项", "every act"),
}
ANYBODY = Label("本机关任职人员", "Whoever holds a seat")
PSEUDO_ROLES = {
    NOBODY: Label("未写明由谁", "Nobody named"),
    NONE: Label("无须批准", "No consent needed"),
    ANY: Label("禁止", "Forbidden"),
}
SAID_BY_THEIR_UNIT = frozenset({"days", "hours", "months", "amount", "people"})
"""Measures that need no name: 2 days are the days asked for."""

WORDS = Label("、", " or ")
PARTS = Label("；", "; ")
YES, NO = Label("是", "yes"), Label("否", "no")


def limit_said(limit: Limit, vocabulary: Vocabulary) -> Label:
    """A limit in a line: 病假 不超过 1 天: 批准."""
    kind = vocabulary.kinds[limit.kind].label
    cases, act = cases_said(limit, vocabulary), ACTS[limit.act]
    return Label(
        f"{kind.zh}{cases.zh and ' '}{cases.zh}: {act.zh}",
        f"{kind.en}{cases.en and ', '}{cases.en}: {act.en}",
    )


def asked_by(rule: Rule, roles: Mapping[str, Role]) -> Label:
    """Whose turns a rule asks for, or that it forbids."""
    told = [turn_said(each, roles) for each in rule.steps if NONE not in each.roles]
    if rule.denies or not told:
        return ACTS[ANY if rule.denies else NONE]
    return Label("、".join(each.zh for each in told), ", ".join(each.en for each in told))


def turn_said(step: RouteStep | RuleStep, roles: Mapping[str, Role]) -> Label:
    """分管领导审核; of alternatives all are named."""
    named = {**PSEUDO_ROLES, **{code: role.label for code, role in roles.items()}}
    labels = [named.get(role, Label(role, role)) for role in step.roles]
    act = ACTS[step.act]
    return Label(
        f"{'或'.join(label.zh for label in labels)}{act.zh}",
        f"{' or '.join(label.en for label in labels)} to {act.en}",
    )


def cases_said(limit: Limit, vocabulary: Vocabulary) -> Label:
    """When a limit holds and which prohibitions cut into it; empty where it always holds."""
    when = condition_said(limit.when, vocabulary)
    denied = [condition_said(each, vocabulary) for each in limit.except_when]
    zh = [when.zh, *(f"除外：{each.zh}" for each in denied)]
    en = [when.en, *(f"except: {each.en}" for each in denied)]
    return Label(PARTS.zh.join(filter(None, zh)), PARTS.en.join(filter(None, en)))


def condition_said(when: Condition, vocabulary: Vocabulary) -> Label:
    """Words first, numbers last; empty for `always`."""
    regions = sorted(when.regions.items(), key=lambda each: isinstance(each[1], Interval))
    said = [region_said(region, vocabulary.facts[name]) for name, region in regions]
    return Label(PARTS.zh.join(each.zh for each in said), PARTS.en.join(each.en for each in said))


def region_said(region: Region, fact: Fact) -> Label:
    label = fact.label
    if isinstance(region, frozenset):
        values = values_said(region, fact)
        zh = f"{label.zh}：{WORDS.zh.join(value.zh for value in values)}"
        return Label(zh, f"{label.en}: {WORDS.en.join(value.en for value in values)}")
    span = interval_said(without_least(region, fact), fact.unit)
    if not span.zh:
        return Label(f"{label.zh}不限", f"any {label.en[:1].lower()}{label.en[1:]}")
    if fact.code in SAID_BY_THEIR_UNIT:
        return span
    return Label(f"{label.zh} {span.zh}", f"{label.en} {span.en}")


def admitted_said(region: Region, fact: Fact) -> Label:
    """What a region admits of a fact, by its name and with both ends: 金额 超过 0 元."""
    if isinstance(region, frozenset):
        known = region if fact.values is None else region & frozenset(fact.values)
        return region_said(known, fact)
    span = interval_said(region, fact.unit)
    return Label(f"{fact.label.zh} {span.zh}", f"{fact.label.en} {span.en}")


def without_least(region: Interval, fact: Fact) -> Interval:
    """Nobody needs to hear that a leave has more than no days."""
    if region.low is None or region.low != fact.minimum or region.low == region.high:
        return region
    return Interval(high=region.high, high_open=region.high_open)


def values_said(region: frozenset[Decimal | bool | str], fact: Fact) -> list[Label]:
    if fact.values is None:
        return [YES if True in region else NO]
    return [fact.values[value] for value in ordered(region, fact)]


def interval_said(region: Interval, unit: str) -> Label:
    """Exactly these numbers, whether an end belongs to them or not."""
    low, high = region.low, region.high
    if low is not None and low == high:
        only = measure(low, unit)
        return Label(f"正好 {only.zh}", f"exactly {only.en}")
    if low is not None and high is not None and not (region.low_open or region.high_open):
        upper = measure(high, unit)
        least = grouped(low.normalize())
        return Label(f"{least}–{upper.zh}", f"{least}–{upper.en}")
    said: list[Label] = []
    if low is not None:
        lower = measure(low, unit)
        said.append(
            Label(f"超过 {lower.zh}", f"over {lower.en}")
            if region.low_open
            else Label(f"{lower.zh}以上", f"{lower.en} or more")
        )
    if high is not None:
        upper = measure(high, unit)
        said.append(
            Label(f"不足 {upper.zh}", f"under {upper.en}")
            if region.high_open
            else Label(f"不超过 {upper.zh}", f"up to {upper.en}")
        )
    return Label("、".join(each.zh for each in said), ", ".join(each.en for each in said))


def measure(value: Decimal, unit: str) -> Label:
    """A number with its unit, never rounded: it is a rule's."""
    word = unit_said(unit)
    en = one_of(word.en) if value == 1 else word.en
    said = grouped(value.normalize())
    return Label(f"{said} {word.zh}".rstrip(), f"{said} {en}".rstrip())


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"

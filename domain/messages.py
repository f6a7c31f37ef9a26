"""What each code means to a person: one sentence in Chinese, one in English.

Codes are the contract; `docs/codes.md` is generated from here. `{name}` marks a detail.
"""

from dataclasses import dataclass
from typing import Any

ZH, EN = "zh-CN", "en"


@dataclass(frozen=True)
class Message:
    zh: str
    en: str

    def say(self, language: str, details: dict[str, Any]) -> str:
        return (self.en if language == EN else self.zh).format_map(details)


MESSAGES: dict[str, Message] = {
    # who asks
    "WRONG_CREDENTIALS": Message("账号或密码不正确", "Wrong account or password"),
    "TOO_MANY_ATTEMPTS": Message(
        "失败次数过多,请在 {minutes} 分钟后再试",
        "Too many failures; try again in {minutes} minutes",
    ),
    "NOT_SIGNED_IN": Message("请先登录", "Sign in first"),
    "NOT_ALLOWED": Message("您没有这项权限", "Your seats do not open this"),
    # what was sent
    "INVALID_INPUT": Message(
        "填写的内容有 {count} 处不能接受", "{count} problems in what was sent"
    ),
    "TOO_LONG": Message("最多 {limit} 个字", "At most {limit} characters"),
    "REQUIRED": Message("必须填写", "Required"),
    # what a form says
    "UNREADABLE_CHARACTERS": Message(
        "含有看不见的控制字符或残缺的字符", "Contains control characters or broken characters"
    ),
    "UNKNOWN_FIELD": Message("没有这一项", "There is no such field"),
    "DATE_TOO_FAR": Message("日期离今天超过两年", "More than two years from today"),
    "END_BEFORE_START": Message("结束早于开始", "Ends before it begins"),
    "BEGINS_ON_REST_DAY": Message(
        "开始的那天不上班,请改为第一个工作日", "The first day is no working day; begin on one"
    ),
    "ENDS_ON_REST_DAY": Message(
        "结束的那天不上班,请改为最后一个工作日", "The last day is no working day; end on one"
    ),
    "NOTHING_TO_COUNT": Message(
        "这段时间没有工作时间,无须申请", "There is no working time in it: nothing to ask for"
    ),
    "LEAVE_TOO_LONG": Message("一次请假最长两年", "A leave lasts two years at most"),
    "NO_LEAVE_TO_EXTEND": Message(
        "没有可以续的假", "There is no leave of yours here that can be extended"
    ),
    "EXTENSION_NOT_LATER": Message(
        "续假应晚于原来的结束时间", "An extension ends later than the leave does now"
    ),
    "CHILD_NOT_BORN": Message(
        "哺乳时间应在子女出生之后开始", "Nursing time begins after the child is born"
    ),
    "RETURN_BEFORE_DEPARTURE": Message("返回应晚于离开", "The return should follow the departure"),
    "OUTING_TOO_LONG": Message("一次外出最长 {days} 天", "An outing lasts {days} days at most"),
    "NOT_ON_A_DAY_OFF": Message(
        "这几天都上班,不属于节假日出市", "These are all working days: this is for days off"
    ),
    "OUTSIDE_CALENDAR": Message(
        "工作日历只到 {first} 年至 {last} 年",
        "The calendar of working days runs from {first} to {last} only",
    ),
    # facts, and the constants that a condition compares them with
    "NOT_AN_OBJECT": Message("应为一组名称和值", "Should be an object of names and values"),
    "UNKNOWN_FACT": Message(
        "不认识的事实“{fact}”;可用:{known}", "Unknown fact {fact}; known: {known}"
    ),
    "UNKNOWN_VALUE": Message(
        "没有“{value}”这个值;可用:{known}", "No such value {value}; known: {known}"
    ),
    "WRONG_TYPE": Message("类型不对,应为 {expected}", "Wrong type, {expected} expected"),
    "TOO_SMALL": Message("不得小于 {minimum}", "At least {minimum}"),
    "TOO_LARGE": Message("不得大于 {maximum}", "At most {maximum}"),
    "WHEN_UNREADABLE": Message("条件从“{found}”处读不懂", "Cannot read the condition at “{found}”"),
    "IMPOSSIBLE": Message("“{fact}”的条件永远不能成立", "No {fact} can meet this condition"),
    # rows of a rulebook and of the vocabulary
    "UNREADABLE_FILE": Message("文件读不出:{why}", "Cannot read the file: {why}"),
    "WRONG_HEADER": Message("首行应为:{expected}", "The first line should be: {expected}"),
    "WRONG_WIDTH": Message(
        "应有 {expected} 列,却有 {found} 列", "{expected} columns expected, not {found}"
    ),
    "WRONG_FORMAT": Message("写法不对,应为 {expected}", "Should be written as {expected}"),
    "FORBIDDEN_CHARACTER": Message(
        "不能含有逗号、引号、方括号、换行或不成对的括号",
        "No comma, quote, square bracket, line break or unpaired bracket may stand here",
    ),
    "UNKNOWN_WORD": Message("不认识“{word}”", "Unknown word: {word}"),
    "DUPLICATE": Message("与第 {earlier} 行重复", "Repeats line {earlier}"),
    "MIXED_RULE": Message(
        "规则 {rule} 各行的这一列应当相同", "All rows of rule {rule} should agree in this column"
    ),
    "MIXED_ORDER": Message(
        "规则 {rule} 不能兼有 {order} 与 {order}+", "Rule {rule} has both {order} and {order}+"
    ),
    "NOT_ALONE": Message("{role} 应当独自成为一条规则", "{role} should be a rule by itself"),
    "WRONG_COMBINATION": Message(
        "角色、行为与效力不能这样搭配", "Role, act and effect do not go together"
    ),
    "WRONG_AREA": Message("{kind} 的规则应写在 {file}", "Rules of {kind} belong in {file}"),
    "CLAUSE_NOT_REGISTERED": Message(
        "clauses.csv 没有登记 {clause}({clause_kind},{kind})",
        "clauses.csv has no line for {clause} ({clause_kind}, {kind})",
    ),
    "CYCLE": Message("{role} 的成员兜了圈子", "The members of {role} lead back to it"),
    # what fell away from a route, and why
    "OWN_ENDORSEMENT_FALLS_AWAY": Message(
        "申请人就是“{role}”,无须自己审核", "The applicant is {role}: the own endorsement falls away"
    ),
    "OWN_SIGNATURE_GIVEN": Message(
        "申请人就是“{role}”,提交即为签字",
        "The applicant is {role}: submitting counts as the signature",
    ),
    "OWN_RECORD_DONE": Message(
        "申请人就是“{role}”,无须另行备案", "The applicant is {role}: the record counts as done"
    ),
    "OWN_SEAT_STRUCK": Message(
        "申请人就是“{role}”,由其余人选办理",
        "The applicant is {role}: one of the others acts instead",
    ),
    "OWN_DECISION": Message(
        "申请人就是“{role}”,不得为自己作决定,没有规定由谁代为决定",
        "The applicant is {role} and cannot decide; no clause says who does instead",
    ),
    "STRICTER_TAKEN": Message(
        "几条规定不一致,从严办理,一并引用",
        "Clauses disagree: the stricter is taken and all are cited",
    ),
}

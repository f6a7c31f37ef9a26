"""What is wrong with a form."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "INVALID_INPUT": Message(
        "填写的内容有 {count} 处不能接受", "{count} {count:problem|problems} in what was sent"
    ),
    "TOO_LONG": Message("最多 {limit} 个字", "At most {limit} {limit:character|characters}"),
    "REQUIRED": Message("必须填写", "Required"),
    "UNREADABLE_CHARACTERS": Message(
        "含有看不见的控制字符、改变方向的字符或残缺的字符",
        "Contains characters that are hidden, turn the writing round or are broken",
    ),
    "MISWRITTEN": Message("写法不对,应如 {example}", "Not written as it should be: {example}"),
    "UNKNOWN_FIELD": Message("没有这一项", "There is no such field"),
    "DATE_TOO_FAR": Message("日期离今天超过两年", "More than two years from today"),
    "END_BEFORE_START": Message("结束早于开始", "Ends before it begins"),
    "NOTHING_TO_COUNT": Message(
        "这段时间没有工作时间,无须申请", "There is no working time in it: nothing to ask for"
    ),
    "NO_OWN_DAY": Message("本机关没有另行规定这一天", "The office has no row of its own for it"),
    "OUTSIDE_CALENDAR": Message(
        "工作日历只到 {first} 年至 {last} 年",
        "The calendar of working days runs from {first} to {last} only",
    ),
    "DOCUMENT_MISSING": Message("按规定须附:{documents}", "The clause demands: {documents}"),
    "NOT_YOUR_SEAT": Message("您不任这个职务", "You do not hold this seat"),
    "SEAT_NOT_NAMED": Message(
        "您任职于几个单位,请用 asSeat 指明以哪个职务申请",
        "You hold seats at several units: name one in asSeat",
    ),
    "NOT_A_COLLEAGUE": Message(
        "“{role}”所填的人不在本机关", "Nobody of the office is meant by {role}"
    ),
    "NAME_NEEDED": Message("须在 named 中指明{zh}({named})", "Name the {en} ({named}) in named"),
    "NO_SEAT": Message("您现在没有任职,不能申请", "You hold no seat today"),
    "NO_FORM": Message("“{kind}”还没有表单", "{kind} has no form yet"),
    "COUNTED_BY_OFFICE": Message(
        "这一项由登记和已批准的申请算出,不必填写", "The office counts this itself: leave it out"
    ),
}

"""Checks: why a sheet is not written, a period not published, or nothing is mended."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "CHECK_WITHOUT_ITEMS": Message(
        "本单位的制度没有写明检查什么", "No row of the office says what is looked at"
    ),
    "NOT_AN_ITEM": Message("本单位不检查这一项,可填:{known}", "No item here; known: {known}"),
    "MARKED_TWICE": Message("这一项已经打过分", "This item is marked already"),
    "MARKED_ANOTHER_WAY": Message(
        "打分的项目填分数,勾选的项目填是否达到", "Points for what is scored, kept or not otherwise"
    ),
    "BEYOND_ITS_POINTS": Message("这一项最高 {most} 分", "At most {most} for this item"),
    "ITEM_NOT_MARKED": Message("还没有检查:{zh}", "Not marked: {en}"),
    "CHECK_NOT_YOURS": Message("{zh}的结果由指定的岗位掌握", "Others rank and publish this: {en}"),
    "TOO_FEW_TO_RANK": Message("不足 {fewest} 人,不排名", "Fewer than {fewest} are not ranked"),
    "NOTHING_CHECKED": Message("这一时期没有检查", "Nothing was checked in this time"),
    "NOTHING_TO_MEND": Message("没有这一项整改", "Nothing is to be mended here"),
    "NOT_YOURS_TO_MEND": Message("由被检查的科室或人员整改", "Whoever was checked mends it"),
    "MENDING_PAST_THAT": Message("这一项整改不在这一步", "It does not stand there now"),
}

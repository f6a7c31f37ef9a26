"""Exports and printed forms: why there is none, or why its link opens nothing."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "NOT_YOURS_TO_EXPORT": Message("{zh}:由指定的岗位导出", "Others export this: {en}"),
    "EXPORT_TOO_LONG": Message(
        "超过 {most} 行,未导出;请缩小范围:按日期、事项或状态筛选后分次导出",
        "More than {most} {most:line|lines}, so nothing was exported: narrow it by days, kind or "
        "state, and export it in parts",
    ),
    "EXPORT_COLUMN_UNKNOWN": Message(
        "没有“{name}”这一列;可选:{known}", "There is no column {name}; known: {known}"
    ),
    "TOO_MANY_EXPORTS": Message(
        "刚导出的文件已有 {most} 份,请在几分钟后再导出",
        "{most} fresh {most:file|files} of yours lie ready: export again in some minutes",
    ),
    "LINK_OVER": Message(
        "链接已失效,请重新导出或打印", "This link opens nothing any more: export or print anew"
    ),
}

"""Statements: why one is not shown, not published, or does not leave the board."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "STATEMENT_UNKNOWN": Message(
        "本单位的制度没有要求公布这一项", "No clause asks to publish this"
    ),
    "STATEMENT_NOT_YOURS": Message("{zh}由指定的岗位掌握", "Others see this statement: {en}"),
    "NOT_YOURS_TO_PUBLISH": Message("{zh}由指定的岗位公布", "Others publish this: {en}"),
    "PERIOD_NOT_OVER": Message("这一期还没有结束", "This period is not over yet"),
    "PUBLISHED_ALREADY": Message("这一期已经公布", "This period is published already"),
    "PREVIEW_CHANGED": Message(
        "内容与预览时不同,请重新核对后公布", "It is no longer what was shown: look at it again"
    ),
    "TOO_LONG_A_PERIOD": Message("最长 {days} 天", "{days} {days:day|days} at most"),
    "PUBLICATION_NOT_FOUND": Message("没有这一份公布", "No such publication"),
    "NOT_ON_BOARD": Message("已不在公开栏上", "It is no longer on the board"),
    "NEEDS_APPROVAL_FIRST": Message("须先经批准:{zh}", "It has to be approved first: {en}"),
}

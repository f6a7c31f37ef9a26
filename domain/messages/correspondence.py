"""Notices, copies, circulations, urging and comments: what is told, and why an act is not taken."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    # what a notice says
    "COPIED_TO_YOU": Message(
        "{name} 抄送给您:{number} {zh}", "{name} sends you a copy of {number}, {en}"
    ),
    "CIRCULATED_TO_YOU": Message(
        "{name} 请您传阅:{number} {zh}", "{name} asks you to read {number}, {en}"
    ),
    "URGED": Message(
        "{name} 催办:{number} {zh},请尽快办理", "{name} urges you to take up {number}, {en}"
    ),
    "MENTIONED": Message(
        "{name} 在 {number} {zh} 的留言中提到您",
        "{name} mentions you in a comment on {number}, {en}",
    ),
    # why it is not taken
    "NOTICE_NOT_FOUND": Message("没有这条通知", "No such notice"),
    "NO_NOTICES": Message("请指明通知", "Name at least one notice"),
    "TOO_MANY_NOTICES": Message(
        "一次最多 {most} 条通知", "At most {most} {most:notice|notices} at a time"
    ),
    "NOT_ON_A_DRAFT": Message("草稿尚未提交", "A draft has not been submitted yet"),
    "NOT_YOURS_TO_SEND": Message(
        "只有申请人和经办人可以抄送、传阅", "Only the applicant and those with a turn send it on"
    ),
    "NO_RECIPIENTS": Message("请指明送给谁", "Name at least one recipient"),
    "TOO_MANY_RECIPIENTS": Message(
        "一次最多送 {most} 人", "At most {most} {most:recipient|recipients} at a time"
    ),
    "REPEATED_RECIPIENT": Message("前面已经写了", "Named before in the same list"),
    "CONCERNS_THEM": Message(
        "申请反映的就是对方,不能送给他", "The request complains of them: it is not sent there"
    ),
    "SENT_TO_ONESELF": Message("不必送给自己", "There is no need to send it to yourself"),
    "UNKNOWN_RECIPIENT": Message(
        "本机关没有这个人或职务", "No such person or seat in your institution"
    ),
    "STILL_TO_READ": Message(
        "已在传阅,对方尚未阅读", "It is circulating to them and they have not read it yet"
    ),
    "CIRCULATION_NOT_FOUND": Message("没有这次传阅", "No such circulation"),
    "CIRCULATION_ENDED": Message("这次传阅已经结束", "This circulation has ended"),
    "NOT_A_READER": Message("这次传阅没有送给您", "It was not circulated to you"),
    "NOT_YOUR_CIRCULATION": Message(
        "只有发起人可以结束传阅", "Only who started a circulation ends it"
    ),
    "NOT_YOURS_TO_URGE": Message(
        "只有申请人、已办理的人和本单位领导可以催办",
        "Only the applicant, those who have decided and the unit's leaders may urge",
    ),
    "URGES_ONESELF": Message("这一步正等您自己办理", "This step waits for yourself"),
    "NOTHING_TO_URGE": Message("没有正在等人办理的步骤", "No step is open: nothing to urge"),
    "URGED_ALREADY": Message(
        "已经催办过,{again} 之后可以再催", "It was urged already; again from {again}"
    ),
    "URGED_ENOUGH": Message(
        "今天已催办 {most} 次,{again} 之后可以再催",
        "It was urged {most} {most:time|times} today; again from {again}",
    ),
    "MENTIONED_OUT_OF_SIGHT": Message(
        "对方看不到这件申请,请先抄送", "They cannot see the request: send them a copy first"
    ),
    # what the history calls an act
    "DID_OTHER": Message("办理", "Acted"),
    "DID_SUBMITTED": Message("提交", "Submitted"),
    "DID_RESUBMITTED": Message("重新提交", "Submitted again"),
    "DID_DECIDED": Message("办理", "Took a turn"),
    "DID_AGREED": Message("同意", "Agreed"),
    "DID_REJECTED": Message("否决", "Rejected it"),
    "DID_RETURNED": Message("退回", "Returned it"),
    "DID_TRANSFERRED": Message("转办", "Handed a turn on"),
    "DID_SIGNERS_ADDED": Message("加签", "Asked others to sign"),
    "DID_SIGNER_REMOVED": Message("减签", "Took a signature back"),
    "DID_CONSENT_RECORDED": Message("登记电话同意", "Recorded a consent given by telephone"),
    "DID_CORRECTED": Message("更正", "Corrected it"),
    "DID_REASSIGNED": Message("改派", "Gave a turn to another seat"),
    "DID_CANCELLED": Message("撤销", "Cancelled it"),
    "DID_HANDED_OVER": Message("离职交接", "Handed a leaver's turn over"),
    "DID_RECOUNTED": Message("重新计算天数", "Counted it anew"),
    "DID_DRAFT_SAVED": Message("保存草稿", "Saved a draft"),
    "DID_WITHDRAWN": Message("撤回", "Withdrew it"),
    "DID_REPORTED_BACK": Message("销假", "Reported back"),
    "DID_COPIED": Message("抄送", "Sent copies"),
    "DID_CIRCULATED": Message("传阅", "Circulated it"),
    "DID_ACKNOWLEDGED": Message("已阅", "Read it"),
    "DID_CIRCULATION_ENDED": Message("结束传阅", "Ended a circulation"),
    "DID_PRINTED": Message("打印审批单", "Printed its form"),
    "DID_TEXTS_DESTROYED": Message("销毁文字", "Destroyed the texts"),
    "DID_URGED": Message("催办", "Urged a step"),
    "DID_COMMENTED": Message("留言", "Commented"),
}

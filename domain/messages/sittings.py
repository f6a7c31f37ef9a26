"""Sittings of bodies: why one is not held so, and what its resolutions say."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "NOT_YOUR_BODY": Message(
        "您不负责“{role}”的会务", "The sittings of {role} are not yours to keep"
    ),
    "NOT_A_BODY": Message("“{body}”不是议事机构", "{body} is no body that meets"),
    "SITTING_NOT_FOUND": Message("没有这次会议", "No such sitting"),
    "NOTICE_TOO_LATE": Message("会议材料须在 {due} 前送达", "The papers had to be sent by {due}"),
    "NOTICE_OPEN": Message("条文没有写明会前通知的时限", "The text states no term of notice"),
    "NOTICE_KEPT": Message("须在 {due} 前通知,已按时通知", "Notice was due by {due} and was kept"),
    "IN_THE_FUTURE": Message("不能是将来的时间", "It cannot lie in the future"),
    "SITTING_NOT_BEGUN": Message("会议还没有开始", "The sitting has not begun"),
    "EMPTY_AGENDA": Message("没有议题", "There is nothing on the agenda"),
    "STEP_OR_TITLE": Message(
        "每个议题或是一件待表决的申请,或有自己的名称",
        "An item is either a request's open vote or has a title of its own",
    ),
    "STEP_NOT_WAITING": Message(
        "这一步没有在等待该机构表决", "This step does not wait for a vote of the body"
    ),
    "STEP_ON_AGENDA": Message(
        "已列入 {sitting} 号会议的议程", "It is on the agenda of sitting {sitting} already"
    ),
    "COUNT_OR_MEMBERS": Message(
        "请填应到和实到人数,或者逐人填写,二者取一",
        "State either the numbers due and present, or the members by name",
    ),
    "UNKNOWN_MEMBER": Message("所填的人不在本机关", "Somebody named is not of the office"),
    "NAMED_TWICE": Message("有人填了两次", "Somebody is named twice"),
    "ATTENDANCE_MISSING": Message("还没有登记到会情况", "Attendance has not been recorded"),
    "ATTENDANCE_STANDS": Message(
        "已有议题表决,到会情况不能再改", "An item was voted on: attendance stands"
    ),
    "ITEM_RESOLVED": Message("这个议题已有结果", "This item was resolved already"),
    "NO_QUORUM": Message(
        "应到 {of} 人,到会 {present} 人,不足法定人数,不能表决",
        "{present} of {of} are present: no quorum, no vote",
    ),
    "FINDING_ASKED": Message(
        "条文没有写明以多少票通过,须由主持人认定并说明理由",
        "The text states no majority: the chair finds, and says why",
    ),
    "FINDING_NOT_ASKED": Message(
        "票数已有定论,不由主持人认定", "The count decides: no finding of the chair is asked"
    ),
    "MINUTES_CLOSED": Message("会议纪要已定稿,不能再改", "The minutes are closed: nothing changes"),
    "DIVIDED_ITEM_DEFERRED": Message(
        "分歧较大,暂缓决定,留待下次会议再表决",
        "Divided: put off to be voted on at the next sitting",
    ),
    "APPLICANT_HAS_NO_VOTE": Message(
        "申请人是成员,对自己的申请没有表决权", "The applicant is a member and has no vote on it"
    ),
    "RESOLVED_AT_SITTING": Message(
        "{body}{number}号会议决议:赞成 {in_favour},反对 {against},弃权 {abstained},"
        "书面赞成 {written_in_favour}",
        "Resolved at sitting {number} of {body}: {in_favour} for, {against} against,"
        " {abstained} abstained, {written_in_favour} in favour in writing",
    ),
    "MEMBERS_ASKED": Message("须逐人登记到会情况", "Who came has to be recorded by name"),
    "VOTE_IS_SECRET": Message(
        "须无记名投票:请开启无记名表决,或注明系纸质无记名票",
        "The vote is secret: open a ballot, or say that unsigned papers were counted",
    ),
    "VOTE_IS_OPEN": Message("条文规定公开表决", "The clause asks for an open vote"),
    "BALLOT_OPEN": Message("无记名表决尚未结束", "A secret ballot on it is open"),
    "BALLOT_COUNTED": Message("无记名表决已经计票", "The secret ballot was counted"),
    "BALLOT_NOT_OPEN": Message("没有正在进行的无记名表决", "No secret ballot is open on it"),
    "BALLOT_NOT_FOUND": Message("没有您可参加的无记名表决", "No ballot is open to you here"),
    "BALLOT_UNREADABLE": Message(
        "票数已无法开启(密钥已更换),只能作废重投",
        "The sum cannot be opened, for the secret was changed: call it off and vote anew",
    ),
    "VOTED_ALREADY": Message("您已投票", "You have voted"),
    "TOO_FEW_TO_BE_SECRET": Message(
        "少于 {minimum} 票,计票即泄露各人的票",
        "Of fewer than {minimum} votes the count tells whose",
    ),
    "NOT_AS_COUNTED": Message(
        "与无记名计票不符:赞成 {in_favour},反对 {against},弃权 {abstained}",
        "The ballot came to {in_favour} for, {against} against, {abstained} abstained",
    ),
    "NOTHING_RESOLVED": Message("这个议题没有通过,不能交办", "Nothing was resolved to be done"),
    "TASK_NOT_FOUND": Message("没有这项交办事项", "No such task"),
    "TASK_DONE": Message("已经办结", "It is done already"),
}

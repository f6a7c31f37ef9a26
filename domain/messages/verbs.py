"""Why a turn is not handed on, shared, corrected or answered so, and what people are told of it."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "NOBODY_THERE": Message("这个岗位现在无人", "Nobody holds this seat now"),
    "ALREADY_WITH_THEM": Message(
        "已经在其手中,或重复指定", "It is with them already, or they are named twice"
    ),
    "NOT_ENTITLED": Message(
        "按规定,这件事不由这个岗位审批", "The rules do not give this seat the decision here"
    ),
    "NOT_HANDED_ON": Message(
        "集体表决或外单位答复的步骤不能转交,也不能加签",
        "What a body votes or somebody outside answers is not handed on, nor signed by others",
    ),
    "NOT_TO_ONESELF": Message("不得指定自己", "Not to oneself"),
    "ONLY_TO_DECIDE": Message("这一步只能本人办理", "This step can only be taken"),
    "SIGNERS_NOT_COUNTABLE": Message(
        "加签人数须在 1 至 {limit} 之间", "From 1 to {limit} {limit:signer|signers}"
    ),
    "ASKED_BY_A_CLAUSE": Message(
        "规定要求的步骤不能减去", "What a clause asks for cannot be taken away"
    ),
    "NOT_BY_TELEPHONE": Message("这一步不接受电话同意", "Consent by telephone is not taken here"),
    "NOT_BY_ONESELF": Message(
        "电话同意须由他人记录;本人可直接办理",
        "Somebody else records consent by telephone; who is there takes the turn",
    ),
    "NOT_THEIR_STEP": Message("此人现不担任这一步的岗位", "This person does not hold the turn"),
    "NOT_SAID_THEN": Message(
        "时间须在这一步开始之后、现在之前", "It must lie between the opening of the step and now"
    ),
    "CORRECTED_AT_HOME": Message(
        "只能由申请所在单位更正", "It is corrected in the institution that it comes from"
    ),
    "NOT_CORRECTABLE": Message("这一项不能更正", "This field is not corrected so"),
    "NOTHING_CORRECTED": Message("更正后没有变化", "The correction changes nothing"),
    "NOT_AN_OUTSIDE_ANSWER": Message(
        "这一步不是外单位的答复", "This step is no answer from outside"
    ),
    "OUTSIDE_DOCUMENT_MISSING": Message(
        "外单位的答复须附文号、日期和扫描件",
        "An answer from outside needs its document number, day and scan",
    ),
    "TOO_MANY_AT_ONCE": Message("一次须在 1 至 {limit} 件之间", "From 1 to {limit} at once"),
    "ASKED_TOO_LATE": Message("须在 {due} 前提出", "It had to be asked for by {due}"),
    # what stays with a request for ever
    "REASSIGNED": Message("管理员{name}改派:{reason}", "Reassigned by {name}: {reason}"),
    "GIVEN_UP": Message("{name}放弃:{reason}", "Given up by {name}: {reason}"),
    "CANCELLED": Message("管理员{name}撤销:{reason}", "Cancelled by {name}: {reason}"),
    "CORRECTED": Message("{name}更正{fields}:{reason}", "{fields} corrected by {name}: {reason}"),
    "ONE_PERSON_TWO_LEVELS": Message(
        "{name}凭“{document}”代理,在本申请的两级环节办理",
        "{name} acted at two levels of it, one by the loan “{document}”",
    ),
    "CONSENT_DENIED": Message("{name}否认曾电话同意", "{name} denies having consented"),
    # what people are told
    "TURN_HANDED_ON": Message(
        "{name}把申请 {number} 转交给您:{reason}", "{name} handed request {number} to you: {reason}"
    ),
    "SIGNATURE_ASKED": Message(
        "{name}请您会签申请 {number}。{reason}",
        "{name} asks you to sign request {number}. {reason}",
    ),
    "CONFIRM_YOUR_CONSENT": Message(
        "{name}记录您已电话同意申请 {number},请在 {due} 前书面确认",
        "{name} recorded that you consented to request {number} by telephone: confirm it by {due}",
    ),
    "REQUEST_CORRECTED": Message(
        "{name}更正了申请 {number}:{reason}", "{name} corrected request {number}: {reason}"
    ),
}

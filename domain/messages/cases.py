"""Cases: why a stage is not taken, and who is told of it."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "CASE_NOT_FOUND": Message("没有这一事项", "No such case"),
    "CASE_CHANGED": Message(
        "案件已有变动,现为第 {version} 版", "The case has changed: it is at version {version}"
    ),
    "CASE_NOT_READY": Message(
        "现在还不能这样办,原因 {count} 项", "Not to be done now, for {count} {count:reason|reasons}"
    ),
    "NOT_YOURS_TO_DO": Message("这一步由{zh}办理", "This is for {en} to do"),
    "NOT_YOURS_TO_STATE": Message("这一项由{zh}说明", "This is for {en} to state"),
    "CASE_NOT_KEPT_HERE": Message(
        "本机关的制度没有规定{zh}的流程", "No rule of this institution gives {en} a path"
    ),
    "CASE_IS_OVER": Message("所依据的申请已不再有效", "Its request no longer stands"),
    "CASE_HAS_BEGUN": Message("已经开始或结束,不能放弃", "It has begun, or has ended"),
    "NOT_YOURS_TO_GIVE_UP": Message("只能由申请人放弃", "Only whoever asked for it gives it up"),
    "NOBODY_TO_URGE": Message("还没有确定经办人,无人可催", "Nobody handles it yet: none to urge"),
    "URGED_TODAY": Message("今天已经催办过", "It was urged today already"),
    "CONCERNS_HANDLER": Message(
        "被反映的人或科室不得承办", "Whoever is complained of cannot handle it"
    ),
    "NOBODY_HERE": Message("本机关没有这个在岗人员", "Nobody who serves in this institution"),
    "NO_UNIT_HERE": Message("本机关没有这个科室", "No such unit in this institution"),
    # what people are told of
    "CASE_GIVEN_UP": Message(
        "{zh} {number} 已放弃:{reason}", "{en} {number} is given up: {reason}"
    ),
    "CASE_ASSIGNED": Message("案件 {number} 交您办理", "Case {number} is yours to handle"),
    "CASE_URGED": Message("案件 {number} 催您办理", "Case {number}: you are urged to handle it"),
    "CASE_ESCALATED": Message(
        "案件 {number} 本级处理不了,报您过问", "Case {number} is beyond this level: please look"
    ),
}

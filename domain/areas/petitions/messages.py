"""Petitions and complaints: why one is not registered or handled, and who is told of it."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "RECEIVED_LATER": Message("收到日期不能晚于今天", "It cannot be received after today"),
    "CONCERNS_REGISTRAR": Message(
        "反映的是您本人,请由他人登记", "It concerns you: let somebody else register it"
    ),
    "CONCERNS_HANDLER": Message(
        "被反映的人或科室不得承办", "Whoever is complained of cannot handle it"
    ),
    "NOBODY_HERE": Message("本机关没有这个在岗人员", "Nobody who serves in this institution"),
    "NO_UNIT_HERE": Message("本机关没有这个科室", "No such unit in this institution"),
    "NO_FIRST_ASKED_PATH": Message(
        "本机关没有首问登记的规定", "No rule of this institution says how the first asked serve"
    ),
    "NOT_A_LEADER": Message("接待人不是本机关领导", "Whoever received them is no leader here"),
    # what people are told of
    "CASE_ASSIGNED": Message("案件 {number} 交您办理", "Case {number} is yours to handle"),
    "CASE_URGED": Message("案件 {number} 催您办理", "Case {number}: you are urged to handle it"),
    "CASE_ESCALATED": Message(
        "案件 {number} 本级处理不了,报您过问", "Case {number} is beyond this level: please look"
    ),
}

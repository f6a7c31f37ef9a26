"""Petitions and complaints, contacts and receptions: why one is not registered."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "RECEIVED_LATER": Message("收到日期不能晚于今天", "It cannot be received after today"),
    "NO_FIRST_ASKED_PATH": Message(
        "本机关没有首问登记的规定", "No rule of this institution says how the first asked serve"
    ),
    "NOT_A_LEADER": Message("接待人不是本机关领导", "Whoever received them is no leader here"),
}

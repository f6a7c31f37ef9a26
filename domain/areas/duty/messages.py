"""What is said of the books of duty."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "REPORTED_BEFORE_IT_HAPPENED": Message(
        "报告时间不能早于发生时间", "It cannot be reported before it happened"
    ),
    "WHO_CAME": Message("请登记来人姓名或单位", "Put down who came, or from where"),
    "URGENT_NOT_REPORTED": Message(
        "重要或紧急情况须立即报告,请写明向谁报告",
        "What is important or urgent is reported at once: say to whom",
    ),
}

"""What is wrong with a leave, and with its extension."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "BEGINS_ON_REST_DAY": Message(
        "开始的那天不上班,请改为第一个工作日", "The first day is no working day; begin on one"
    ),
    "ENDS_ON_REST_DAY": Message(
        "结束的那天不上班,请改为最后一个工作日", "The last day is no working day; end on one"
    ),
    "LEAVE_TOO_LONG": Message("一次请假最长两年", "A leave lasts two years at most"),
    "NO_LEAVE_TO_EXTEND": Message(
        "没有可以续的假", "There is no leave of yours here that can be extended"
    ),
    "EXTENSION_NOT_LATER": Message(
        "续假应晚于原来的结束时间", "An extension ends later than the leave does now"
    ),
    "CHILD_NOT_BORN": Message(
        "哺乳时间应在子女出生之后开始", "Nursing time begins after the child is born"
    ),
}

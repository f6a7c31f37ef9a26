"""What is wrong with an outing or a business trip."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "RETURN_BEFORE_DEPARTURE": Message("返回应晚于离开", "The return should follow the departure"),
    "OUTING_TOO_LONG": Message(
        "一次外出最长 {days} 天", "An outing lasts {days} {days:day|days} at most"
    ),
    "NOT_ON_A_DAY_OFF": Message(
        "这几天都上班,不属于节假日出市", "These are all working days: this is for days off"
    ),
}

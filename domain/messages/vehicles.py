"""What is said of vehicles, their drivers and the registers on them."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "VEHICLE_AWAY_TOO_LONG": Message(
        "一次用车最长 {days} 天", "A vehicle is away {days} days at most"
    ),
    "WITHIN_WORKING_HOURS": Message(
        "全在工作时间以内,请按公务用车申请", "All within working hours: ask for an official car"
    ),
    "MUST_BE_POSITIVE": Message("必须大于零", "Must be more than nothing"),
    "MUST_NOT_BE_NEGATIVE": Message("不得小于零", "Must not be less than nothing"),
    "NOT_YET_HAPPENED": Message("时间还没有到", "This lies ahead"),
    "ODOMETER_RUNS_BACK": Message(
        "公里数小于此前的读数", "The odometer shows less than it did before"
    ),
    "NOT_A_FIRST_DAY": Message("请填写该月的第一天", "Give the first day of the month"),
}

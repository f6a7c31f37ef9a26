"""What is said of vehicles, their trips and repairs, and their drivers."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "VEHICLE_AWAY_TOO_LONG": Message(
        "一次用车最长 {days} 天", "A vehicle is away {days} {days:day|days} at most"
    ),
    "WITHIN_WORKING_HOURS": Message(
        "全在工作时间以内,请按公务用车申请", "All within working hours: ask for an official car"
    ),
    "ODOMETER_RUNS_BACK": Message(
        "公里数小于此前的读数", "The odometer shows less than it did before"
    ),
    "VEHICLE_RETIRED": Message("{plate} 已不再使用", "{plate} is no longer in use"),
    "VEHICLE_IN_REPAIR": Message(
        "{plate} 正在维修(维修申请 {number})", "{plate} is being repaired (request {number})"
    ),
    "VEHICLE_SEALED": Message(
        "{plate} 在 {day} 封存,因工作用车请按工作时间外用车申请",
        "{plate} is sealed on {day}; for work ask for a car outside working hours",
    ),
    "VEHICLE_TOO_SMALL": Message("{plate} 最多乘坐 {most} 人", "{plate} seats {most} at most"),
    "NO_APPROVED_REPAIR": Message(
        "这不是本单位已批准的维修申请", "This is no approved repair of the office"
    ),
    "NOT_A_DRIVER": Message("这个人不是本单位的驾驶员", "This is no driver of the office"),
    "DRIVER_NEEDED": Message("须指定驾驶员", "A driver is needed"),
    "DRIVER_AWAY": Message("{name} 这段时间请假或外出", "{name} is away then"),
    "DRIVER_ENGAGED": Message(
        "{name} 这段时间已有出车任务", "{name} drives another trip at that time"
    ),
    "VEHICLE_IS_OUT": Message("{plate} 还没有回来", "{plate} is not back yet"),
    "MAY_NOT_SHARE": Message(
        "只有同天同方向、且已派车的用车可以合乘",
        "Only a dispatched trip of the same day and direction may be shared",
    ),
    "BACK_BEFORE_OUT": Message("回局早于出车", "Back before it left"),
    "CASH_WITHOUT_REASON": Message(
        "现金加油须有特殊情况并写明", "Fuel is paid in cash only for a stated reason"
    ),
    "VEHICLE_ASSIGNED": Message(
        "用车 {number} 已派车:{begins} {plate},驾驶员 {driver}",
        "Trip {number}: {plate} on {begins}, driven by {driver}",
    ),
    "VEHICLE_OF_LEADERS": Message(
        "{plate} 固定由局领导使用,其他人特殊情况才能用",
        "{plate} is kept for leaders; others get it in special cases only",
    ),
}

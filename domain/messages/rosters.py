"""Rosters: why a month is not drawn or settled, and why somebody takes no turn."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "NO_ROSTER_HERE": Message(
        "本单位的制度没有写明{zh}的班次", "No rows here say the shifts of: {en}"
    ),
    "NOT_YOURS_TO_DRAW": Message("{zh}由指定的岗位编排", "Others draw it: {en}"),
    "NOT_YOURS_TO_SETTLE": Message("{zh}由指定的岗位审定", "Others settle it: {en}"),
    "MONTH_OVER": Message("这个月已经过去", "That month is over"),
    "ROSTER_SETTLED": Message("这个月的值班表已经审定", "The roster of that month is settled"),
    "ROSTER_NOT_FOUND": Message("没有这一值班表或班次", "There is no such roster or turn"),
    "ROSTER_HOLE": Message(
        "{day} 无人可值班,请另行安排或写明原因",
        "Nobody is on duty on {day}: find somebody or say why",
    ),
    "NOT_OF_THE_ROSTER": Message(
        "{name}不在这一班次轮值人员之内", "{name} takes no turns of this shift"
    ),
    "AWAY_THAT_DAY": Message("{name}当日请假或外出", "{name} is away that day"),
    "EXEMPT_FROM_DUTY": Message("{name}当日免予值班", "{name} is exempt from duty that day"),
    "ON_DUTY_ALREADY": Message(
        "{name}同一时间另有值班", "{name} is on duty elsewhere at that time"
    ),
    "TURN_OVER": Message("这一班已经结束", "That turn is over"),
    "NO_GROUND_TO_REPLACE": Message(
        "值班表已审定:须有值班人员已批准的换班申请,或其已请假、免予值班",
        "The roster is settled: whoever is on duty has to be away, exempt, or approved to swap",
    ),
    "APPROVAL_OF_ANOTHER_ROSTER": Message(
        "须有编排之后提交并已批准、未曾使用的申请",
        "It needs a request sent after the roster was drawn, approved, and not used before",
    ),
    "NOT_ON_DUTY": Message("这一时间值班的不是您", "You are not on duty at that time"),
    "NOT_NEXT_ON_DUTY": Message("接班的是下一班值班人员", "Whoever is on duty next takes over"),
    "ON_DUTY": Message("您 {month} 的值班日:{days}", "Your days of duty in {month}: {days}"),
    "ON_DUTY_FOR_ANOTHER": Message("{day} 由您值班", "You are on duty on {day}"),
    "OFF_DUTY": Message("{day} 您不再值班", "You are no longer on duty on {day}"),
}

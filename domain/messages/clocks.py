"""Running clocks and recurring duties: what people are told, and why an act is not taken."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    # why an act on a clock is not taken
    "CLOCK_NOT_FOUND": Message("没有这个期限", "No such clock"),
    "CLOCK_ENDED": Message(
        "期限已到或已结束,不能再改", "Its time is up or it has ended: nothing changes any more"
    ),
    "CLOCK_PAUSED": Message("期限已经中止", "The clock stands still already"),
    "CLOCK_NOT_PAUSED": Message("期限没有中止", "The clock does not stand still"),
    "NOT_RESPONSIBLE": Message("这个期限不由您负责", "You do not answer for this clock"),
    "UNTIL_OR_COUNT": Message(
        "请填延长到何时或延长多久,二者取一", "State either until when or by how much"
    ),
    "EXTENSION_TOO_SHORT": Message(
        "须晚于现在的期限 {due}", "It must be later than it is due now: {due}"
    ),
    "EXTENSION_TOO_LONG": Message(
        "条文只允许延长到 {due}", "The text allows it to be extended to {due} only"
    ),
    "EXTENSION_ASKED": Message("已有延期申请在等答复", "An extension waits for its answer already"),
    "NO_EXTENSION_ASKED": Message("没有人申请延期", "No extension was asked for"),
    "OWN_EXTENSION": Message(
        "不得答复自己或为自己的延期申请", "Nobody decides on an extension that they asked for"
    ),
    # what people are told about a clock
    "CLOCK_WARNING": Message("“{action}”将于 {due} 到期", "“{action}” is due on {due}"),
    "CLOCK_EXPIRED": Message("“{action}”已于 {due} 逾期", "“{action}” was due on {due}: overdue"),
    "CLOCK_URGED": Message(
        "催办:“{action}”已于 {due} 逾期,请即办理", "Urged: “{action}” was due on {due}"
    ),
    "CLOCK_EXPLAIN": Message(
        "“{action}”已于 {due} 逾期,请说明情况并办理到底",
        "“{action}” was due on {due}: explain the delay, and see it through",
    ),
    "CLOCK_ESCALATED": Message(
        "下级的“{action}”已于 {due} 逾期,请督办",
        "“{action}”, which is below you, was due on {due}: see to it",
    ),
    "CLOCK_DEEMED_ACCEPTED": Message(
        "“{action}”到 {due} 未办,视为同意", "“{action}” was not done by {due}: deemed accepted"
    ),
    "CLOCK_EXTENSION_ASKED": Message(
        "{name}申请将“{action}”延期:{reason}", "{name} asks for more time for “{action}”: {reason}"
    ),
    "CLOCK_EXTENDED": Message(
        "“{action}”的期限延长到 {due}:{reason}", "“{action}” is extended to {due}: {reason}"
    ),
    "CLOCK_EXTENSION_REFUSED": Message(
        "“{action}”不予延期:{reason}", "“{action}” is not extended: {reason}"
    ),
    # recurring duties
    "DUTY_NOT_FOUND": Message("没有这项例行工作", "No such duty"),
    "NOT_YOUR_DUTY": Message("这项工作由“{role}”办理", "This duty is that of {role}"),
    "DUTY_BEFORE_PERIOD": Message(
        "不能早于这一期开始({first})", "Not before the period begins ({first})"
    ),
    "DUTY_HAS_NO_PERIOD": Message(
        "这项工作因事而起,没有周期", "It follows events and has no periods"
    ),
    "DUTY_DONE_ENOUGH": Message(
        "这一期已办满 {most} 次",
        "It was done {most} {most:time|times} in this period: no more are counted",
    ),
    "STRETCH_TOO_LONG": Message("最多查询 {most} 天", "At most {most} {most:day|days} at once"),
    "DUTY_DUE": Message("“{activity}”应于 {due} 前办理", "“{activity}” is due by {due}"),
    "DUTY_MISSED": Message(
        "“{activity}”({first} 至 {last})没有办理",
        "“{activity}” was not done in {first} to {last}",
    ),
}

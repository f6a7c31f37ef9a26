"""Seats lent, filled, vacated and handed over: why not, and what people are told of it."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "SEAT_NOT_FOUND": Message("本机关没有这个职位", "No such seat in this institution"),
    "BORROWED_SEAT": Message(
        "代理的职位不得转委托", "A seat that was lent to you cannot be lent further"
    ),
    "SEAT_IS_HELD": Message(
        "这个职位有人担任,由其本人委托代理", "Somebody holds this seat: they lend it themselves"
    ),
    "LENT_TO_ONESELF": Message("不得委托给自己", "Nobody lends a seat to themselves"),
    "HOLDS_IT_ALREADY": Message(
        "{name} 在这些日子里已担任这个职位", "{name} already holds this seat on those days"
    ),
    "IN_THE_PAST": Message("不得早于今天({today})", "Not before today, {today}"),
    "LOAN_TOO_LONG": Message(
        "委托代理最长一年,至迟到 {latest}", "A loan lasts a year at most, here until {latest}"
    ),
    "LOAN_OUTLASTS_POST": Message(
        "您担任这个职位只到 {until}", "You hold this seat only until {until}"
    ),
    "POST_NOT_BEGUN": Message(
        "您从 {begins} 起才担任这个职位", "You hold this seat only from {begins}"
    ),
    "LOAN_CIRCLE": Message(
        "{name} 同期的职位最终由您代理,不得循环委托",
        "{name}'s own seats are lent back to you on those days: no loan in a circle",
    ),
    "LOAN_OVERLAPS": Message(
        "这个职位同期已按“{document}”委托他人代理同类事项",
        "This seat is already lent for such requests then, by “{document}”",
    ),
    "NO_KINDS_LENT": Message("须写明代理哪些事项", "Name at least one kind of request"),
    "NOT_TO_BE_LENT": Message(
        "“{kind}”的审批权依条款不得委托代理",
        "A clause forbids lending the power to decide “{kind}”",
    ),
    "LIMIT_NOT_NUMERIC": Message("限额只能是数值事实", "A limit is set on a numeric fact"),
    "LIMIT_NOT_OF_KIND": Message(
        "“{kind}”没有这一事实,限额无从适用", "“{kind}” does not state this fact"
    ),
    "HAS_LEFT": Message("{name} 的最后工作日是 {day}", "{day} is the last working day of {name}"),
    "DELEGATION_NOT_FOUND": Message("没有这项委托代理", "No such loan of a seat"),
    "NOT_YOUR_LOAN": Message(
        "只有委托人或管理员可以终止", "Only the lender or an administrator ends it"
    ),
    "LOAN_OVER": Message("这项委托代理已经结束", "This loan has ended"),
    "NOT_THE_ADMINISTRATOR": Message(
        "只有系统管理员可以查看全部", "Only a system administrator sees them all"
    ),
    "OWN_APPOINTMENT": Message("不得任命自己", "Nobody grants themselves a seat"),
    "DECIDES_YOUR_REQUEST": Message(
        "这个职位要办理您本人的申请 {number},其任职、代理不得由您变动,请另一位管理员办理",
        "This seat has a turn in your own request {number}: ask another administrator",
    ),
    "ANOTHER_ADMINISTRATOR": Message(
        "这项变动应由另一位管理员办理", "This change is for another administrator to make"
    ),
    "APPOINTMENT_NOT_FOUND": Message(
        "{name} 那时不担任这个职位", "{name} does not hold this seat then"
    ),
    "LAST_ADMINISTRATORS": Message(
        "“{role}”不得少于 {least} 名",
        "There must remain {least} of: {role}",
    ),
    "NOT_HANDED_OVER": Message(
        "交接不能完成,原因 {count} 项",
        "The hand-over is not complete, for {count} {count:reason|reasons}",
    ),
    "SUCCESSOR_NEEDED": Message(
        "“{title}”({unit})没有接任人", "{title} of {unit} has no successor"
    ),
    "NOT_A_SEAT_OF_THEIRS": Message("{name} 不担任这个职位", "{name} does not hold this seat"),
    "SUCCESSOR_LEAVES": Message(
        "不得由离任者本人接任", "Whoever leaves does not succeed themselves"
    ),
    "STEPS_NEED_SUCCESSOR": Message(
        "有 {count} 个环节指名由其本人办理,须写明由谁接办",
        "{count} {count:step names|steps name} this person: say who takes them over",
    ),
    "HANDED_OVER_ALREADY": Message(
        "{name} 已办交接,最后工作日是 {day}", "{name} has handed over already, as of {day}"
    ),
    "SEAT_LENT_TO_YOU": Message(
        "{lender} 将“{role}”({unit})委托您代理,{begins} 至 {ends},依据“{document}”",
        "{lender} lends you the seat {role} of {unit} from {begins} to {ends}, by “{document}”",
    ),
    "SEAT_LENT": Message(
        "“{role}”({unit})委托 {borrower} 代理,{begins} 至 {ends},依据“{document}”",
        "{role} of {unit} is lent to {borrower} from {begins} to {ends}, by “{document}”",
    ),
    "LOAN_ENDED": Message(
        "“{role}”({unit})由 {borrower} 代理一事已终止",
        "The loan of {role} of {unit} to {borrower} has ended",
    ),
    "SEAT_FILLED": Message(
        "您自 {begins} 起担任“{role}”({unit})", "From {begins} you hold {role} of {unit}"
    ),
    "SEAT_ENDED": Message(
        "您担任“{role}”({unit})到 {ends} 为止", "You hold {role} of {unit} until {ends}"
    ),
    "WORK_HANDED_OVER": Message(
        "{leaver} 离任,最后工作日 {day};交由您接办的环节 {count} 个",
        "{leaver} leaves, last day {day}; steps that you take over: {count}",
    ),
    "HAND_OVER_DONE": Message(
        "离任交接已办妥,最后工作日 {day}", "Your hand-over is settled; your last day is {day}"
    ),
    "NOT_OF_THIS_OFFICE": Message("本机关没有此人或此岗位", "Nobody of this institution"),
}

"""Registers: why a line is not entered, corrected or struck out."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "REGISTER_NOT_KEPT_HERE": Message("本单位的制度没有要求{zh}", "No clause here asks for: {en}"),
    "NOT_A_KEEPER": Message("{zh}由指定的岗位登记", "Others keep this register: {en}"),
    "LINE_NOT_FOUND": Message("没有这一条登记", "No such line"),
    "NOT_FOUND_HERE": Message("本单位没有这一项", "There is no such thing here"),
    "CORRECTED_ALREADY": Message("这一条已经更正或注销", "This line was corrected or struck out"),
    "ENTERED_ALREADY": Message("已经登记过,请更正原来的一条", "Entered already: correct that line"),
    "OWN_RECORD": Message("不能登记关于自己的事项", "Nobody enters what concerns themselves"),
    "NOTHING_TO_SIGN": Message("这一条不需要签收", "This line asks for no second signature"),
    "NOT_YOURS_TO_SIGN": Message("须由指定的另一人签收", "Another person signs for this line"),
    "SIGNED_ALREADY": Message("这一条已经签收", "This line is signed for"),
    "LINE_TO_SIGN": Message(
        "{name}登记了{zh},请签字", "{name} entered a line for you to sign: {en}"
    ),
    "NOT_SPOKEN_OF": Message(
        "本单位的制度没有说到这一情形", "No clause of this office speaks of it"
    ),
    "NOBODY_NAMED": Message("须写明当事人或科室", "Say of whom: a person or a section"),
    "CONSEQUENCE_PROPOSED": Message(
        "登记的情形可能导致:{zh};您可以陈述意见",
        "What is on record may lead to {en}: say your side",
    ),
    "CONSEQUENCE_IMPOSED": Message("决定:{zh};您可以申诉", "Decided: {en}. You may object."),
    "CONSEQUENCE_DROPPED": Message("决定不作处理:{zh}", "Decided not to impose: {en}"),
    "CONSEQUENCE_UPHELD": Message("复核维持:{zh}", "Upheld on review: {en}"),
    "CONSEQUENCE_REVOKED": Message("复核撤销:{zh}", "Revoked on review: {en}"),
    "CONSEQUENCE_NOT_FOUND": Message("没有这一处理建议", "No such consequence"),
    "CONSEQUENCE_PAST_THAT": Message("现在不能这样做", "That can no longer be done, or not yet"),
    "CONSEQUENCE_LAPSED": Message(
        "登记已有变动,不再导致这一结果", "What was counted no longer leads to it"
    ),
    "OBJECTION_TOO_LATE": Message(
        "申诉期限已于 {due} 届满", "The time to object was over on {due}"
    ),
    "NOT_ABOUT_YOU": Message("只有当事人可以陈述或申诉", "Only whom it concerns may say so"),
    "NOBODY_DECIDES": Message("条文没有写明由谁决定", "The text names nobody who decides"),
    "OTHERS_DECIDE": Message("由条文指定的岗位决定", "Others decide on this"),
    "OWN_REVIEW": Message("作出决定的人不能自己复核", "Nobody reviews their own decision"),
    "DOES_NOT_FOLLOW": Message("按所作认定不导致这一结果", "As judged, it does not follow"),
    "AMOUNT_NOT_AMONG": Message(
        "应在 {least} 至 {most} 之间", "It lies between {least} and {most}"
    ),
    "AMOUNT_IS_COUNTED": Message("数额由登记算出:{amount}", "The amount is counted: {amount}"),
    "NOT_A_FIRST_DAY": Message("请填写该月的第一天", "Give the first day of the month"),
    "NOT_YET_HAPPENED": Message("时间还没有到", "This lies ahead"),
    "THING_NOT_FOUND": Message("没有这一件", "There is no such thing"),
    "THING_NOT_THERE": Message("它现在的状态不能这样办", "It cannot be moved so from where it is"),
    "NOT_HANDED_OUT": Message("这类物品不外借、不移交", "Things of this kind are not handed out"),
    "NOT_YOURS_TO_TAKE_OVER": Message("没有交给您接收", "It was not offered to you"),
    "NOT_A_KEEPER_OF_IT": Message(
        "只能由{zh}保管;他人代管须经批准并签字",
        "Kept by {en} alone; another needs an approved handover that they signed",
    ),
    "APPROVAL_NEEDED": Message("须有已批准的申请", "An approved request is needed"),
    "APPROVAL_OF_ANOTHER": Message(
        "这份申请不是接收人的,或已经用过", "That request is another's, or was used before"
    ),
    "MORE_THAN_APPROVED": Message(
        "超过批准的数量,还可领用 {left}", "More than was approved: {left} are left"
    ),
    "BEYOND_APPROVED": Message(
        "超过批准的金额,还可使用 {left}", "Beyond what was approved: {left} are left"
    ),
    "FIXED": Message("登记后不能更改", "It cannot be changed once it is entered"),
    "THING_OFFERED": Message("“{name}”移交给您,请签收", "{name} is offered to you: sign for it"),
    "THING_HANDED_OUT": Message("“{name}”已交给您", "{name} was handed to you"),
    "SAME_PERSON": Message("须是另一个人", "It has to be another person"),
    "NOT_SO_MANY": Message(
        "{day}库存不足,缺 {lacking}", "There were not so many on {day}: {lacking} too few"
    ),
    "HOLDS_NOT_SO_MANY": Message(
        "{name}{day}没有这么多,缺 {lacking}", "{name} held not so many on {day}: {lacking} too few"
    ),
    "STILL_IN_STOCK": Message(
        "还有 {left} 在库或有人领用,或盘点差异未处理",
        "{left} are left in the store or held, or a difference is open",
    ),
    "STILL_HOLDS": Message(
        "{name}还有未归还或未移交的物品:{items}",
        "{name} has yet to return or hand over: {items}",
    ),
    "COUNT_SETTLED": Message("差异已经处理", "Its difference was decided on"),
    "COUNT_NOT_SIGNED": Message(
        "盘点尚未由另一人签字,或已更正", "No second person signed the count, or it was corrected"
    ),
    "COUNTED_IT": Message(
        "盘点的人不处理盘出的差异", "Who counted does not decide on the difference"
    ),
    "NO_DIFFERENCE": Message("这次盘点账物相符", "The count found what ought to be there"),
    "CHANGED_MEANWHILE": Message(
        "其间已有变动,请重新查看(现在是第 {version} 版)",
        "It has changed since; look again (version {version} now)",
    ),
}

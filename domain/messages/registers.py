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
    "NOT_SPOKEN_OF": Message(
        "本单位的制度没有这一事由,可填:{known}", "No clause here speaks of it; known: {known}"
    ),
}

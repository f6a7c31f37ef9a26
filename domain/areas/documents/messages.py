"""What is said of papers that come in and go out."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "ADDRESSEE_MISSING": Message(
        "写明私人亲收的,须写明收件人", "What is marked for one person names that person"
    ),
    "DRAFT_NOT_ON_ITS_WAY": Message(
        "只有正在报批的发文可以校核", "Only a draft on its way to the signature is checked"
    ),
    "STILL_WITH_READER": Message(
        "文件还在阅文者手中,传阅没有完毕", "A reader still has it: not all have read it"
    ),
    "PAPER_TO_READ": Message("《{title}》请您阅文", "“{title}” is yours to read"),
    "PAPER_FOR_YOU": Message("《{title}》交您承办", "“{title}” is yours to handle"),
    "PAPER_URGED": Message("《{title}》催您办理", "“{title}”: you are urged to deal with it"),
    "PAPER_ALTERED": Message(
        "《{title}》签发后有改动,须重新签发",
        "“{title}” was changed after its signature and has to be signed again",
    ),
}

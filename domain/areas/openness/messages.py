"""Openness: what is wrong with what is filled in, and what people are told."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "OPENNESS_ANSWERED": Message(
        "您登记的公开申请已答复", "The application for openness that you entered is answered"
    ),
    "EXTENDED_TOO_FAR": Message(
        "最迟可延长至 {until}", "It can be extended until {until} at the latest"
    ),
    "APPROVED_FOR_ANOTHER": Message(
        "所附申请未获批准,或批准的不是这类事项",
        "The request is not approved, or was approved for something else",
    ),
    "RHYTHM_OF_PERIODIC": Message(
        "定期公开的项目写明周期,其他的不写", "A periodic item has a rhythm, any other has none"
    ),
    "SHOWN_IN_THE_PAST": Message("公开期限早于今天", "It would hang until a day that is past"),
    "CORRECTED_BY_A_DAY": Message(
        "限期改正须写明期限,其他情况不写",
        "What is to be corrected names the day; nothing else does",
    ),
}

"""What the area of supplies tells people."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "ASSET_TO_BOOK": Message(
        "固定资产“{name}”入库 {quantity},请立账",
        "Fixed asset {name} was taken in ({quantity}): book it",
    ),
}

"""Joining the party: why a case does not begin or move on."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "NOT_OF_AGE": Message("须年满 {age} 岁", "One must be {age} {age:year|years} old"),
    "PARTY_CASE_RUNNING": Message("您已有一份在办的档案", "You have a case that is under way"),
    "FULL_MEMBER_ALREADY": Message("已是正式党员", "Already a full member"),
    "NOT_A_FULL_MEMBER": Message("{name} 不是正式党员", "{name} is no full member"),
    "NOT_FOR_ONESELF": Message(
        "不能做自己的联系人或介绍人", "Nobody is their own mentor or introducer"
    ),
}

"""Joining the party: why a case does not begin or move on."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "NO_PARTY_PATH": Message(
        "本机关的制度没有规定发展党员的流程", "No rule of this institution says how one joins"
    ),
    "PARTY_CASE_NOT_FOUND": Message("没有这份发展党员档案", "No such case of joining the party"),
    "PARTY_CASE_CHANGED": Message(
        "档案已有变动,现为第 {version} 版", "The case has changed: it is at version {version}"
    ),
    "APPLICATION_NOT_TAKEN": Message(
        "不能受理入党申请,原因 {count} 项",
        "The application is not taken, for {count} {count:reason|reasons}",
    ),
    "NOT_OF_AGE": Message("须年满 {age} 岁", "One must be {age} {age:year|years} old"),
    "PARTY_CASE_RUNNING": Message("您已有一份在办的档案", "You have a case that is under way"),
    "FULL_MEMBER_ALREADY": Message("已是正式党员", "Already a full member"),
    "STAGE_NOT_OPEN": Message(
        "还不能进入下一阶段,原因 {count} 项",
        "This stage is not open, for {count} {count:reason|reasons}",
    ),
    "OWN_PARTY_CASE": Message("不得办理自己的档案", "Nobody advances their own case"),
    "NOT_YOUR_STAGE": Message("这一步由“{role}”办理", "This is for {role} to do"),
    "NOT_YOURS_TO_STATE": Message("这一项由“{role}”说明", "This is for {role} to state"),
    "SERVER_COUNTS": Message(
        "这一项由系统按记录核定,不接受填报", "Counted from what is on record; it cannot be stated"
    ),
    "NOT_ASKED_HERE": Message("这一步不问这一项", "This stage does not ask for it"),
    "NOT_A_FULL_MEMBER": Message("{name} 不是正式党员", "{name} is no full member"),
    "NOT_FOR_ONESELF": Message(
        "不能做自己的联系人或介绍人", "Nobody is their own mentor or introducer"
    ),
}

"""An office kept by its administrators: founded; units, people, accounts; what waits for whom."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "UNIT_NOT_FOUND": Message("本机关没有这个单位", "No such unit in this institution"),
    "UNIT_CLOSED": Message("“{unit}”到 {day} 为止", "{unit} ends with {day}"),
    "UNIT_NAME_TAKEN": Message(
        "同一单位下已有“{unit}”", "There is a unit {unit} beside it already"
    ),
    "UNIT_UNDER_ITSELF": Message(
        "“{unit}”不能设在自己或其下属单位之下", "{unit} cannot stand under itself or below it"
    ),
    "UNIT_IS_THE_OFFICE": Message(
        "“{unit}”就是本机关,不能撤并", "{unit} is the institution itself: it stays"
    ),
    "UNIT_HAS_UNITS": Message(
        "其下还有单位:{units},请先调整", "Units stand below it: {units}; move them first"
    ),
    "SEAT_HAS_WORK": Message(
        "“{role}”({unit})还有 {count} 个环节待办,请先改派",
        "{count} {count:turn waits|turns wait} for {role} of {unit}: reassign them first",
    ),
    "SEAT_STILL_HELD": Message(
        "“{role}”({unit})此后仍由 {names} 担任",
        "{role} of {unit} is still held beyond that day, by {names}",
    ),
    "SEAT_HELD_IN_BOTH": Message(
        "两个单位都有“{role}”,{unit}的 {names} 须先免去或改任",
        "Both units have somebody as {role}: end the appointment of {names} in {unit} first",
    ),
    "SEAT_EXISTS": Message("“{unit}”已有“{role}”", "{unit} has a {role} already"),
    "SEAT_CLOSED": Message(
        "“{role}”({unit})到 {day} 为止", "The seat {role} of {unit} ends with {day}"
    ),
    "UNKNOWN_ROLE": Message("没有“{role}”这个职务", "There is no role {role}"),
    "NAME_TAKEN": Message(
        "已有一位{name};确是同名的另一人,请注明 namesake",
        "There is somebody called {name}: say namesake if this is another person",
    ),
    "NOT_AN_ACCOUNT": Message(
        "账号应形如 li.ming,不含空白和 @", "An account is like li.ming, without blanks or @"
    ),
    "ACCOUNT_TAKEN": Message("账号 {account} 已有人使用", "The account {account} is taken"),
    "ACCOUNT_NOT_FOUND": Message("没有这个账号", "No such account"),
    "NO_SUCH_FACT": Message(
        "人员档案没有“{fact}”一项,或不能是“{value}”",
        "A person has no fact {fact}, or it cannot be {value}",
    ),
    "ADMINISTRATORS_APART": Message(
        "系统、规则、审计三员分立:{name} 同期担任“{instead_of}”,不能担任“{role}”",
        "System, policy and audit administrators are kept apart: {name} is {instead_of} then,"
        " and cannot be {role}",
    ),
    "NOBODY_CONFIRMS": Message(
        "此后没有第二人可以确认管理事项,请先任命",
        "Nobody would be left to confirm what is administered: appoint somebody first",
    ),
    "INSTITUTION_EXISTS": Message(
        "已有代码为“{institution}”的机关", "There is an institution {institution} already"
    ),
    "NOT_A_CODE": Message(
        "机关代码用小写字母、数字和连字符,字母开头",
        "A code is lower-case letters, digits and hyphens, and begins with a letter",
    ),
    "TWO_FOUNDERS": Message("须写明两位创建人", "Name two founders"),
    "LINK_UNKNOWN": Message("链接不对,或已作废", "No such link, or it was withdrawn"),
    "LINK_SPENT": Message("链接已经用过,请另要一条", "The link was used: ask for another"),
    "LINK_EXPIRED": Message(
        "链接到 {day} 为止,请另要一条", "The link ended with {day}: ask for another"
    ),
    "ACT_NOT_FOUND": Message("没有这件管理事项", "No such administrative act"),
    "ACT_DECIDED": Message("这件管理事项已有结论", "This administrative act has been decided"),
    "OWN_ACT": Message("本人提出的事项由他人确认", "Somebody else confirms what you asked for"),
    "NOT_YOURS_TO_CONFIRM": Message("这件事项由{zh}确认", "It is for {en} to confirm this"),
    "FOUNDING_OVER": Message(
        "三员已经到位,创建人的权限已经终止",
        "The administrators are appointed: founders' powers ended",
    ),
    "ACT_WAITS": Message(
        "{name} 提出的管理事项等待您确认(confirmAct):{said}",
        "What {name} asks for waits for you to confirm (confirmAct): {said}",
    ),
    "ACT_CONFIRMED": Message("{name} 已确认:{said}", "{name} confirmed: {said}"),
    "ACT_DECLINED": Message("{name} 不同意:{said}", "{name} declined: {said}"),
    "ONE_OF_TWO": Message("from 和 files 只写一项", "Give from or files, and not both"),
    "ROLE_MISSING": Message(
        "规则用到“{role}”,本机关没有这个职位:请设置职位,或写明由哪个职位办理",
        "The rules name {role}, and the office has no such seat: add it, or say which seat it is",
    ),
    "ROW_AT_FAULT": Message(
        "{file} 第 {line} 行 {column}:{reason}", "{file}, line {line}, {column}: {reason}"
    ),
    "SAID_UNIT_ADDED": Message(
        "在“{parent}”下设“{called}”", "Add the unit {called} under {parent}"
    ),
    "SAID_UNIT_RENAMED": Message("“{unit}”改称“{called}”", "Rename {unit} to {called}"),
    "SAID_UNIT_MOVED": Message("“{unit}”改设在“{parent}”之下", "Move {unit} under {parent}"),
    "SAID_UNIT_CLOSED": Message("“{unit}”到 {last_day} 撤销", "Close {unit} after {last_day}"),
    "SAID_UNIT_MERGED": Message(
        "“{unit}”到 {last_day} 并入“{into_unit}”", "Merge {unit} into {into_unit} after {last_day}"
    ),
    "SAID_PERSON_ADDED": Message("增加人员 {called}({account})", "Add {called} ({account})"),
    "SAID_PERSON_RENAMED": Message("{whom} 改名 {called}", "Rename {whom} to {called}"),
    "SAID_SEAT_ADDED": Message("“{unit}”设“{role}”", "Add the seat {role} to {unit}"),
    "SAID_SEAT_CLOSED": Message(
        "“{unit}”到 {last_day} 不再设“{role}”", "Close the seat {role} of {unit} after {last_day}"
    ),
    "SAID_SEAT_FILLED": Message(
        "{whom} 自 {begins} 起任“{role}”({unit})", "{whom} becomes {role} of {unit} on {begins}"
    ),
    "SAID_APPOINTMENT_ENDED": Message(
        "{whom} 任“{role}”({unit})到 {last_day}", "{whom} is {role} of {unit} until {last_day}"
    ),
    "SAID_INVITED": Message(
        "给 {account} 一次性登录链接", "Give {account} a one-time link to sign in"
    ),
    "SAID_DISABLED": Message("停用账号 {account}", "Disable the account {account}"),
    "SAID_ENABLED": Message("恢复账号 {account}", "Enable the account {account}"),
    "SAID_HANDED_OVER": Message(
        "{whom} 离任交接,最后工作日 {last_day}", "{whom} hands over and leaves after {last_day}"
    ),
    "SAID_SEAT_LENT": Message(
        "“{role}”({unit})委托 {whom} 代理,{begins} 至 {ends}",
        "Lend {role} of {unit} to {whom} from {begins} to {ends}",
    ),
    "SAID_LOAN_ENDED": Message(
        "终止“{role}”({unit})由 {whom} 代理({begins} 至 {ends})",
        "End the loan of {role} of {unit} to {whom} ({begins} to {ends})",
    ),
    "SAID_RULEBOOK_ADOPTED": Message(
        "采用规则:{areas}(来源 {source})", "Adopt rules: {areas} (from {source})"
    ),
}

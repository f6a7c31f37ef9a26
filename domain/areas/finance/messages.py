"""What is said of the books of finance."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "LAST_BEFORE_FIRST": Message(
        "终止号码不能小于起始号码", "The last number cannot come before the first"
    ),
    "STAMPED_BEFORE_FILLED_IN": Message(
        "支票填写之前不得盖章", "A cheque is not stamped before it is filled in"
    ),
    "NOT_IN_THE_BOOK": Message(
        "支票簿的号码是 {first} 至 {last}", "The book has the numbers {first} to {last}"
    ),
    "KEPT_HOW": Message(
        "没有发完的现金须写明怎样保管", "Say how the cash that was not paid out is kept"
    ),
    "CASH_OVER_LIMIT": Message(
        "现金超过备用金限额,超出部分须先存入银行",
        "More cash than may be kept: what is beyond the limit goes to the bank first",
    ),
    "DIFFERENCE_UNEXPLAINED": Message("两个数不一致,须写明原因", "The two differ: say why"),
    "INCOME_NOT_WHOLE": Message(
        "当日收入须全部上交:{amount} 元", "All of the day's income is handed over: {amount} yuan"
    ),
    "JOURNAL_DIFFERS": Message(
        "按登记的收付,余额应为 {balance} 元", "By the lines entered {balance} yuan are left"
    ),
    "PLAN_NEEDED": Message(
        "须有已批准的当月开支计划", "An approved spending plan of the month is needed"
    ),
    "PLAN_OF_ANOTHER_MONTH": Message(
        "这份计划不是付款当月的", "That plan is for another month than the payment"
    ),
}

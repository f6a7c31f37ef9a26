"""Signing in, permissions, and what came over the wire."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "WRONG_CREDENTIALS": Message("账号或密码不正确", "Wrong account or password"),
    "TOO_MANY_ATTEMPTS": Message(
        "失败次数过多,请在 {minutes} 分钟后再试",
        "Too many failures; try again in {minutes} {minutes:minute|minutes}",
    ),
    "NOT_SIGNED_IN": Message("请先登录", "Sign in first"),
    "NOT_ALLOWED": Message("您没有这项权限", "Your seats do not open this"),
    "WEAK_PASSWORD": Message("新密码不可用", "The new password cannot be taken"),
    "PASSWORD_LENGTH": Message(
        "密码应有 {shortest} 至 {longest} 个字符,空白不计入最少字数",
        "A password needs {shortest} to {longest} {longest:character|characters} beside blanks",
    ),
    "PASSWORD_IS_NAME": Message(
        "密码不能只是账号或姓名", "A password must be more than the name of the account or person"
    ),
    "PASSWORD_IS_COMMON": Message(
        "这个密码太常见,很容易被猜到", "This password is among the first that anybody tries"
    ),
    "NO_TEXTS": Message(
        "账册没有存这件事项的文字",
        "The ledger keeps no texts of it",
    ),
    "TEXTS_IN_USE": Message(
        "事项尚未办结,文字还不能销毁", "It is not over: its texts are still needed"
    ),
    "TOOK_PART": Message(
        "您是当事人或经手人,应由他人销毁", "You took part in it: somebody else destroys its texts"
    ),
    "YOUR_TURN": Message("有事项等您办理", "Something waits for your decision"),
    "NOTICE_WAITS": Message("有通知", "You have a notice"),
    "TOO_MANY_STREAMS": Message(
        "同时打开的订阅太多,每人最多 {most} 个", "Too many streams are open; {most} for each person"
    ),
    "WRONG_STREAM": Message(
        "订阅要以 text/event-stream 接收,其余不能",
        "Subscriptions, and no others, are event streams",
    ),
    "NO_MAIL": Message("本系统未设置邮件", "No mail is set up here"),
    "NOT_A_GATEWAY": Message(
        "不是可用的网关地址:应为公网的 https 地址,或运维人员列出的内部地址",
        "No gateway: an https address that is public, or one that the operator named, is needed",
    ),
    "TOO_MANY_CHANNELS": Message(
        "渠道太多,最多 {most} 个", "Too many channels; {most} is the most"
    ),
    "CHANNEL_NOT_FOUND": Message("没有这个渠道", "There is no such channel"),
    "NOT_MAIL": Message("不是邮件地址", "No mail address"),
    "OTHER_INSTITUTION": Message(
        "“{institution}”不是您所在的机关", "{institution} is not your institution"
    ),
    "UNKNOWN_INSTITUTION": Message("没有“{institution}”这个机关", "No institution {institution}"),
    "INVALID_HTTP": Message("请求不能读取:{why}", "The HTTP request cannot be read: {why}"),
    "NOT_JSON": Message("请求的内容不是合格的 JSON", "The body of the request is no valid JSON"),
    "NOT_ONE_CALL": Message(
        "请求的内容应是一个对象:query 为文字,variables 和 extensions 为对象",
        "The body should be one object: query a text, variables and extensions objects",
    ),
    "NO_QUERY": Message("请求中没有 query", "There is no query in the request"),
    "NO_OPERATION": Message("查询中没有可以执行的操作", "The document has no operation to run"),
    "UNKNOWN_OPERATION": Message(
        "查询中没有 operationName 所指的操作",
        "The document has no operation of the name in operationName",
    ),
    "NOT_SENT_AS_JSON": Message(
        "请求应以 application/json 发来", "A request is sent as application/json"
    ),
    "NOT_BY_POST": Message("请用 POST 发送", "Send it by POST"),
    "INVALID_GRAPHQL": Message("查询不合法", "The document is not valid GraphQL for this schema"),
    "REQUEST_TOO_LARGE": Message(
        "请求太大,最多 {limit} 字节", "The request is too large: at most {limit} {limit:byte|bytes}"
    ),
    "TOO_COMPLEX": Message(
        "查询太大:至多 {characters} 个字符,最外层 {roots} 项(同一项 {alike} 次),"
        "总共 {fields} 项、{levels} 层,答复 {answers} 项",
        "The document is too large: at most {characters} {characters:character|characters}, "
        "{roots} {roots:field|fields} at its root (one of them {alike} {alike:time|times}), "
        "{fields} in all, {levels} {levels:level|levels} deep, {answers} in its answer",
    ),
    "TOO_MANY_VALUES": Message(
        "变量至多含 {limit} 个值", "Variables hold at most {limit} {limit:value|values}"
    ),
    "UNREADABLE_DOCUMENT": Message(
        "查询从第 {line} 行第 {column} 列起读不懂",
        "The document cannot be read from line {line}, column {column} on",
    ),
    "ENDLESS_FRAGMENT": Message("片段“{name}”引用了自己", "The fragment {name} spreads itself"),
    "OPERATION_NOT_NAMED": Message(
        "查询含有几个操作,须用 operationName 指明一个",
        "The document has several operations: name one in operationName",
    ),
    "INTROSPECTION_CLOSED": Message(
        "本服务器不答复自身的结构,请看 schema.graphql",
        "This server does not tell what its schema is: see schema.graphql",
    ),
    "INTROSPECTION_ALONE": Message(
        "询问结构的操作只能问一次,也不能同时问别的",
        "An operation that asks for the schema asks once, and for nothing else",
    ),
    "AGAINST_GRAPHQL": Message("这里不合 GraphQL 的规则", "This is against the rules of GraphQL"),
    "UNKNOWN_ARGUMENT": Message("没有这个参数", "There is no such argument"),
    "UNKNOWN_ENUM_VALUE": Message("不是 {expected} 的取值", "Not one of the values of {expected}"),
    "WRONG_SELECTION": Message(
        "对象须写明要它的哪些字段,单个的值则不能",
        "Of an object the fields are selected, of a plain value nothing is",
    ),
    "OUT_OF_TIME": Message(
        "日期须在 {first} 与 {last} 之间", "The date should lie from {first} to {last}"
    ),
    "TOO_DEEP": Message("嵌套最多 {limit} 层", "Nested at most {limit} {limit:level|levels} deep"),
    "INTERNAL": Message(
        "系统出错,已记录(编号 {request_id})", "Something went wrong; it is logged as {request_id}"
    ),
    "BUSY": Message("系统正忙,请稍后再试", "Too much is going on; try again in a moment"),
    "TIMED_OUT": Message(
        "用时过长,已经停止,什么也没有改动", "It took too long and was stopped; nothing was changed"
    ),
    "CLIENT_TOO_SLOW": Message(
        "请求没有在 {seconds} 秒内送完", "The request did not arrive within {seconds} seconds"
    ),
    "STORE_UNAVAILABLE": Message(
        "数据库暂时不可用,请稍后用同一个 idempotencyKey 重试",
        "The database is away for the moment; try again shortly, with the same idempotencyKey",
    ),
    "OVERTAKEN": Message("别人刚刚改动过,请重试", "Others acted at the same moment; try again"),
    "INVALID_KEY": Message(
        "idempotencyKey 不能为空,最多 {limit} 个字符",
        "idempotencyKey must not be blank and has at most {limit} {limit:character|characters}",
    ),
    "KEY_REUSED": Message(
        "这个 idempotencyKey 已用于另一次提交", "This idempotencyKey was used for another call"
    ),
    "INVALID_ID": Message("编号无法识别", "Not an id of this kind"),
    "INVALID_CURSOR": Message("游标无法识别", "Not a cursor of this list"),
    "PAGE_SIZE": Message("每页 1 至 {most} 条", "Between 1 and {most} a page"),
    "ROW_UNREADABLE": Message(
        "存档的内容无法显示,已记录", "What is stored of it cannot be shown; it is logged"
    ),
    "UNREADABLE_TEXT": Message("含有不能保存的字符", "It holds characters that cannot be kept"),
}

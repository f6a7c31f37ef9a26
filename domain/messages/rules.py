"""Facts, conditions, rows of a rulebook, and what falls away from a route."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    # facts, and the constants that a condition compares them with
    "ONE_ALONE": Message("须且只能填写其中一项", "Give one of these, and no other"),
    "NOT_AN_OBJECT": Message("应为一组名称和值", "Should be an object of names and values"),
    "UNKNOWN_FACT": Message(
        "不认识的事实“{fact}”;可用:{known}", "Unknown fact {fact}; known: {known}"
    ),
    "UNKNOWN_VALUE": Message(
        "没有“{value}”这个值;可用:{known}", "No such value {value}; known: {known}"
    ),
    "WRONG_TYPE": Message("类型不对,应为 {expected}", "Wrong type, {expected} expected"),
    "TOO_SMALL": Message("不得小于 {minimum}", "At least {minimum}"),
    "TOO_LARGE": Message("不得大于 {maximum}", "At most {maximum}"),
    "OFF_GRID": Message("应为 {grid} 的整数倍", "A whole multiple of {grid}"),
    "WHEN_UNREADABLE": Message("条件从“{found}”处读不懂", "Cannot read the condition at “{found}”"),
    "IMPOSSIBLE": Message("“{fact}”的条件永远不能成立", "No {fact} can meet this condition"),
    # rows of a rulebook and of the vocabulary
    "UNREADABLE_FILE": Message("文件读不出:{why}", "Cannot read the file: {why}"),
    "WRONG_HEADER": Message("首行应为:{expected}", "The first line should be: {expected}"),
    "WRONG_WIDTH": Message(
        "应有 {expected} 列,却有 {found} 列",
        "{expected} {expected:column|columns} expected, not {found}",
    ),
    "WRONG_FORMAT": Message("写法不对,应为 {expected}", "Should be written as {expected}"),
    "FORBIDDEN_CHARACTER": Message(
        "不能含有逗号、引号、方括号、换行或不成对的括号",
        "No comma, quote, square bracket, line break or unpaired bracket may stand here",
    ),
    "COUNTED_IN_CIRCLE": Message("“{measure}”绕了一圈由自己计算", "Counted from itself: {measure}"),
    "SHIFT_UNSTATED": Message(
        "这个班次没有一行写明此项;条文未写的,由本机关的解释行写明",
        "No row of this shift says it: where no text does, an interpretation of the office has to",
    ),
    "SHIFT_CONTRADICTED": Message(
        "与第 {earlier} 行对同一班次所写不同", "Says otherwise of this shift than line {earlier}"
    ),
    "UNKNOWN_WORD": Message("不认识“{word}”", "Unknown word: {word}"),
    "DUPLICATE": Message("与第 {earlier} 行重复", "Repeats line {earlier}"),
    "MIXED_RULE": Message(
        "规则 {rule} 各行的这一列应当相同", "All rows of rule {rule} should agree in this column"
    ),
    "MIXED_ORDER": Message(
        "规则 {rule} 不能兼有 {order} 与 {order}+", "Rule {rule} has both {order} and {order}+"
    ),
    "NOT_ALONE": Message("{role} 应当独自成为一条规则", "{role} should be a rule by itself"),
    "WRONG_COMBINATION": Message(
        "角色、行为与效力不能这样搭配", "Role, act and effect do not go together"
    ),
    "KIND_AND_OBJECT": Message(
        "{word} 已是申请的种类,不能又是事物", "{word} is a kind of request, and no object beside it"
    ),
    "ACT_DOES_NOT_FIT": Message(
        "对 {object} 不能作 {act};可作:{known}", "{act} does not fit {object}; known: {known}"
    ),
    "ORDER_OF_AN_OBJECT": Message(
        "事物的规则不分先后,次序应为 1", "Lines of an object form no chain: their order is 1"
    ),
    "ACT_WITHOUT_CLAUSE": Message(
        "准许或禁止须有依据的条款", "Whatever is allowed or denied rests on a clause"
    ),
    "NO_SUCH_COLUMN": Message(
        "{register} 没有“{name}”这一栏;可用:{known}",
        "{register} has no column {name}; known: {known}",
    ),
    "WRONG_AREA": Message("{kind} 的规则应写在 {file}", "Rules of {kind} belong in {file}"),
    "CLAUSE_NOT_REGISTERED": Message(
        "clauses.csv 没有登记 {clause}({clause_kind},{kind})",
        "clauses.csv has no line for {clause} ({clause_kind}, {kind})",
    ),
    "OUTCOME_UNSTATED": Message(
        "{outcome} 的条款须填写这一列", "A clause that is {outcome} has to state this column"
    ),
    "OUTCOME_OVERSTATED": Message(
        "{outcome} 的条款不填这一列", "A clause that is {outcome} leaves this column empty"
    ),
    "CITED_BY_NONE": Message(
        "所列各项都没有引用 {clause}", "None of what is named here cites {clause}"
    ),
    "CYCLE": Message("{role} 的成员兜了圈子", "The members of {role} lead back to it"),
    # what fell away from a route, and why
    "OWN_ENDORSEMENT_FALLS_AWAY": Message(
        "申请人就是“{role}”,无须自己审核", "The applicant is {role}: the own endorsement falls away"
    ),
    "OWN_SIGNATURE_GIVEN": Message(
        "申请人就是“{role}”,提交即为签字",
        "The applicant is {role}: submitting counts as the signature",
    ),
    "OWN_RECORD_DONE": Message(
        "申请人就是“{role}”,无须另行备案", "The applicant is {role}: the record counts as done"
    ),
    "OWN_SEAT_STRUCK": Message(
        "申请人就是“{role}”,由其余人选办理",
        "The applicant is {role}: one of the others acts instead",
    ),
    "OWN_DECISION": Message(
        "申请人就是“{role}”,不得为自己作决定,没有规定由谁代为决定",
        "The applicant is {role} and cannot decide; no clause says who does instead",
    ),
    "STRICTER_TAKEN": Message(
        "几条规定不一致,从严办理,一并引用",
        "Clauses disagree: the stricter is taken and all are cited",
    ),
    "OWN_SIGNATURE_ASKED": Message(
        "申请人就是“{role}”,由本人签字", "The applicant is {role} and signs in person"
    ),
    "ESCALATED": Message(
        "“{instead_of}”就是申请人,按本机关设定上报“{role}”",
        "The applicant is {instead_of}: the office's switch takes it up to {role}",
    ),
    "ESCALATED_TIER": Message(
        "规定有空白,按本机关设定适用上一档({fact} {tier})",
        "The rules leave a gap: the office's switch applies the next tier ({fact} {tier})",
    ),
    "CONCERNS_OTHERS": Message(
        "这项制度没有须由您知悉的条款", "No clause of this regulation is yours to acknowledge"
    ),
    "ANOTHER_VERSION": Message(
        "这项制度现为第 {version} 版,请先阅读",
        "The regulation is in version {version}: read it first",
    ),
    "UNKNOWN_REGULATION": Message("没有这项制度", "No such regulation"),
    "UNKNOWN_UNIT": Message("没有这个科室或单位", "No such unit"),
    "UNKNOWN_OBJECT": Message("没有“{object}”这样的事物", "No object {object}"),
    "UNKNOWN_AREA": Message("没有“{area}”这个领域", "No area {area}"),
}

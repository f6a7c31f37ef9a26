"""Clauses that compute: what their rows must satisfy, what is asked of them, what they answer."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    # rows
    "CLAUSE_UNKNOWN": Message(
        "clauses.csv 没有登记 {clause}", "clauses.csv has no line for {clause}"
    ),
    "KNOWN_FACT": Message(
        "{fact} 已是各机关通用的事实,不必另行声明", "{fact} is a fact of the vocabulary already"
    ),
    "WINDOWS_OVERLAP": Message(
        "与期限“{earlier}”的条件重叠,同一事项有两个期限",
        "Overlaps with clock {earlier}: one matter would have two terms",
    ),
    "OUT_OF_ORDER": Message("次序不对", "Out of order"),
    "MIXED_RUNG": Message(
        "同一档 {rung} 各行的这一列应当相同", "All lines of rung {rung} should agree in this column"
    ),
    "UNKNOWN_RUNG": Message("没有“{rung}”这一档", "There is no rung {rung}"),
    "NEVER_BOTH": Message(
        "{one} 与 {other} 的条件不会同时成立", "{one} and {other} never hold together"
    ),
    "DERIVED_FROM_ITSELF": Message("{measure} 由自己算出", "{measure} is worked out from itself"),
    "WRONG_WEIGHTS": Message(
        "{score} 的权重合计 {total},应为 1 或 100",
        "The weights of {score} add up to {total}, not to 1 or 100",
    ),
    "UNREACHABLE_STATE": Message(
        "没有步骤通向“{state}”", "No transition leads to the state {state}"
    ),
    # what is asked
    "UNKNOWN_CLAUSE": Message("没有登记这一条", "The register has no such clause"),
    "CLAUSE_NOT_IN_FORCE": Message("这一条在 {on} 不施行", "This clause is not in force on {on}"),
    "NOTHING_TO_COMPUTE": Message(
        "这一条没有可供计算的此类规定", "This clause states nothing of this kind to compute"
    ),
    "UNKNOWN_ROW": Message("这里没有“{row}”;可选:{known}", "No {row} here; known: {known}"),
    "UNKNOWN_MEASURE": Message(
        "不认识的度量“{measure}”;这一条用到:{known}",
        "Unknown measure {measure}; this clause looks at: {known}",
    ),
    "MEASURE_NOT_STATED": Message("还须说明“{measure}”", "{measure} has to be stated as well"),
    "NOT_AS_WORKED_OUT": Message(
        "“{measure}”按所报各项计算为 {value},与所报不符",
        "{measure} is {value} as worked out from what is stated",
    ),
    "ZERO_DIVISOR": Message("不能为零", "Must be greater than zero"),
    "UNKNOWN_STATE": Message(
        "这里没有“{state}”这一状态;可选:{known}", "No state {state} here; known: {known}"
    ),
    "UNKNOWN_EVENT": Message(
        "这里没有“{attempt}”这一步;可选:{known}", "No step {attempt} here; known: {known}"
    ),
    "UNKNOWN_KIND": Message("没有“{kind}”这种申请", "No kind of request {kind}"),
    "UNKNOWN_DUTY": Message(
        "这里没有“{duty}”这一职责;可选:{known}", "No duty {duty} here; known: {known}"
    ),
    "NOTHING_SPEAKS": Message("这一条没有说到这种情形", "The clause does not speak of this case"),
    "OPEN_TERM": Message("条文没有写明期限", "The text gives no term"),
    "UNKNOWN_BODY": Message(
        "没有关于“{body}”的议事规定;可选:{known}", "No rule for the body {body}; known: {known}"
    ),
    "UNKNOWN_MATTER": Message(
        "没有关于“{matter}”的议事规定;可选:{known}",
        "No rule for the matter {matter}; known: {known}",
    ),
    "MORE_VOTES_THAN_VOTERS": Message(
        "票数 {votes} 多于到会 {present} 人", "{votes} {votes:vote|votes}, but {present} present"
    ),
    "UNKNOWN_PATH": Message("没有“{path}”这条流程;可选:{known}", "No path {path}; known: {known}"),
    # what is answered
    "QUORUM_MET": Message(
        "到会 {count} 人,达到法定人数({needed})", "{count} present: quorate ({needed})"
    ),
    "QUORUM_MISSED": Message(
        "到会 {count} 人,不足法定人数({needed})", "{count} present: not quorate ({needed})"
    ),
    "QUORUM_OPEN": Message("条文没有写明到会人数", "The text states no quorum"),
    "MAJORITY_MET": Message(
        "赞成 {count} 票,达到多数({needed})", "{count} in favour: carried ({needed})"
    ),
    "MAJORITY_MISSED": Message(
        "赞成 {count} 票,未达到多数({needed})", "{count} in favour: not carried ({needed})"
    ),
    "MAJORITY_OPEN": Message("条文没有写明多少票通过", "The text states no majority"),
    "ALL_IN_FAVOUR": Message(
        "有表决权的全部赞成,无论多数如何规定都通过",
        "Everybody with a vote is in favour: carried whatever the majority",
    ),
    "NOBODY_IN_FAVOUR": Message(
        "无人赞成,无论多数如何规定都不通过",
        "Nobody is in favour: not carried whatever the majority",
    ),
    "MAJORITY_OF_WHAT_OPEN": Message(
        "条文写了多数,没有写明占谁的多数", "The text states a majority, but not of whom"
    ),
    "WRITTEN_NOT_COUNTED": Message(
        "条文没有说书面意见计入票数,未计", "No clause counts written opinions: left out"
    ),
    "NOT_QUORATE": Message("不足法定人数,不能作出决定", "Without a quorum nothing is decided"),
    "REQUIREMENT_NOT_MET": Message("不符合:{label}", "Not met: {label}"),
    "EXCLUDED": Message("排除:{label}", "Excluded: {label}"),
    "NO_TRANSITION": Message(
        "从“{state}”不能“{attempt}”;可以:{known}",
        "“{attempt}” does not follow on “{state}”; possible: {known}",
    ),
    "GUARD_NOT_MET": Message("须满足:{region}", "Demanded: {region}"),
    "WAIT_NOT_OVER": Message("未满期限,最早 {until}", "Too early: not before {until}"),
    "DUTIES_JOINED": Message(
        "{person} 不得兼任:{duties}", "{person} may not join these duties: {duties}"
    ),
    "TOO_FEW_PEOPLE": Message(
        "{label}:至少 {least} 人", "{label}: at least {least} {least:person|people}"
    ),
    # findings
    "LADDER_HOLE": Message(
        "“{ladder}”有空档:{example} 没有规定后果",
        "The ladder {ladder} has a hole: nothing follows from {example}",
    ),
    "LADDER_TWO_ANSWERS": Message(
        "“{ladder}”有两种后果:{example} 同属 {rungs}",
        "The ladder {ladder} has two answers: {example} belongs to {rungs}",
    ),
    "LADDERS_CONTRADICT": Message(
        "{rungs} 对同一事规定不同,不能并用:{example}",
        "{rungs} say otherwise of one thing and cannot both be meant: {example}",
    ),
    "QUOTAS_CONTRADICT": Message(
        "“{subject}”的限额相互矛盾:{limits}", "Limits of {subject} contradict each other: {limits}"
    ),
    "VOTE_WITHOUT_MAJORITY": Message(
        "“{role}”的议事规定没有写明多少票通过", "No majority is stated for {role}"
    ),
    "CLOCK_WITHOUT_ACTION": Message(
        "期限“{clock}”没有写明做什么", "Clock {clock} does not say what is to be done"
    ),
    "CLOCK_WITHOUT_TERM": Message(
        "期限“{clock}”没有写明多久", "Clock {clock} does not say how long"
    ),
    "ABOVE_QUOTA": Message("超过规定的 {limit}", "Beyond the {limit} that are allowed"),
    "BELOW_QUOTA": Message("不足规定的 {limit}", "Less than the {limit} demanded"),
    "AGAINST_PRINCIPLE": Message("原则上:{zh}({clause})", "In principle: {en} ({clause})"),
}

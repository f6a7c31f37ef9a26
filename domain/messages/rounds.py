"""Rounds of evaluation: why an act on one is not taken, and what the text leaves open."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    "NO_EVALUATION_SCHEME": Message(
        "本机关没有可供计分、排名、定档的考核规定",
        "No regulation here adds up, ranks and tiers an evaluation",
    ),
    "UNKNOWN_ROUND": Message(
        "没有“{round}”这种考核;可选:{known}", "No evaluation {round}; known: {known}"
    ),
    "ROUND_EXISTS": Message("{year} 年的考核已经开始", "The evaluation of {year} is open already"),
    "MARK_HAS_SOURCE": Message(
        "这一项由登记的情况计数,不由人工填写",
        "It is counted from the books, not marked by a person",
    ),
    "COUNT_ANEW": Message(
        "登记的情况有变化,须重新计数", "The books say something else by now: count anew"
    ),
    "ROUND_NOT_FOUND": Message("没有这次考核", "No such round of evaluation"),
    "ROUND_CLOSED": Message(
        "考核已结束,结果不再变动", "The round is closed: its results are final"
    ),
    "OWN_EVALUATION": Message(
        "不得考核自己所在的“{unit}”", "Nobody evaluates the section they belong to: {unit}"
    ),
    "CLAUSE_NOT_SCORED": Message("考核计分没有用到这一条", "No score counts under this clause"),
    "MARK_NOT_FOUND": Message("没有这笔加减分记录", "No such mark"),
    "MARK_CANCELLED": Message("这笔记录已经撤销", "The mark was cancelled already"),
    "UNKNOWN_PANEL": Message(
        "没有“{panel}”这个评议主体;可选:{known}", "No panel {panel}; known: {known}"
    ),
    "CAST_IN_PERSON": Message(
        "领导和科室负责人由本人评分", "Leaders and chiefs cast their ballots themselves"
    ),
    "ALREADY_RATED": Message("您已为这个科室评分", "You have rated this section already"),
    "EVALUATION_INCOMPLETE": Message(
        "还有科室没有记全,不能结束", "Sections are not recorded in full: the round stays open"
    ),
    "NOT_THIS_RESULT": Message(
        "不是本次考核结果的申请", "Not a request for the result of this round"
    ),
    "RESULT_CHANGED_SINCE": Message(
        "提请审核之后又有记录,须重新提请", "Recorded anew since it was submitted: submit it again"
    ),
    # what the text leaves open
    "PANEL_WEIGHTS_OPEN": Message(
        "条文没有写明各评议主体的权重和换算办法,评议分未计入总分",
        "The text gives the panels no weights: their ratings are shown and not counted",
    ),
    "TIER_SIZES_OPEN": Message(
        "{count} 个科室按 {shares} 分不成整数,条文没有写明取舍,档次未定",
        "{count} {count:section does|sections do} not divide by {shares} and no rounding is "
        "stated: tiers are open",
    ),
    "TIE": Message(
        "并列第 {place} 名的有 {count} 个,条文没有写明先后",
        "{count} share place {place}: the text does not settle ties",
    ),
    "TIE_ACROSS_TIERS": Message(
        "并列第 {place} 名的 {count} 个跨两档,条文没有写明先后,档次未定",
        "{count} share place {place} across two tiers: the text does not settle which",
    ),
}

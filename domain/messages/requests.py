"""Why a request or an act on one is not taken."""

from domain.messages.message import Message

MESSAGES: dict[str, Message] = {
    # why a request is not taken
    "GAP": Message("没有规定谁批准", "No rule says who decides"),
    "KIND_NOT_REGULATED": Message(
        "“{institution}”的制度没有规定“{kind}”", "No regulation of {institution} speaks of {kind}"
    ),
    "NEEDED_BY_RULES": Message("按规定须说明:{zh}", "The rules need to know: {en}"),
    "NOT_OF_THIS_KIND": Message(
        "不属于“{kind}”,这类申请须是:{zh}", "Not a case of {kind}, which is for: {en}"
    ),
    "NOT_ON_RECORD": Message(
        "规定要看“{zh}”,本机关没有这项记录", "The rules look at what is not on record: {en}"
    ),
    "NEAREST_CLAUSES": Message("最接近的条款:{clauses}", "The nearest clauses: {clauses}"),
    "OVERLAP": Message("几条规定说法不一", "Rules disagree about this case"),
    "FORBIDDEN": Message("规定禁止", "A clause forbids it"),
    "SIDE_DEMANDS": Message("一说:{zh}", "One reading: {en}"),
    "CLAIMED_BY": Message("参看这一条", "See this clause"),
    "NO_SUCH_SEAT": Message(
        "本机关没有设“{role}”,无人可批", "The office has no seat of {role}: nobody may decide"
    ),
    "ABSENCE_OVERLAPS": Message(
        "这段时间您已请假或外出", "You are already on leave or out at that time"
    ),
    "ALREADY_BOOKED": Message(
        "这段时间已被别的申请预定", "It is booked by another request at that time"
    ),
    "NOT_ELIGIBLE": Message("不符合条件:{zh}", "Not eligible: {en}"),
    "AFTER_THE_FACT_NOT_ALLOWED": Message(
        "不得事后补办:应在开始之前提出", "It must be asked for before it begins"
    ),
    "AFTER_THE_FACT": Message("事后补办", "Asked for after it had begun"),
    # why an act is not taken
    "REQUEST_NOT_FOUND": Message("没有这件申请", "No such request"),
    "STEP_NOT_FOUND": Message("没有这一步", "No such step"),
    "STEP_NOT_OPEN": Message(
        "这一步现在不能办理(状态:{status})", "This step is not open (it is {status})"
    ),
    "NOT_YOUR_STEP": Message("这一步不归您办理", "This step is not yours"),
    "CONCERNS_REGISTRAR": Message(
        "反映的是您本人,请由他人登记", "It concerns you: let somebody else register it"
    ),
    "CONCERNS_YOU": Message("被反映的人不得经办", "It concerns you: somebody else handles it"),
    # what a changed calendar makes of what was counted on it
    "RECOUNTED": Message("工作日历变动后重新计算:{zh}", "Counted anew, the calendar changed: {en}"),
    "RECOUNTED_BEYOND": Message(
        "工作日历变动后重新计算:{zh};按此本应另行审批,原批准仍有效",
        "Counted anew, the calendar changed: {en}; others would have decided so much, the approval"
        " stands",
    ),
    "RECOUNTED_BACK": Message(
        "工作日历变动后重新计算:{zh},按此须重新提交",
        "Counted anew, the calendar changed: {en}; it has to be submitted again",
    ),
    "REQUEST_RECOUNTED": Message(
        "工作日历变动,申请 {number} 重新计算:{zh}",
        "The calendar changed: request {number} was counted anew: {en}",
    ),
    "REQUEST_RECOUNTED_BEYOND": Message(
        "工作日历变动,申请 {number} 重新计算:{zh};按此本应另行审批",
        "The calendar changed: request {number} was counted anew: {en}; others would have decided"
        " so much",
    ),
    "REQUEST_RECOUNTED_BACK": Message(
        "工作日历变动,申请 {number} 重新计算:{zh},已退回,请重新提交",
        "The calendar changed: request {number} was counted anew: {en}; it was returned, submit it"
        " again",
    ),
    "COUNT_PROVISIONAL": Message(
        "{years} 年放假安排尚未公布,天数为暂计",
        "The holidays of {years} are not announced yet: the count is provisional",
    ),
    "OWN_REQUEST": Message("不得审批自己的申请", "Nobody decides on their own request"),
    "DECISION_NOT_TAKEN": Message(
        "这一步({act})不接受这样的决定", "A step of this kind ({act}) does not take this decision"
    ),
    "NOT_RETURNABLE_TO": Message(
        "只能退回申请人,或本轮中在此之前已同意的一步",
        "It can be returned to the applicant, or to an earlier step agreed to in this round",
    ),
    "ONLY_A_RETURN_GOES_BACK": Message(
        "只有退回才能指定退到哪一步", "Only a return names the step that it goes back to"
    ),
    "VERSION_CHANGED": Message(
        "申请已有变动,现为第 {version} 版", "The request has changed: it is at version {version}"
    ),
    "NOT_YOUR_REQUEST": Message("这不是您的申请", "This request is not yours"),
    "REQUEST_ENDED": Message("申请已结束(状态:{status})", "The request has ended: it is {status}"),
    "NOT_RETURNED": Message(
        "只有退回的申请才能重新提交(状态:{status})",
        "Only a returned request is submitted again (it is {status})",
    ),
    "NOT_APPROVED": Message("申请未获批准(状态:{status})", "It is not approved (it is {status})"),
    "NOTHING_TO_REPORT_BACK": Message("这类申请无须销假", "Nothing to report back from"),
    "ALREADY_REPORTED_BACK": Message("已经销假", "Already reported back"),
    "RETURNED_BEFORE_LEAVE": Message(
        "返岗不能早于假期开始", "The return is before the leave begins"
    ),
    "NOT_A_DRAFT": Message("不是草稿(状态:{status})", "Not a draft (it is {status})"),
    "OTHER_KIND": Message("申请的种类不同:{kind}", "It is a request of another kind: {kind}"),
    "ACCOUNT_SHORT": Message(
        "{zh}还剩 {left},不够申请的 {asked}", "{en}: {left} left, and {asked} asked for"
    ),
    "ACCOUNT_OWED": Message(
        "{zh}没有结清:{owed}", "{en}: {owed} not settled yet, or asked for already"
    ),
    "ACCOUNT_NOT_OPENED": Message(
        "{zh}还没有登记期初,未核对余额({clause})",
        "Not opened yet, so nothing was checked against it: {en} ({clause})",
    ),
}

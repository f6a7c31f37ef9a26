"""What the API says of its types and values: docstrings, and the vocabulary's own labels."""

from collections.abc import Mapping
from enum import Enum

from graphql import GraphQLEnumType, GraphQLSchema, GraphQLUnionType

from domain.time.moments import HALF_LABELS, HalfOfDay
from domain.vocabulary import Label
from policies import vocabulary
from resolvers.requests.procedures import ENUMS

VALUES: Mapping[str, Mapping[str, str]] = {
    "RequestStatus": {
        "DRAFT": "Being filled in; its owner's alone.",
        "PENDING": "On its way through its steps.",
        "RETURNED": "Back with its applicant, who may submit it again.",
        "APPROVED": "Every decision was taken; records may follow.",
        "REJECTED": "A decision went against it.",
        "WITHDRAWN": "Its applicant took it back.",
    },
    "StepStatus": {
        "WAITING": "Its turn has not come.",
        "OPEN": "It may be taken now.",
        "DONE": "It was taken, and never changes again.",
        "SKIPPED": "It fell away; `skippedBecause` says why.",
        "CANCELLED": "The request ended or took another route before its turn.",
    },
    "StepAct": {
        "ENDORSE": "审核: consent on the way up.",
        "APPROVE": "批准: the decision.",
        "SIGN": "签字: a signature, which decides nothing.",
        "RECORD": "备案: taken note of, never refused.",
        "VOTE": "表决: a body decides.",
    },
    "LivingAct": {
        "KEEP": "登记: a line or a card is written.",
        "TAKE": "办理: a stage of a path is taken.",
        "ISSUE": "发放: a thing is handed out and received back.",
        "INSPECT": "检查: looked at and marked.",
        "PUBLISH": "公布: told to everybody.",
        "CONFIRM": "确认: signed for, or vouched for.",
        "SEE": "查看: read.",
    },
    "ActProblem": {
        "GAP": "Nobody may do what a clause or a path asks for.",
        "DENIED_TOO": "One line allows what another denies.",
        "UNREACHABLE": "No path has the stages of the line.",
        "VACANT_SEAT": "Nobody holds a seat that may.",
    },
    "Decision": {
        "AGREE": "同意: whatever the act of the step is.",
        "REJECT": "否决: the request ends.",
        "RETURN": "退回: to the applicant, who mends it, or to an earlier step.",
    },
    "SignedWhen": {
        "BEFORE": "前加签: the turn waits for them.",
        "AFTER": "后加签: they follow the turn.",
    },
    "SignedTogether": {
        "ALL": "会签: every one of them, in any order.",
        "ANY": "或签: any one of them.",
        "IN_ORDER": "顺签: one after another.",
    },
    "DayState": {
        "ANNOUNCED": "Published, or confirmed by the office.",
        "PROVISIONAL": "Expected, and not published yet.",
    },
    "ClockState": {
        "RUNNING": "Time goes by.",
        "PAUSED": "中止: it stands still, and what it stood still is given back.",
        "DONE": "What was owed is done.",
        "EXPIRED": "逾期: its time is up.",
        "CANCELLED": "Nothing is owed any more.",
    },
    "OnExpiry": {
        "NOTIFY": "Those who answer for it are told.",
        "URGE": "催办: they are urged.",
        "EXPLAIN": "They are to explain the delay, and see it through.",
        "ESCALATE": "The next level is told too.",
        "DEEM_ACCEPTED": "It counts as accepted, on record.",
    },
    "ClauseOutcome": {
        "ENFORCED": "The system holds to it.",
        "ACKNOWLEDGED": "It binds conduct: those whom it concerns acknowledge it.",
        "LEFT_OPEN": "The text leaves it to judgement.",
        "NOT_YET": "Nothing enforces it, though a preview may answer.",
    },
    "DutyState": {
        "UPCOMING": "Its period has not begun.",
        "DUE": "It is owed in the period that runs.",
        "DONE": "It was done in time.",
        "DONE_LATE": "It was done, and recorded after it was due.",
        "MISSED": "It was not done by the day on which it was due.",
        "OPTIONAL": "Left to choice, or owed in some cases only.",
    },
    "CadenceEvery": {
        "DAY": "Every day.",
        "WORKDAY": "Every working day.",
        "DAY_OFF": "Every day that is no working day.",
        "WEEK": "Every week, from Monday.",
        "HALF_MONTH": "Every half of a month, to the 15th and from the 16th.",
        "MONTH": "Every month.",
        "QUARTER": "Every quarter.",
        "HALF_YEAR": "Every half-year.",
        "YEAR": "Every year.",
        "EVENT": "Whenever something happens.",
    },
    "SittingOutcome": {
        "PASSED": "通过: carried; a request's step is agreed to.",
        "FAILED": "未通过: lost; a request's step is rejected.",
        "DEFERRED": "暂缓: put off; it comes before the next sitting.",
    },
    "RouteFinding": {
        "ROUTED": "The rules say who decides.",
        "GAP": "No rule gives anyone the case.",
        "OVERLAP": "Rules disagree about it.",
        "FORBIDDEN": "A clause forbids it outright.",
    },
    "Severity": {
        "ERROR": "Requests that nobody may decide, or about which rules disagree.",
        "WARNING": "What may leave a request undecided.",
    },
    "MatrixProblem": {
        "GAP": "Nobody may approve.",
        "OVERLAP": "Rules disagree.",
        "SELF_APPROVAL": "Only the applicant's own seat could decide.",
        "UNREACHABLE": "No request ever meets the rule.",
        "VACANT_SEAT": "Nobody holds the seat of a step.",
    },
    "RequestBox": {
        "MINE": "What the viewer asked for, drafts too.",
        "TO_DECIDE": "What waits for the viewer.",
        "HANDLED": "What the viewer had a turn in.",
        "COPIED": "What was sent to the viewer to know of.",
        "UNIT": "What the units that the viewer leads asked for.",
    },
    "RuleProblem": {
        "LADDER_HOLE": "Nothing follows between two rungs of a ladder.",
        "LADDER_TWO_ANSWERS": "Two rungs of a ladder answer one case.",
        "LADDERS_CONTRADICT": "Two clauses say otherwise of one thing.",
        "QUOTAS_CONTRADICT": "Two quotas of one measure cannot both be kept.",
        "VOTE_WITHOUT_MAJORITY": "The text names no majority.",
        "CLOCK_WITHOUT_ACTION": "Nothing is said to follow when the time is up.",
        "CLOCK_WITHOUT_TERM": "The text names no length of time.",
    },
    "VehiclePool": {
        "LEADERS": "固定用车: kept for leaders.",
        "OFFICE": "统一调度: dispatched by the office.",
    },
    "IncidentKind": {
        "TRAFFIC_FINE": "违章罚款: a traffic fine.",
        "ACCIDENT": "事故: an accident.",
        "DRINK_DRIVING": "酒后驾车: driving after drinking.",
        "REFUSED_DUTY": "不服从安排: a refusal to serve.",
        "UNAUTHORISED_TRIP": "擅自出车: a trip that nobody arranged.",
        "UNAUTHORISED_LENDING": "擅自出借: a vehicle lent to another without leave.",
        "UNAUTHORISED_PARKING": "私自在外停车: left elsewhere without leave.",
        "TRIP_WITHOUT_TASK": "无工作任务出车: a trip without a task.",
        "LEADER_DROVE": "领导自己驾车: a leader drove.",
        "WEAK_MANAGEMENT": "管理不力: a problem through weak management.",
    },
    "PublicityOutcome": {
        "NO_OBJECTION": "无不同意见: nobody objects.",
        "OBJECTION_HARMLESS": "查实影响不大: verified, and harmless.",
        "OBJECTION_HINDERS": "查实影响发展: verified, and it hinders.",
        "OBJECTION_UNVERIFIED": "尚未查实: not yet verified.",
    },
    "CourseAbsence": {
        "OBJECTIVE": "客观原因: an objective reason.",
        "NO_REASON": "无故: no reason.",
    },
    "ProbationOutcome": {
        "QUALIFIED": "合格: qualified.",
        "PARTLY": "基本合格: partly qualified.",
        "UNQUALIFIED": "不合格: unqualified.",
    },
    "AnswerForm": {
        "ORAL": "口头: by word of mouth.",
        "WRITTEN": "书面: in writing.",
    },
    "ContactPurpose": {
        "ERRAND": "办事: something is to be done.",
        "ENQUIRY": "咨询: a question.",
        "REPORT": "反映、举报: a report or tip-off.",
    },
    "AskedScope": {
        "OWN": "本科室: one's own section.",
        "OTHER": "其他科室: another section.",
        "UNCLEAR": "不明确: it is not clear whose it is.",
        "OUTSIDE": "不属本单位: outside the office.",
    },
    "HalfOfDay": {
        half.name: f"{HALF_LABELS[half].zh}; {HALF_LABELS[half].en}" for half in HalfOfDay
    },
}
ROOTS = {"Query": "Reads.", "Mutation": "Acts."}
"""Short, for generated clients repeat them with the arguments of every field."""


def describe(schema: GraphQLSchema) -> None:
    """Give every type and value of the schema its description, where it has none yet."""
    for kind in schema.type_map.values():
        definition = kind.extensions.get("strawberry-definition")
        if isinstance(kind, GraphQLEnumType):
            _describe_values(kind, getattr(definition, "wrapped_cls", None))
        elif isinstance(kind, GraphQLUnionType):
            kind.description = kind.description or " or ".join(each.name for each in kind.types)
        elif not kind.description:
            said = getattr(getattr(definition, "origin", None), "__doc__", None)
            kind.description = ROOTS.get(kind.name) or said


def _describe_values(kind: GraphQLEnumType, made_from: type[Enum] | None) -> None:
    labels: Mapping[str, Label] = {}
    for fact, enum in ENUMS.items():
        if enum is made_from:
            labels = vocabulary.shipped().facts[fact].values or {}
    for name, value in kind.values.items():
        label = labels.get(str(getattr(value.value, "value", value.value)))
        said = f"{label.zh}; {label.en}" if label else VALUES.get(kind.name, {}).get(name)
        value.description = value.description or said

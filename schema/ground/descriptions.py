"""What the API says of its types and values: docstrings, and the vocabulary's own labels."""

from collections.abc import Mapping
from enum import Enum

from graphql import GraphQLEnumType, GraphQLSchema, GraphQLUnionType

from domain import ROSTERS
from domain.time.moments import HALF_LABELS, HalfOfDay
from domain.vocabulary import Label, Word
from policies import vocabulary
from resolvers.requests.procedures import ENUMS

VALUES = {
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
    "ThingState": {
        "KEPT": "在库: with the office.",
        "ISSUED": "保管: in a person's keeping.",
        "LENT": "借出: lent until a day.",
        "LOST": "遗失: lost.",
        "ENDED": "注销: no more.",
    },
    "RosterState": {
        "DRAFT": "草表: drawn, and drawn anew as often as wanted.",
        "SETTLED": "已审定: it stands.",
    },
    "TurnGround": {
        "SWAPPED": "换班: by an approved request.",
        "UNABLE": "不能值班: whoever had it is away or may not be put on it.",
        "VACANT": "空缺: nobody had it.",
    },
    "RosterName": {
        each.name.replace(".", "_").upper(): vocabulary.shipped().objects[each.name].label.zh
        for each in ROSTERS
    },
    "ThingMove": {
        "ENTERED": "登记: put on its card.",
        "CHANGED": "变更: another version of its card.",
        "ISSUED": "领取: given into a person's keeping.",
        "LENT": "借出: lent until a day.",
        "RETURNED": "归还: back.",
        "OFFERED": "移交: offered to another, who signs.",
        "TAKEN_OVER": "接收: signed for by the other.",
        "LOST": "遗失: reported lost.",
        "FOUND": "找回: found again.",
        "ENDED": "注销: destroyed, handed in, given up.",
    },
    "AccountMove": {
        "OPENED": "期初: what there was when the account began.",
        "GRANTED": "应得: given for a period.",
        "CREDITED": "增加: given for something that happened.",
        "DEBITED": "使用: taken, or given back of it.",
        "LAPSED": "逾期作废: left when it could be used no more.",
    },
    "ConsequenceState": {
        "PROPOSED": "Told to whom it concerns; nobody decided yet.",
        "LAPSED": "The lines no longer lead to it.",
        "IMPOSED": "Decided so.",
        "DROPPED": "Decided that nothing follows.",
        "OBJECTED": "Imposed, and objected to; somebody else reviews.",
        "REVOKED": "Taken back on review.",
    },
    "ConsequenceTurn": {
        "TOLD": "告知: whom it concerns was told.",
        "LAPSED": "失效: its lines were corrected or struck out.",
        "STATED": "陈述: their side was stated.",
        "IMPOSED": "决定: imposed.",
        "DROPPED": "不处理: dropped.",
        "OBJECTED": "申诉: objected to.",
        "UPHELD": "维持: upheld on review.",
        "REVOKED": "撤销: revoked on review.",
    },
    "ConsequenceOutcome": {
        "IMPOSE": "It is imposed.",
        "DROP": "Nothing follows; say why.",
        "UPHOLD": "On review it stands; say why.",
        "REVOKE": "On review it is taken back; say why.",
    },
    "CheckKind": {
        name.replace(".", "_").upper(): f"{each.label.zh}: {each.label.en.lower()}."
        for name, each in vocabulary.shipped().objects.items()
        if each.word is Word.CHECK
    },
    "StatementKind": {
        name.replace(".", "_").upper(): f"{each.label.zh}: {each.label.en.lower()}."
        for name, each in vocabulary.shipped().objects.items()
        if each.word is Word.STATEMENT
    },
    "PublicationReach": {
        "NAMED": "限定: whoever may see the statement.",
        "OFFICE": "本单位: whoever holds a seat here.",
        "EVERYBODY": "对外: other institutions too.",
    },
    "PublicationStanding": {
        "ON_BOARD": "公开中: on the board.",
        "REPLACED": "已更新: a later one tells of the same.",
        "EXPIRED": "到期: its time is over.",
        "WITHDRAWN": "撤下: taken off, for a reason.",
    },
    "CheckItemKind": {
        "TICK": "勾选: kept or not.",
        "SCORE": "打分: in points.",
    },
    "MendingState": {
        "DUE": "待整改: to be mended in time.",
        "OVERDUE": "逾期: the time to mend is up.",
        "MENDED": "待复查: mended, and to be looked at again.",
        "DONE": "已整改: looked at again, and good.",
        "LAPSED": "失效: its sheet was corrected or struck out, or nothing asks for it any more.",
    },
    "MendingTurn": {
        "MENDED": "整改: mended by whoever was checked.",
        "PASSED": "复查合格: looked at again, and good.",
        "FAILED": "复查不合格: looked at again, and to be mended anew.",
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
    "BallotChoice": {
        "IN_FAVOUR": "赞成: for it.",
        "AGAINST": "反对: against it.",
        "ABSTAINED": "弃权: neither.",
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
    "HalfOfDay": {
        half.name: f"{HALF_LABELS[half].zh}; {HALF_LABELS[half].en}" for half in HalfOfDay
    },
}
ROOTS = {"Query": "Reads.", "Mutation": "Acts.", "Subscription": "Tells."}
"""Short, for generated clients repeat them with the arguments of every field."""


Values = Mapping[str, Mapping[str, str]]
"""By enum and value, what it says."""


def describe(schema: GraphQLSchema, of_areas: Values) -> None:
    """Give every type and value of the schema its description, where it has none yet."""
    for kind in schema.type_map.values():
        definition = kind.extensions.get("strawberry-definition")
        if isinstance(kind, GraphQLEnumType):
            _describe_values(kind, getattr(definition, "wrapped_cls", None), {**VALUES, **of_areas})
        elif isinstance(kind, GraphQLUnionType):
            kind.description = kind.description or " or ".join(each.name for each in kind.types)
        elif not kind.description:
            said = getattr(getattr(definition, "origin", None), "__doc__", None)
            kind.description = ROOTS.get(kind.name) or said


def _describe_values(kind: GraphQLEnumType, made_from: type[Enum] | None, values: Values) -> None:
    labels: Mapping[str, Label] = {}
    for fact, enum in ENUMS.items():
        if enum is made_from:
            labels = vocabulary.shipped().facts[fact].values or {}
    for name, value in kind.values.items():
        label = labels.get(str(getattr(value.value, "value", value.value)))
        said = f"{label.zh}; {label.en}" if label else values.get(kind.name, {}).get(name)
        own = made_from[name] if made_from and name in made_from.__members__ else None
        value.description = value.description or said or getattr(own, "says", "") or None

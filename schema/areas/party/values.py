"""What the values of the enums on joining the party say."""

VALUES = {
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
}

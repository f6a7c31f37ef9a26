"""The words of papers: how urgent one is, how secret, of which level, in whose name it goes out."""

from enum import StrEnum


class PaperUrgency(StrEnum):
    """紧急程度; how urgent a paper is."""

    NORMAL = "normal"
    URGENT = "urgent"


class PaperSecrecy(StrEnum):
    """密级; how secret a paper is."""

    NONE = "none"
    WORK_SECRET = "work_secret"  # noqa: S105  # a level, no password
    SECRET = "secret"  # noqa: S105  # a level, no password
    CONFIDENTIAL = "confidential"
    TOP_SECRET = "top_secret"  # noqa: S105  # a level, no password


class PaperLevel(StrEnum):
    """来文层级; from which level a paper comes."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    CITY = "city"
    DISTRICT = "district"
    OWN = "own"
    OTHER = "other"


class IssuedAs(StrEnum):
    """发文名义; in whose name a paper goes out."""

    BUREAU = "bureau"
    PARTY_GROUP = "party_group"


CLASSIFIED = frozenset(
    {PaperSecrecy.SECRET, PaperSecrecy.CONFIDENTIAL, PaperSecrecy.TOP_SECRET},
)
VALUES = {
    "PaperUrgency": {"NORMAL": "一般: normal.", "URGENT": "急件: urgent."},
    "PaperSecrecy": {
        "NONE": "非密: not secret.",
        "WORK_SECRET": "工作秘密: a work secret.",
        "SECRET": "秘密: secret.",
        "CONFIDENTIAL": "机密: confidential.",
        "TOP_SECRET": "绝密: top secret.",
    },
    "PaperLevel": {
        "CENTRAL": "中央: central.",
        "PROVINCIAL": "省级: of the province.",
        "CITY": "市级: of the city.",
        "DISTRICT": "区县级: of the district or county.",
        "OWN": "本级: the office's own.",
        "OTHER": "其他: another.",
    },
    "IssuedAs": {
        "BUREAU": "机关名义: the office's name.",
        "PARTY_GROUP": "党组名义: the party group's name.",
    },
}

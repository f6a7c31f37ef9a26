"""The words of papers: how urgent one is, how secret, of which level, in whose name it goes out."""

from domain.values.choices import Choice


class PaperUrgency(Choice):
    """紧急程度; how urgent a paper is."""

    NORMAL = "normal", "一般: normal."
    URGENT = "urgent", "急件: urgent."


class PaperSecrecy(Choice):
    """密级; how secret a paper is."""

    NONE = "none", "非密: not secret."
    WORK_SECRET = "work_secret", "工作秘密: a work secret."
    SECRET = "secret", "秘密: secret."
    CONFIDENTIAL = "confidential", "机密: confidential."
    TOP_SECRET = "top_secret", "绝密: top secret."


class PaperLevel(Choice):
    """来文层级; from which level a paper comes."""

    CENTRAL = "central", "中央: central."
    PROVINCIAL = "provincial", "省级: of the province."
    CITY = "city", "市级: of the city."
    DISTRICT = "district", "区县级: of the district or county."
    OWN = "own", "本级: the office's own."
    OTHER = "other", "其他: another."


class IssuedAs(Choice):
    """发文名义; in whose name a paper goes out."""

    BUREAU = "bureau", "机关名义: the office's name."
    PARTY_GROUP = "party_group", "党组名义: the party group's name."


CLASSIFIED = frozenset({PaperSecrecy.SECRET, PaperSecrecy.CONFIDENTIAL, PaperSecrecy.TOP_SECRET})

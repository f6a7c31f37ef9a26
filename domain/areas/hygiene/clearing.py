"""Clearings 统一清扫: after snow or when leaves fall the office calls everybody out."""

from domain.approval.procedure import Form, asked
from domain.records.sittings import SittingKind
from domain.values.choices import Choice


class ClearedWhat(Choice):
    """清扫缘由; why everybody is called out."""

    SNOW = "snow", "冬天下雪: snow in winter."
    LEAVES = "leaves", "秋天落叶较多: many fallen leaves."
    OTHER = "other", "其他特殊情况: another special case."


class Clearing(Form):
    """统一清扫; what is cleared, and where."""

    cleared: ClearedWhat = asked("缘由", "Why")
    area: str = asked("清扫范围", "What is cleared", longest=200)


CLEARING = SittingKind(
    "hygiene.clearing", Clearing, deliberates=False, everybody=True, told="CLEARING_CALLED"
)

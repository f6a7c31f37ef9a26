"""What a list says of a request in one line, in both languages, where its area says no more."""

from domain.approval.procedure import Summary
from domain.time.journeys import last_day
from domain.time.moments import Period
from domain.time.wording import days_between
from domain.vocabulary import Label

LONGEST = 40


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def of_kind(label: Label, about: str, period: Period | None) -> Summary:
    """What is asked for, for when, and what for: 公务用车，3月5日 09:00至11:00：送文件."""
    zh, en, said = label.zh, label.en, shortened(about)
    if period:
        span = days_between(period.begins.date(), last_day(period))
        begins, ends = f"{period.begins:%H:%M}", f"{period.ends:%H:%M}"
        zh, en = f"{zh}，{span.zh} {begins}至{ends}", f"{en}, {span.en} {begins} to {ends}"
    return Summary(f"{zh}：{said}", f"{en}: {said}")

"""Study: sessions to which everybody is due, with what is studied and for how long."""

from decimal import Decimal

from domain.approval.procedure import Form, asked
from domain.records.sittings import SittingKind
from domain.values.bounds import between


class StudySession(Form):
    """What a study session is about."""

    topic: str = asked("学习内容", "What is studied", longest=200)
    lecturer: str | None = asked("主讲人", "Who lectures", default=None, longest=60)
    hours: Decimal = asked("学时", "Hours of study", bounds=between("0.5", 24, "0.5", "study_hour"))


SITTINGS = (SittingKind("study.session", StudySession, deliberates=False, everybody=True),)

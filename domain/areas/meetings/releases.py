"""What of a meeting may be told 会议内容公开: it is confidential until its chair lets it out.

Regulations: 局务会及会议制度, 党政联席会议制度.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Reference, asked, referring
from domain.records.registers import Entry, Register

MET = Reference("Sitting", "sittings")


class Release(Entry):
    """会议内容公开许可; which contents of a sitting its chair lets be told, and to whom."""

    released_on: date = asked("许可日期", "The day")
    sitting_id: UUID = referring("会议", "The sitting", MET)
    contents: str = asked("许可公开的内容", "What may be told", longest=2000)
    audience: str = asked("公开范围", "To whom", longest=200)


RELEASES = Register("meeting.release", Release, day="released_on", word="MeetingRelease")

"""Meetings: bodies that decide; by which clauses each sits stands in `votes.csv`."""

from domain.approval.procedure import Reference, referring
from domain.areas.meetings import decided, outside, party_life, releases
from domain.records.registers import PERSON
from domain.records.sittings import SittingKind
from domain.vocabulary import words_of

CASES = (outside.MEETING, party_life.MEETING, decided.MEETING_DECISION)
REGISTERS = (party_life.CELLS, party_life.CELL_REPORTS, releases.RELEASES)
SITTING = SittingKind("sitting", brought_by="meeting.agenda_item", excused_by="meeting.absence")
ASSEMBLY = SittingKind(
    "staff.assembly", deliberates=False, everybody=True, excused_by="meeting.absence"
)
SITTINGS = (SITTING, ASSEMBLY)
OUTSIDE = Reference(words_of(outside.MEETING.code), outside.MEETING.table.name)
WHICH = (
    ("sitting_id", referring("会议", "The meeting", releases.MET, default=None)),
    ("outside_id", referring("外出会议", "Or the meeting of others", OUTSIDE, default=None)),
)
INSTEAD = referring("更换后的参会人员", "Who goes instead", PERSON, default=None)
NAMED = (
    *(("meeting.absence", *each) for each in WHICH),
    *(("meeting.substitute", *each) for each in WHICH),
    ("meeting.substitute", "substitute_id", INSTEAD),
)

"""Meetings: bodies that decide; by which clauses each sits stands in `votes.csv`."""

from domain.areas.meetings import decided, outside, party_life
from domain.records.sittings import SittingKind

CASES = (outside.MEETING, party_life.MEETING, decided.MEETING_DECISION)
REGISTERS = (party_life.CELLS,)
SITTING = SittingKind("sitting", brought_by="meeting.agenda_item", excused_by="meeting.absence")
ASSEMBLY = SittingKind(
    "staff.assembly", deliberates=False, everybody=True, excused_by="meeting.absence"
)
SITTINGS = (SITTING, ASSEMBLY)

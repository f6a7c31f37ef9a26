"""Meetings: bodies that decide; by which clauses each sits stands in `votes.csv`."""

from domain.areas.meetings import decided, outside, party_life
from domain.records.sittings import SittingKind

CASES = (outside.MEETING, party_life.MEETING, decided.MEETING_DECISION)
REGISTERS = (party_life.CELLS, party_life.CELL_REPORTS)
SITTING = SittingKind("sitting", brought_by="meeting.agenda_item")
ASSEMBLY = SittingKind("staff.assembly", deliberates=False, everybody=True)
SITTINGS = (SITTING, ASSEMBLY)

"""Meetings: bodies that decide; by which clauses each sits stands in `votes.csv`."""

from domain.areas.meetings import outside
from domain.records.sittings import SittingKind

CASES = (outside.MEETING,)
SITTING = SittingKind("sitting", brought_by="meeting.agenda_item")
ASSEMBLY = SittingKind("staff.assembly", deliberates=False, everybody=True)
SITTINGS = (SITTING, ASSEMBLY)

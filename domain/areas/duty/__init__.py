"""Duty 值班: its turns, log, handovers and events, and the days that a document orders."""

from domain.areas.duty import books, events, exemptions

PROCEDURES = exemptions.PROCEDURES
REGISTERS = books.REGISTERS
ROSTERS = books.ROSTERS
CASES = (events.EVENT,)

"""Duty 值班: its turns, log, handovers, events and keys, and the days that a document orders."""

from domain.areas.duty import books, events, exemptions, keys

PROCEDURES = exemptions.PROCEDURES
REGISTERS = books.REGISTERS
ROSTERS = books.ROSTERS
CASES = (events.EVENT,)
THINGS = (keys.KEYS,)

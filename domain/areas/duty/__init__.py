"""Duty 值班: its turns, log, handovers and events, and the days that a document orders."""

from domain.areas.duty import books, events

REGISTERS = books.REGISTERS
ROSTERS = books.ROSTERS
CASES = (events.EVENT,)
KEPT = {each.code: each.table for each in CASES}
VALUES = {**books.VALUES, **events.VALUES}

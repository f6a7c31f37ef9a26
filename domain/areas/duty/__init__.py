"""Duty 值班: the turns of it, its log, its handover, and the days that a document orders."""

from domain.areas.duty import books

REGISTERS = books.REGISTERS
ROSTERS = books.ROSTERS
VALUES = books.VALUES

"""Seals 印章: who keeps each, who took it out, what was sealed, and what became of it."""

from domain.areas.seals import seals

THINGS = seals.THINGS
REGISTERS = seals.REGISTERS
VALUES = seals.VALUES

"""Seals 印章: who keeps each, who took it out, what was sealed, and what became of it."""

from domain.areas.seals import engraving, files, seals

PROCEDURES = engraving.PROCEDURES
THINGS = seals.THINGS
REGISTERS = (*seals.REGISTERS, files.FILES)
CASES = (engraving.ENGRAVING,)

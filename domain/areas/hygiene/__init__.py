"""Hygiene 环境卫生: sections and cleaners are checked, what fails is mended, all clear the snow."""

from domain.areas.hygiene import clearing, sheets, zones

CHECKS = sheets.CHECKS
STATEMENTS = sheets.STATEMENTS
THINGS = zones.THINGS
SITTINGS = (clearing.CLEARING,)

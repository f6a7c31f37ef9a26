"""Hygiene 环境卫生: sections and cleaners are checked, and what fails is mended."""

from domain.areas.hygiene import sheets, zones

CHECKS = sheets.CHECKS
STATEMENTS = sheets.STATEMENTS
THINGS = zones.THINGS

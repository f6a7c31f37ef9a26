"""Outreach 文明创建与联系点: the teams on the road, and what sections do for the linked village."""

from domain.areas.outreach import liaison, teams

REGISTERS = (*teams.REGISTERS, *liaison.REGISTERS)
CASES = (teams.FINDING, liaison.INQUIRY, liaison.CONTACT)
STATEMENTS = teams.STATEMENTS

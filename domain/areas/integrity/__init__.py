"""Integrity 廉政: gifts until they are handed in, clean-government plans, letters, cases reported.

Regulations: 工作人员廉洁勤政守则, 纪检监察工作制度, 廉政建设制度.
"""

from domain.areas.integrity import gifts, plans

PROCEDURES = gifts.PROCEDURES
REGISTERS = plans.REGISTERS
CASES = (*gifts.CASES, *plans.CASES)

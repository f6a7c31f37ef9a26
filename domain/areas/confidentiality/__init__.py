"""Confidentiality 保密: carriers by their numbers, and what is lent, repaired, counted, destroyed.

Regulations: 涉密移動存儲介質管理制度, 計算機外存儲器保密管理, 涉密計算機保密管理制度,
保密工作管理制度, 保密员岗位责任.
"""

from domain.areas.confidentiality import carriers, handling

REGISTERS = carriers.REGISTERS
THINGS = (carriers.CARRIERS,)
CASES = handling.CASES

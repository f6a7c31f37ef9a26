"""Administrative approval 行政审批: lists, applications, notices given once, and whose a matter is.

Regulations: 行政审批程序, 一次性告知制度, 科室职责.
"""

from domain.areas.admin_approval import applications, notices, sections

CASES = applications.CASES
REGISTERS = (*notices.REGISTERS, *sections.REGISTERS)
STATEMENTS = (*applications.STATEMENTS, *notices.STATEMENTS)
THINGS = sections.THINGS

"""Enforcement 行政执法: who may enforce what, acts and cases of it, its papers, and its appraisal.

Regulation: 行政執法責任制.
"""

from domain.areas.enforcement import books, cases

CASES = (*cases.CASES,)
REGISTERS = (*books.REGISTERS, *cases.REGISTERS)
STATEMENTS = cases.STATEMENTS
THINGS = books.THINGS

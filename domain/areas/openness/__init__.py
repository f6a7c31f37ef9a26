"""Openness 政务与党务公开: what is published, what is asked for, and whether it was done well."""

from domain.areas.openness import applications, books, matters, statements

PROCEDURES = matters.PROCEDURES
SERVED_OTHERWISE = applications.SERVED_OTHERWISE
CASES = (applications.APPLICATION, matters.MATTER, matters.SUGGESTION)

STATEMENTS = statements.STATEMENTS
THINGS = books.THINGS
CHECKS = books.CHECKS
REGISTERS = books.REGISTERS

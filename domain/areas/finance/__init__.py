"""Finance 财务: money lent, planned, paid and taken in, and those who look after it."""

from domain.areas.finance import audits, cash, loans, payments, statements

ACCOUNTS = loans.ACCOUNTS
PROCEDURES = payments.PROCEDURES
REGISTERS = (*loans.REGISTERS, *payments.REGISTERS, *cash.REGISTERS, *audits.REGISTERS)
THINGS = payments.THINGS
CASES = audits.CASES
STATEMENTS = statements.STATEMENTS

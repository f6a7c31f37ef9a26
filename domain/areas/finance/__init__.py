"""Finance 财务: cash lent to staff, and what settles it."""

from domain.areas.finance import loans

ACCOUNTS = loans.ACCOUNTS
REGISTERS = loans.REGISTERS
VALUES = loans.VALUES

"""Documents 公文: what comes in, what goes out, what is lent, and what is printed outside."""

from domain.areas.documents import clearing, incoming, outgoing, papers, sheets

CASES = (incoming.INCOMING, outgoing.OUTGOING, papers.LOAN, papers.OUTSIDE)
CHECKS = sheets.CHECKS
REGISTERS = (clearing.CLEARINGS,)

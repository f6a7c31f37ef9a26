"""Social supervision 社会监督: who serves and until when, what supervisors do, say and score."""

from domain.areas.supervisors import roll, work

REGISTERS = (roll.APPOINTMENTS, roll.CHANGES, *work.REGISTERS)
CASES = (work.OPINION,)
STATEMENTS = work.STATEMENTS

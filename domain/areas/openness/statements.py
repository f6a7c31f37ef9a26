"""What of openness hangs on the board: each statement is hung by the stages of a matter."""

from domain.records.statements import Statement

MATTER = "openness.matter"
NOTICE = Statement("openness.notice", written=True, hung_by=MATTER)
FIXED = Statement("openness.fixed", written=True, hung_by=MATTER)
PERIODIC = Statement("openness.periodic", written=True, hung_by=MATTER)
INSIDE = Statement("openness.inside", written=True, hung_by=MATTER)
STATEMENTS = (NOTICE, FIXED, PERIODIC, INSIDE)

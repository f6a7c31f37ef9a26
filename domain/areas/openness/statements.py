"""What of openness is on the board: regular content, and what the stages of a matter hang."""

from domain.records.statements import Statement

MATTER = "openness.matter"
CONTENT = Statement("openness.content", written=True)
NOTICE = Statement("openness.notice", written=True, hung_by=MATTER)
INSIDE = Statement("openness.inside", written=True, hung_by=MATTER)
STATEMENTS = (CONTENT, NOTICE, INSIDE)

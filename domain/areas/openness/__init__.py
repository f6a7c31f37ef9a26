"""Openness: what is published regularly once it was decided, and matters as they are done."""

from domain.records.statements import Statement

CONTENT = Statement("openness.content", written=True)
MATTER = Statement("openness.matter", written=True)
STATEMENTS = (CONTENT, MATTER)

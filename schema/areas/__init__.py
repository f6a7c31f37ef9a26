"""The areas in the API: one table of contents, in handbook order."""

from schema.areas import leave, attendance, evaluation  # isort: skip
from schema.areas import vehicles  # isort: skip
from schema.areas import petitions  # isort: skip
from schema.areas import finance  # isort: skip
from schema.areas import documents, duty, openness, party, registers, seals, stocks, things

AREAS = (leave, attendance, evaluation, vehicles, petitions, openness, finance, seals)

BESIDE_REQUESTS = (party, documents, duty, registers, things, stocks)
"""What areas serve beside the requests of their forms."""

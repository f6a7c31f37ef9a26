"""The areas in the API: one table of contents, in handbook order."""

from schema.areas import leave, attendance, evaluation  # isort: skip
from schema.areas import vehicles  # isort: skip
from schema.areas import petitions  # isort: skip
from schema.areas import finance  # isort: skip
from schema.areas import documents, duty, openness, party, registers, seals, stocks, things

from schema.areas import exports  # isort: skip

AREAS = (leave, attendance, evaluation, vehicles, petitions, openness, finance, seals)

BESIDE_REQUESTS = (party, documents, duty, registers, things, stocks, exports)
"""What areas serve beside the requests of their forms."""

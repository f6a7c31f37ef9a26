"""The areas in the API: one table of contents, in handbook order."""

from schema.areas import leave, attendance, evaluation  # isort: skip
from schema.areas.vehicles import forms as vehicles  # isort: skip
from schema.areas.petitions import cases as petitions  # isort: skip
from schema.areas import finance  # isort: skip
from domain import VALUES as OF_AREAS
from schema.areas import documents, duty, openness, registers, seals, stocks, things
from schema.areas.party import joining
from schema.areas.party.values import VALUES as OF_PARTY
from schema.areas.petitions.values import VALUES as OF_PETITIONS

AREAS = (leave, attendance, evaluation, vehicles, petitions, openness, finance, seals)

BESIDE_REQUESTS = (joining, documents, duty, registers, things, stocks)
"""What areas serve beside the requests of their forms."""

VALUES = {**OF_PETITIONS, **OF_PARTY, **OF_AREAS}
"""What the values of areas' own enums say."""

"""The GraphQL schema: every area's queries and mutations, assembled.

The areas, in handbook order:
"""

from schema.areas import leave, attendance  # isort: skip
from schema.areas.evaluation import targets  # isort: skip
from schema.areas.vehicles import forms as vehicles  # isort: skip
from schema.areas.petitions import cases as petitions  # isort: skip

AREAS = (leave, attendance, targets, vehicles, petitions)

"""The GraphQL schema: every area's queries and mutations, assembled.

The areas, in handbook order:
"""

from schema.areas import leave, attendance, evaluation  # isort: skip
from schema.areas.vehicles import forms as vehicles  # isort: skip
from schema.areas.petitions import forms as petitions  # isort: skip

AREAS = (leave, attendance, evaluation, vehicles, petitions)

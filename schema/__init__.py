"""The GraphQL schema: every area's queries and mutations, assembled.

The areas, in handbook order:
"""

from schema import leave, attendance, evaluation, vehicles, petitions  # isort: skip

AREAS = (leave, attendance, evaluation, vehicles, petitions)

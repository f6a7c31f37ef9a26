"""Evaluation in the API: targets are requests; rounds stand with the records."""

from domain.areas.evaluation import targets
from schema.requests.submissions import Area

area = Area(targets.PROCEDURES)
Query, Mutation = area.Query, area.Mutation

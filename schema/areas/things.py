"""Every thing that the areas declare, served."""

from domain import THINGS
from schema.records.things import ServedThings

served = ServedThings(THINGS)
Query, Mutation = served.Query, served.Mutation

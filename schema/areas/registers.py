"""Every register that the areas declare, served."""

from domain import CHECKS, REGISTERS
from resolvers.areas.petitions import books
from resolvers.areas.vehicles import drivers
from schema.records.registers import Served

served = Served(
    REGISTERS,
    {**books.CHECKS, **drivers.CHECKS},
    {each.name: each for each in CHECKS},
)
Query, Mutation = served.Query, served.Mutation

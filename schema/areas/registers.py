"""Every register that the areas declare, served."""

from domain import REGISTERS
from resolvers.areas.petitions import books
from resolvers.areas.vehicles import drivers
from schema.records.registers import Served

served = Served(
    REGISTERS,
    {**books.CHECKS, **drivers.CHECKS},
)
Query, Mutation = served.Query, served.Mutation

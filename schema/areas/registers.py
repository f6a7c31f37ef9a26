"""Every register that the areas declare, served."""

from domain import CHECKS, REGISTERS
from resolvers.areas.petitions import books
from resolvers.areas.vehicles import odometer
from resolvers.records.on_duty import CHECKS as OF_ROSTERS
from schema.records.registers import Served

served = Served(
    REGISTERS,
    {**books.CHECKS, **odometer.CHECKS, **OF_ROSTERS},
    {each.name: each for each in CHECKS},
)
Query, Mutation = served.Query, served.Mutation

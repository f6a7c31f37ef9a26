"""Every register that the areas declare, served."""

from domain import CHECKS, REGISTERS
from resolvers.areas import finance
from resolvers.areas.petitions import books
from resolvers.areas.vehicles import drivers
from resolvers.records.on_duty import CHECKS as OF_ROSTERS
from schema.records.registers import Served

served = Served(
    REGISTERS,
    {**books.CHECKS, **drivers.CHECKS, **OF_ROSTERS, **finance.CHECKS},
    {each.name: each for each in CHECKS},
)
Query, Mutation = served.Query, served.Mutation

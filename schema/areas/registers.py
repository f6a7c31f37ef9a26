"""Every register that the areas declare, served."""

from domain import CHECKS, REGISTERS
from resolvers.areas import finance, seals, supplies
from resolvers.areas.documents import drafts
from resolvers.records.on_duty import CHECKS as OF_ROSTERS
from resolvers.records.stock import CHECKS as OF_STOCKS
from schema.records.registers import Served

served = Served(
    REGISTERS,
    {
        **drafts.CHECKS,
        **finance.CHECKS,
        **seals.CHECKS,
        **OF_ROSTERS,
        **OF_STOCKS,
        **supplies.CHECKS,
    },
    {each.name: each for each in CHECKS},
)
Query, Mutation = served.Query, served.Mutation

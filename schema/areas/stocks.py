"""Every stock that the areas declare, served."""

from domain import STOCKS
from schema.records.stock import ServedStocks

served = ServedStocks(STOCKS)
Query = served.Query

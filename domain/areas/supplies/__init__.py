"""Supplies 物资: bought by two, taken in, handed out, counted, and handed over by a leaver."""

from domain.areas.supplies import movements, store

THINGS = (store.ITEMS, store.EQUIPMENT, store.SUPPLIERS, store.FUEL_CARDS)
STOCKS = (movements.SUPPLIES,)
REGISTERS = movements.REGISTERS

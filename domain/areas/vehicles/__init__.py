"""The books on vehicles and drivers: their tables, what is entered, who keeps each."""

from domain.areas.vehicles.books import REGISTERS

__all__ = ["REGISTERS"]

"""The books on vehicles and drivers: their tables, what is entered, who keeps each."""

from domain.vehicle_registers.books import REGISTERS

__all__ = ["REGISTERS"]

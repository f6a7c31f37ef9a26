"""What a number keeps to: the least and the most that it may be, and the grid that it lies on."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.errors import Problem, invalid


@dataclass(frozen=True)
class Bounds:
    """None where nothing bounds it; a grid of 0.01 takes whole cents alone."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    grid: Decimal | None = None
    unit: str = ""

    def problem(self, value: Decimal | int, *path: str) -> Problem | None:
        """Why a value is not taken: as it was written, never as it would be rounded."""
        if self.minimum is not None and value < self.minimum:
            return Problem("TOO_SMALL", path, details={"minimum": self.minimum})
        if self.maximum is not None and value > self.maximum:
            return Problem("TOO_LARGE", path, details={"maximum": self.maximum})
        if self.grid is not None and value % self.grid:
            return Problem("OFF_GRID", path, details={"grid": self.grid})
        return None


def must_lie(value: Decimal | int, least: Any, most: Any, *path: str) -> None:
    """Raises: Refused: it is less than the least or more than the most, where there is one."""
    if wrong := Bounds(least, most).problem(value, *path):
        raise invalid([wrong])


def between(minimum: str | int, maximum: str | int, grid: str | int = 1, unit: str = "") -> Bounds:
    """Bounds written out in a declaration, and what the number counts."""
    return Bounds(Decimal(minimum), Decimal(maximum), Decimal(grid), unit)


AMOUNT = between(0, 1_000_000_000, "0.01")
MONEY = between(0, 1_000_000_000, "0.01", "yuan")
PAID = between("0.01", 1_000_000_000, "0.01", "yuan")
ODOMETER = between(0, 10_000_000, "0.1", "kilometre")
LITRES = between("0.01", 100_000, "0.01", "litre")

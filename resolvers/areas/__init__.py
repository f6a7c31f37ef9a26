"""What areas add to the engine that no word can say: one table of contents, a line each."""

from resolvers.areas.petitions import admission as petitions
from resolvers.areas.vehicles import admission as vehicles

ADMISSIONS = {**petitions.ADMISSIONS, **vehicles.ADMISSIONS}
"""By kind of request, what asks the books of a form; it refuses, or returns what they tell."""

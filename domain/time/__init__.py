"""Time: the working-day calendar, half-days and durations, journeys, and how they are said."""

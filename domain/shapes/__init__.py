"""Clauses that compute: for each shape a frozen row with its clause and one small pure engine."""

"""Clauses, regulations and what they make of a case, in the API."""

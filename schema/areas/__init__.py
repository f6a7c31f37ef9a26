"""The areas in the API."""

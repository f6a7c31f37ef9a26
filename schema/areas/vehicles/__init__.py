"""Official vehicles in the API."""

"""People, seats, posts and loans in the API."""

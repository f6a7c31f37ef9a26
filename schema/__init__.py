"""What the API looks like, and the server and the commands that serve it."""

"""What the API looks like, and the server and the commands that serve it."""

import resolvers  # noqa: F401  # what it holds back must not have been loaded

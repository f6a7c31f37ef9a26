"""Relay's object identification: everything that has a global id can be fetched by it."""

import strawberry


@strawberry.interface
class Node:
    """Something with an id of its own."""

    id: strawberry.ID = strawberry.field(description="Opaque and globally unique.")

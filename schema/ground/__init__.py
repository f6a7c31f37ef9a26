"""What every type of the API is made of: fields, scalars, ids, pages, refusals."""

from schema.ground import called_plainly, made_plainly  # noqa: F401  # before the first type is made

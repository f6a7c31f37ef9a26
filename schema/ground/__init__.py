"""What every type of the API is made of: fields, scalars, ids, pages, refusals."""

"""Compiled completion: what a document selects becomes functions, where nothing is unusual."""

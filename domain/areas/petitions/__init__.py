"""Petitions and complaints: registered, conducted, and the books beside them."""

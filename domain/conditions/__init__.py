"""Conditions over facts: the `when` language, and the cases that it cuts apart."""

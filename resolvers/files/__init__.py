"""Files served: uploaded, looked through, kept, attached to records and opened."""

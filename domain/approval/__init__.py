"""The approval engine that every area shares: an area declares a procedure, the rest is here."""

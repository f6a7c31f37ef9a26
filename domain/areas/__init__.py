"""The areas: one package each, on the engine, and none knows another."""

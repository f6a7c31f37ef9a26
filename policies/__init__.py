"""What an office has decided: its words, its rulebook, and the engine over Casbin that reads it."""

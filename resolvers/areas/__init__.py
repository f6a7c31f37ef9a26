"""What areas add that no word of the engine can say yet."""

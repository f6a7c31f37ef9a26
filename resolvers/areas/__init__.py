"""What areas add to the engine that no word can say."""

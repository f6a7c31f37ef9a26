"""Bodies and their sittings served."""

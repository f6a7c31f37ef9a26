"""What papers add to the registers."""

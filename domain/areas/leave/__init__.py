"""Leave, by days and by hours."""

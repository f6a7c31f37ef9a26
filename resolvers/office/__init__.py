"""Posts, appointments, loans and hand-overs served."""

"""Pages about persons, for the workers of their own team. Each reading is logged before anything shows."""

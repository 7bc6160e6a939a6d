"""Who speaks independently, and the best that they say together."""

"""The collection: reading coverage, storing it, finding passages in it."""

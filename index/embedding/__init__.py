"""Text to vectors: the bundled model, any other by name or path, and the cache of vectors."""

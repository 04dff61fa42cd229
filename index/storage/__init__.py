"""One generation on disk: articles and full text, vectors, manifest, publishing."""

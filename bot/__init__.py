"""A question in, a verified answer out, and the faces that show it."""

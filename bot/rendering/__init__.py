"""Answers made visible. Pure: nothing here reads a clock, a file or a setting."""

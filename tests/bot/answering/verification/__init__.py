"""Verification, mirrored: one file for each kind of fault."""

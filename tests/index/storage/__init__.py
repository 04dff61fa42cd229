"""Tests of one generation on disk."""

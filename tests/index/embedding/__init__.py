"""Tests of the vectors and their cache."""

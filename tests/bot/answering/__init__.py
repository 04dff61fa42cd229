"""Tests of the ask line."""

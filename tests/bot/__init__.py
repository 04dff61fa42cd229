"""Tests of the ask line and its faces."""

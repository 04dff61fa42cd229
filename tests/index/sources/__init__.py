"""Tests of the room that reads and cleans coverage."""

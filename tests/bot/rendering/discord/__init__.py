"""Tests of what is said in Discord."""

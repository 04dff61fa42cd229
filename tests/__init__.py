"""Tests of Dateline: the folders mirror the packages."""

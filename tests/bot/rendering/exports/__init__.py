"""Tests of the files of evidence."""

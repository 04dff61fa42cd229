"""Runs of the measures: what scripts/evaluate.py and scripts/benchmark.py do for one of their tables.

Each takes paths and numbers and returns rows, a mapping of columns each. What is right and how it is counted is told
beside it, in the modules of ``bot`` and ``index`` that end in ``evaluation``.
"""

"""Reading coverage: files and folders -> articles, and a report of what was removed from each."""

from __future__ import annotations

from index.sources.files import read_sources
from index.sources.versions import settle

CLEANER_VERSION = 5  # goes up whenever the same source gives another article

__all__ = ["CLEANER_VERSION", "read_sources", "settle"]

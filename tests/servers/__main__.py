"""Says plainly which tests are left out here, for want of a server: python -m tests.servers."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from tests.servers.postgres import find_programs

if find_programs() is None:
    sys.stderr.write(
        "Left out: the tests of a shared database. They need PostgreSQL: apt-get install postgresql\n"
    )
if find_spec("ray") is None:
    sys.stderr.write("Left out: the tests of workers. They need Ray: scripts/set_up dev cluster\n")

"""A mark on the generation that a process reads, which the system takes away when the process ends."""

from __future__ import annotations

import sys
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from index.errors import IndexDamaged

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

NAME = "lease"
# Windows does not remove a file that is open, which is a lease of its own.
_HAS_LOCKS = sys.platform != "win32"
if _HAS_LOCKS:
    import fcntl


class Lease:
    """A shared hold on a generation's folder: while it is there, no build removes the folder."""

    def __init__(self, file: IO[bytes] | None) -> None:
        """Take what :meth:`take` opened; who forgets to close it lets go when it is forgotten itself."""
        self._let_go = weakref.finalize(self, file.close) if file else None

    @classmethod
    def take(cls, folder: Path) -> Self:
        """Hold a generation; one without a file for it, a draft, needs no hold.

        Raises:
            IndexDamaged: a build is removing it at this moment.
        """
        try:
            file = (folder / NAME).open("rb")
        except OSError:
            return cls(None)
        try:
            _lock(file, exclusive=False)
        except OSError as error:
            file.close()
            msg = f"Generation {folder.name} is being removed: ask again."
            raise IndexDamaged(msg) from error
        return cls(file)

    def close(self) -> None:
        """Let go of it."""
        if self._let_go:
            self._let_go()


def is_leased(folder: Path) -> bool:
    """Tell whether a process reads a generation."""
    with suppress(OSError), (folder / NAME).open("rb") as file:
        try:
            _lock(file, exclusive=True)
        except OSError:
            return True
    return False


def _lock(file: IO[bytes], *, exclusive: bool) -> None:
    if _HAS_LOCKS:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)

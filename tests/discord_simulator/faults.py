"""Discord's bad days, on demand: 429 and 5xx by rules that say which calls and how often."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOO_MANY = 429


@dataclass(slots=True, kw_only=True)
class Fault:
    """A rule.

    Attributes:
        status: 429, or 500 and above.
        every: the how manieth of the calls it is for goes wrong: 1 is each, 3 is each third.
        routes: patterns of "METHOD /path", with the path as it is after the version, such as
            "POST /channels/*/messages" or "* /webhooks/*"; none means every call.
        times: how often at most, None for always.
        retry_after: of a 429, seconds.
        is_global: of a 429, whether it holds for all routes.
        carried_out: the call is done all the same, and only its answer is lost: what a repeated call does wrong
            shows here. Only for 5xx.
        served: how often it has struck.
    """

    status: int
    every: int = 1
    routes: Sequence[str] = ()
    times: int | None = None
    retry_after: float = 0.05
    is_global: bool = False
    carried_out: bool = False
    served: int = 0
    _seen: int = field(default=0, repr=False)

    def strikes(self, call: str) -> bool:
        """Count a call, and tell whether it goes wrong.

        Args:
            call: "METHOD /path".
        """
        if self.routes and not any(fnmatchcase(call, pattern) for pattern in self.routes):
            return False
        self._seen += 1
        if self._seen % self.every or self.served == self.times:
            return False
        self.served += 1
        return True

    def body(self) -> dict[str, Any] | None:
        """Return what Discord sends, None where it is no JSON."""
        if self.status != _TOO_MANY:
            return None
        return {
            "message": "You are being rate limited.",
            "retry_after": self.retry_after,
            "global": self.is_global,
        }

    def headers(self) -> dict[str, str]:
        """Return what Discord says beside it; "Via" tells its proxy from a ban."""
        if self.status != _TOO_MANY:
            return {}
        return {
            "Via": "1.1 google",
            "Retry-After": str(math.ceil(self.retry_after)),
            "X-RateLimit-Scope": "global" if self.is_global else "user",
            **({"X-RateLimit-Global": "true"} if self.is_global else {}),
        }


class Faults:
    """The rules in force."""

    def __init__(self) -> None:
        """Begin with a good day."""
        self._rules: list[Fault] = []
        self.served: Counter[int] = Counter()

    def add(
        self,
        status: int,
        *,
        every: int = 1,
        routes: Sequence[str] = (),
        times: int | None = None,
        retry_after: float = 0.05,
        is_global: bool = False,
        carried_out: bool = False,
    ) -> Fault:
        """Add a rule; the first that strikes a call is served. The fields are those of ``Fault``."""
        fault = Fault(
            status=status,
            every=every,
            routes=routes,
            times=times,
            retry_after=retry_after,
            is_global=is_global,
            carried_out=carried_out,
        )
        self._rules.append(fault)
        return fault

    def clear(self) -> None:
        """Let the good days come back; what was served stays counted."""
        self._rules.clear()

    def strike(self, call: str) -> Fault | None:
        """Return the rule that strikes a call, None if all is well.

        Args:
            call: "METHOD /path".
        """
        for fault in self._rules:
            if fault.strikes(call):
                self.served[fault.status] += 1
                return fault
        return None

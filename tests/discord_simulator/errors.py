"""What goes wrong: Discord's refusals of a call, and what no person could do in Discord.

- ``Refusal``: the HTTP answer to a call that Discord does not carry out.
- ``NotOffered``: Discord's own program would not let a person do this; the test is wrong, or the bot is.
"""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A call that is answered with an error.

    Args:
        status: HTTP status.
        code: Discord's own code, 0 where it has none.
        message: Discord's sentence.
        errors: what is wrong with the form, by the path of the field.
    """

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        """Keep the answer."""
        super().__init__(f"{status} {code} {message} {errors or ''}".rstrip())
        self.status, self.code, self.message, self.errors = status, code, message, errors

    def body(self) -> dict[str, Any]:
        """Return what Discord sends."""
        return {
            "message": self.message,
            "code": self.code,
            **({"errors": self.errors} if self.errors else {}),
        }


class NotOffered(AssertionError):
    """A person tried what Discord's own program does not offer: an unknown command, a disabled button."""


def not_found() -> Refusal:
    """No such address."""
    return Refusal(404, 0, "404: Not Found")


def unknown(what: str) -> Refusal:
    """An id that nothing has."""
    codes = {
        "Application": 10002,
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Emoji": 10014,
        "Webhook": 10015,
        "interaction": 10062,
        "application command": 10063,
    }
    return Refusal(404, codes[what], f"Unknown {what}")


def missing_access() -> Refusal:
    """A channel that the bot may not see."""
    return Refusal(403, 50001, "Missing Access")


def no_such_place() -> Refusal:
    """Something that is not possible in such a channel."""
    return Refusal(400, 50024, "Cannot execute action on this channel type")


def missing_permissions() -> Refusal:
    """Something that the bot may not do there."""
    return Refusal(403, 50013, "Missing Permissions")

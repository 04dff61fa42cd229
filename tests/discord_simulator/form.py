"""What is wrong with a form, gathered by the path of the field as Discord reports it (50035)."""

from __future__ import annotations

from collections.abc import Sized
from typing import TYPE_CHECKING, Any, TypeGuard

from tests.discord_simulator.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

Path = tuple[str | int, ...]


def malformed(path: Path, code: str, message: str) -> Refusal:
    """Return the refusal of a form with one fault."""
    form = Form()
    form.wrong(path, code, message)
    return Refusal(400, 50035, "Invalid Form Body", form.errors)


class Form:
    """Gathers everything that is wrong before it refuses."""

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self.errors: dict[str, Any] = {}

    def wrong(self, path: Path, code: str, message: str) -> None:
        """Note one fault at one field."""
        place = self.errors
        for step in path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def refuse_if_wrong(self) -> None:
        """Raise a refusal that names every field at fault, if there is one."""
        if self.errors:
            raise Refusal(400, 50035, "Invalid Form Body", self.errors)

    def text(self, path: Path, value: Any, *, most: int, least: int = 0) -> None:
        """Check a text's length in code points; None is an absent text."""
        if value is None:
            if least:
                self.required(path)
        elif not isinstance(value, str):
            self.wrong(path, "BASE_TYPE_CONVERT", "Could not interpret the value as string.")
        elif least and not value.strip():
            self.required(path)
        elif len(value) > most:
            between = f"between {least} and {most}" if least else f"{most} or fewer"
            code = "BASE_TYPE_BAD_LENGTH" if least else "BASE_TYPE_MAX_LENGTH"
            self.wrong(path, code, f"Must be {between} in length.")

    def count(self, path: Path, values: Any, *, most: int, least: int = 0) -> None:
        """Check how many there are of something that can be counted."""
        if not isinstance(values, Sized):
            self.wrong(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        elif not least <= len(values) <= most:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def choice(self, path: Path, value: Any, choices: Collection[Any]) -> bool:
        """Check that a value is one of a few; return whether it is."""
        if value in choices:
            return True
        allowed = ", ".join(repr(each) for each in choices)
        self.wrong(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{allowed}}}.")
        return False

    def number(self, path: Path, value: Any, *, least: float, most: float) -> None:
        """Check a number's size; None is an absent number."""
        if value is not None and not (_is_number(value) and least <= value <= most):
            self.wrong(path, "NUMBER_TYPE_RANGE", f"Value should be between {least} and {most}.")

    def required(self, path: Path) -> None:
        """Note a field that has to be there."""
        self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")

    def is_object(self, value: Any, path: Path) -> TypeGuard[dict[str, Any]]:
        """Check that a value is an object."""
        if isinstance(value, dict):
            return True
        self.wrong(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return False

    def is_list(self, value: Any, path: Path) -> TypeGuard[list[Any]]:
        """Check that a value is a list."""
        if isinstance(value, list):
            return True
        self.wrong(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

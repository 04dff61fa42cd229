"""Whether a channel is busy."""

from __future__ import annotations

from bot.discord_client.bustle import Bustle


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.seconds


def heard(bustle: Bustle, channel: int, times: int) -> None:
    """Let so many messages be written."""
    for _ in range(times):
        bustle.hear(channel)


def test_people_who_talk_make_a_channel_busy() -> None:
    """Among five messages in a minute an answer and what follows it would get lost."""
    bustle = Bustle(Clock())
    heard(bustle, 1, 4)
    assert not bustle.is_busy(1)
    heard(bustle, 1, 1)
    assert bustle.is_busy(1)


def test_a_channel_falls_silent_again() -> None:
    """Yesterday's talk is no reason to open a thread today."""
    clock = Clock()
    bustle = Bustle(clock)
    heard(bustle, 1, 9)
    clock.seconds = 60
    assert not bustle.is_busy(1)


def test_other_channels_do_not_count() -> None:
    """Noise next door is no noise here."""
    bustle = Bustle(Clock())
    heard(bustle, 1, 9)
    assert not bustle.is_busy(2)


def test_the_channel_that_was_silent_longest_is_forgotten() -> None:
    """A bot in thousands of channels must not remember them all for ever."""
    bustle = Bustle(Clock())
    heard(bustle, 0, 9)
    for channel in range(1, 1000):
        bustle.hear(channel)
    assert bustle.is_busy(0)
    heard(bustle, 0, 1)  # so that another one is the most silent
    bustle.hear(1000)
    assert bustle.is_busy(0)
    for channel in range(1001, 2001):
        bustle.hear(channel)
    assert not bustle.is_busy(0)

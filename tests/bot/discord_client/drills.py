"""Hard days rehearsed at full size: each drill is a scene with the bot as a process, and gives one row of a table.

python -m tests.bot.discord_client.drills DRILL FOLDER    prints the row of one drill as JSON
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.keeping.answers import KeptAnswers
from bot.keeping.database import read_database
from bot.keeping.feedback import KeptFeedback
from bot.rendering.catalogue import text
from bot.settings import BotSettings
from bot.types import Answer
from index.build_wiring import build_index
from index.sample_coverage import ARTICLES, judged_questions
from index.settings import load_settings
from index.storage.layout import IndexFiles
from index.wiring import open_articles
from tests.bot.discord_client.hostile import hostile_articles, hostile_questions, obeyed
from tests.bot.discord_client.rehearsal import Rehearsal, rehearsal
from tests.builds import no_progress

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from bot.types import Kept
    from tests.discord_simulator import Interaction, Message, Person

Row = dict[str, Any]
# Seconds for everything that was asked to be answered: a queue, and bad days.
_ALL_ANSWERED = 300.0
_UNEXPECTED = tuple(text("refused:fault", language)[:40] for language in ("fr", "en"))
# Questions that a person may ask in a minute, where the fair share is not what is rehearsed.
_NO_HURRY = "600"


@dataclass(slots=True)
class Tally:
    """What became of interactions.

    Args:
        asked: the interactions, in order.
    """

    asked: list[Interaction] = field(default_factory=list)

    def row(self) -> Row:
        """Return the figures: each question is answered, refused politely, lost, or at fault."""
        ends = Counter(_end(each) for each in self.asked)
        waits = [each.seconds_to_first_reply for each in self.asked]
        return {
            "asked": len(self.asked),
            "answered": ends["answered"],
            "refused politely": ends["refused"],
            "lost": ends["lost"],
            "doubled": ends["doubled"],
            "at fault": ends["fault"],
            "in the channel instead": sum(bool(_beside(each)) for each in self.asked),
            "slowest first reply, s": max(
                (round(wait, 2) for wait in waits if wait is not None), default=None
            ),
        }


def _end(interaction: Interaction) -> str:
    """Return what became of a question; an answer has the index's line under it."""
    said = "\n".join(message.content for message in (*interaction.messages, *_beside(interaction)))
    if not said:
        return "lost"
    if said.startswith(_UNEXPECTED):
        return "fault"
    answers = said.count("-# Index ")
    return "doubled" if answers > 1 else "answered" if answers else "refused"


def _beside(interaction: Interaction) -> list[Message]:
    """Return what was written to the channel because Discord took no reply any more: its nonce tells."""
    if interaction.acknowledged_at is not None:
        return []
    mark = f"{interaction.id}-"
    return [message for message in interaction.channel.messages if (message.nonce or "").startswith(mark)]


async def crowd(folder: Path, *, questions: int = 1000, people: int = 200, seconds: float = 60.0) -> Row:
    """Let many people ask at once; memory is read after a first round, after the crowd, and after another."""
    async with rehearsal(_sample(folder), folder / "bot.db") as play:
        crowd = [
            play.discord.add_person(f"p{number}", locale=locale, guilds=(play.guild,))
            for number, locale in zip(range(people), cycle(("fr", "en-US")), strict=False)
        ]
        await _ask(play, [(play.alice, question) for question in _questions(5)], pause=1.0)
        before = _megabytes(play.bot.pid)
        asking = list(zip(cycle(crowd), _questions(questions), strict=False))
        tally = await _ask(play, asking, pause=seconds / questions)
        after = _megabytes(play.bot.pid)
        await _ask(play, asking[: questions // 5], pause=seconds / questions)
        again = _megabytes(play.bot.pid)
        return {"drill": "a crowd", **tally.row(), "MB": f"{before} → {after} → {again}"}


async def bad_day(folder: Path, *, questions: int = 200, drops: int = 20) -> Row:
    """Drop the gateway again and again while every third call comes too early and every tenth fails."""
    async with rehearsal(_sample(folder), folder / "bot.db", questions_per_minute=_NO_HURRY) as play:
        play.discord.faults.add(503, every=10)
        play.discord.faults.add(429, every=3)
        tally = Tally()
        for number, question in enumerate(_questions(questions)):
            if number % (questions // drops) == 0:
                play.discord.gateway.drop()
            tally.asked.append(play.discord.use(play.alice, play.channel, "ask", question=question))
            await asyncio.sleep(0.25)
        await _settled(tally.asked)
        served = play.discord.faults.served
        return {"drill": f"a bad day: {drops} drops, {served[429]} × 429, {served[503]} × 503", **tally.row()}


async def new_indexes(folder: Path, *, questions: int = 200, every: float = 5.0) -> Row:
    """Publish an index every few seconds; each answer must cite articles of one generation, in its versions."""
    index = _sample(folder)
    async with rehearsal(index, folder / "bot.db", questions_per_minute=_NO_HURRY) as play:
        published = {**_versions(index)}
        publishing = asyncio.create_task(_publish(index, folder, every, published))
        tally = await _ask(play, [(play.alice, q) for q in _questions(questions)], pause=0.3)
        publishing.cancel()
        with suppress(asyncio.CancelledError):
            await publishing
    kept = _kept(folder / "bot.db", tally.asked)
    used = [each.answer.generation.generation_id for each in kept]
    mixed = sum(
        not _versions_of(each) <= published.get(name, frozenset())
        for each, name in zip(kept, used, strict=True)
    )
    what = (
        f"{len(published)} indexes, {len(set(used))} of them answered from, {mixed} answers of more than one"
    )
    return {"drill": what, **tally.row()}


async def hostile(folder: Path, *, amount: int = 300) -> Row:
    """Ask hostile questions of hostile articles, open every source, and look for what Discord would obey."""
    source = folder / "hostile.jsonl"
    source.write_text(hostile_articles(amount), encoding="utf-8")
    settings = load_settings(BotSettings, index_dir=folder / "index")
    await asyncio.to_thread(build_index, settings, [source], no_progress)
    async with rehearsal(folder / "index", folder / "bot.db", questions_per_minute=_NO_HURRY) as play:
        tally = await _ask(play, [(play.alice, q) for q in hostile_questions(amount)], pause=0.3)
        pressed = [
            play.discord.press(play.alice, message, "1")
            for each in tally.asked[:: max(1, amount // 50)]
            for message in each.messages
            if any(button.label == "1" for button in message.buttons)
        ]
        await _settled(pressed)
        messages = [message for each in (*tally.asked, *pressed) for message in each.messages]
        broken = sum(400 <= call.status < 429 for call in play.discord.calls)
        active = sum(len(obeyed(message.content)) for message in messages)
        pings = sum(bool(message.pinged) for message in messages)
        return {
            "drill": f"hostile text: {len(messages)} messages, {broken} limits broken, {pings} pings,"
            f" {active} marks obeyed",
            **tally.row(),
        }


async def killed(folder: Path) -> Row:
    """Kill the bot without warning, start it again, and use what it had said before."""
    async with rehearsal(_sample(folder), folder / "bot.db", questions_per_minute=_NO_HURRY) as play:
        manager = play.discord.add_person("marie", locale="fr", manages=(play.guild,))
        tally = await _ask(play, [(play.alice, question) for question in _questions(10)], pause=0.2)
        old = [message for each in tally.asked for message in each.messages if message.buttons]
        await _settled(
            [play.discord.press(play.alice, message, _button(message, "helpful")) for message in old]
        )
        await _settled([play.discord.use(manager, play.channel, "settings", private=True)])
        await play.restart(signal.SIGKILL)
        pressed = [play.discord.press(play.alice, message, _button(message, "export")) for message in old]
        again = play.discord.use(play.alice, play.channel, "ask", question=next(_questions(1)))
        await _settled([*pressed, again])
        worked = sum(any(message.files for message in each.messages) for each in pressed)
        verdicts = _helpful(folder / "bot.db")
        kept = "kept" if again.reply.ephemeral else "lost"
    what = f"{worked} of {len(old)} old buttons work, {verdicts} verdicts of {len(old)} kept, settings {kept}"
    return {"drill": f"killed: {what}", **tally.row()}


DRILLS: dict[str, Callable[[Path], Coroutine[Any, Any, Row]]] = {
    "crowd": crowd,
    "bad-day": bad_day,
    "new-indexes": new_indexes,
    "hostile": hostile,
    "killed": killed,
}


async def _ask(play: Rehearsal, asking: Sequence[tuple[Person, str]], *, pause: float) -> Tally:
    """Let people ask one after the other, without waiting for answers; return when all are answered."""
    tally = Tally()
    for person, question in asking:
        tally.asked.append(play.discord.use(person, play.channel, "ask", question=question))
        await asyncio.sleep(pause)
    await _settled(tally.asked)
    return tally


async def _settled(asked: Sequence[Interaction]) -> None:
    """Wait for all; what is not answered in the end is counted as lost by whoever counts."""
    if asked:
        with suppress(TimeoutError):
            await asked[0].world.bell.wait_for(
                lambda: all(each.answered or _beside(each) for each in asked), _ALL_ANSWERED
            )
        await asyncio.sleep(1)  # an answer may have further parts


def _questions(count: int) -> Iterator[str]:
    """Yield questions of the sample collection, again and again."""
    texts = [question.text for _, question in judged_questions()]
    return islice(cycle(texts), count)


def _sample(folder: Path) -> Path:
    """Return an index of the sample collection in a folder."""
    index = folder / "index"
    build_index(load_settings(BotSettings, index_dir=index), [ARTICLES], no_progress)
    return index


async def _publish(index: Path, folder: Path, every: float, published: dict[str, frozenset[str]]) -> None:
    """Publish the sample collection again and again, each time with every plain text changed a little."""
    settings = load_settings(BotSettings, index_dir=index)
    for number in count(1):
        await asyncio.sleep(every)
        changed = shutil.copytree(ARTICLES, folder / f"changed-{number}")
        for file in changed.glob("*.txt"):
            file.write_text(f"{file.read_text(encoding='utf-8')}\n\nRelu {number} fois.\n", encoding="utf-8")
        await asyncio.to_thread(build_index, settings, [changed], no_progress)
        published.update(_versions(index))


def _versions(index: Path) -> dict[str, frozenset[str]]:
    """Return the versions of the articles of the published generation, by its id."""
    settings = load_settings(BotSettings, index_dir=index)
    name = IndexFiles(index).published_id()
    with closing(open_articles(settings)) as articles:
        return {str(name): frozenset(article.version_sha256 for article in articles.articles())}


def _kept(state: Path, asked: Sequence[Interaction]) -> list[Kept]:
    """Return the answers that were kept, by the buttons under them."""
    keys = {
        button.custom_id.split(":")[2]
        for each in asked
        for message in each.messages
        for button in message.buttons
        if button.custom_id
    }
    with closing(_opened(state)) as database:
        answers = KeptAnswers(database)
        return [kept for key in sorted(keys) if (kept := answers.answer(key)) is not None]


def _versions_of(kept: Kept) -> frozenset[str]:
    answer = kept.answer
    articles = [c.article for c in answer.citations] if isinstance(answer, Answer) else answer.nearest
    return frozenset(article.version_sha256 for article in articles)


def _helpful(state: Path) -> int:
    with closing(_opened(state)) as database:
        return sum(counts.helpful for counts in KeptFeedback(database).report())


def _opened(state: Path) -> sqlite3.Connection:
    database = read_database(state)
    if database is None:
        msg = f"the bot wrote nothing to {state}"
        raise LookupError(msg)
    return database


def _button(message: Message, verb: str) -> str:
    """Return the id of a button by what it does: its label depends on the language."""
    return next(b.custom_id for b in message.buttons if b.custom_id and b.custom_id.split(":")[1] == verb)


def _megabytes(pid: int) -> int:
    """Return the resident memory of a process; 0 where that cannot be read."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(DRILLS[sys.argv[1]](Path(sys.argv[2])))))  # noqa: T201  # a row for the benchmark

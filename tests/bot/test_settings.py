"""The bot's settings: the collection's and its own, and nothing misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.settings import BotSettings
from index.errors import SettingsError
from index.settings import PREFIX, IndexSettings, load_settings

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "MTA1.s3cr3t-t0ken.value"  # noqa: S105  # nobody's


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where there is no ``.env``."""
    monkeypatch.chdir(tmp_path)


def test_every_setting_of_the_collection_is_the_bots_too() -> None:
    """One ``.env`` serves the scripts and the bot: neither may refuse what the other reads."""
    assert IndexSettings.model_fields.keys() <= BotSettings.model_fields.keys()


def test_settings_of_the_collection_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The bot must look in the same folder as the scripts that built the index."""
    monkeypatch.setenv("DATELINE_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("DATELINE_CANDIDATES", "42")
    settings = load_settings(BotSettings)
    assert (settings.index_dir, settings.candidates) == (tmp_path / "index", 42)


def test_the_command_line_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``--index DIR`` must not be overruled by a variable that somebody forgot."""
    monkeypatch.setenv("DATELINE_INDEX_DIR", str(tmp_path / "forgotten"))
    assert load_settings(BotSettings, index_dir=tmp_path / "given").index_dir == tmp_path / "given"


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("DATELINE_INDEX_DIRS", "DATELINE_INDEX_DIR"),
        ("DATELINE_INDEXDIR", "DATELINE_INDEX_DIR"),
        ("DATELINE_EMBEDING_MODEL", "DATELINE_EMBEDDING_MODEL"),
        ("DATELINE_CACHE_DIRECTORY", "DATELINE_CACHE_DIR"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, misspelt: str, meant: str
) -> None:
    """A misspelt setting that did nothing would be searched for hours."""
    monkeypatch.setenv(misspelt, "1")
    with pytest.raises(SettingsError) as refused:
        load_settings(BotSettings)
    assert misspelt in str(refused.value)
    assert f"did you mean {meant}?" in str(refused.value)


def test_other_programs_variables_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only our prefix is ours to refuse."""
    monkeypatch.setenv("XDATELINE_INDEX_DIRR", "1")
    monkeypatch.setenv("DATELINER", "1")
    load_settings(BotSettings)


@pytest.mark.parametrize("name", sorted(BotSettings.model_fields))
def test_a_value_is_never_repeated(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whatever is wrong with a setting, its value may be a token and must not reach a log."""
    monkeypatch.setenv(PREFIX + name.upper(), TOKEN)
    try:
        load_settings(BotSettings)
    except SettingsError as refused:
        assert TOKEN not in str(refused)  # noqa: PT017  # many settings take any text
        assert PREFIX + name.upper() in str(refused)  # noqa: PT017
        assert refused.__cause__ is None  # noqa: PT017  # pydantic's own error repeats the value


def test_the_value_of_an_unknown_setting_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A token under a misspelt name is a token still, in a variable and in a file."""
    (tmp_path / ".env").write_text(f"DATELINE_DISCORD_TOKENN={TOKEN}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="DATELINE_DISCORD_TOKENN") as refused:
        load_settings(BotSettings)
    assert TOKEN not in str(refused.value)

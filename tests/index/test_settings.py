"""Settings are read, and what is unknown or malformed is refused by name."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from index.errors import SettingsError
from index.settings import BUNDLED, IndexSettings, load_settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where there is no ``.env``."""
    monkeypatch.chdir(tmp_path)


def test_defaults_need_no_environment() -> None:
    """The first question must work with nothing set up, and with the bundled model."""
    settings = load_settings(IndexSettings)
    assert settings.embedding_model == BUNDLED
    assert settings.index_dir.is_absolute()


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A setting given as a variable must count, with its type."""
    monkeypatch.setenv("DATELINE_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("DATELINE_PASSAGE_CHARACTERS", "450")
    settings = load_settings(IndexSettings)
    assert settings.index_dir == tmp_path / "index"
    assert settings.passage_characters == 450


def test_a_dotenv_file_is_read() -> None:
    """Settings kept in a file beside the program must count."""
    Path(".env").write_text("DATELINE_CANDIDATES=42\n", encoding="utf-8")
    assert load_settings(IndexSettings).candidates == 42


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said for one run is stronger than what is written down."""
    Path(".env").write_text("DATELINE_CANDIDATES=42\n", encoding="utf-8")
    monkeypatch.setenv("DATELINE_CANDIDATES", "43")
    assert load_settings(IndexSettings).candidates == 43


def test_the_command_line_wins_over_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``--index DIR`` must not be overruled by a variable that somebody forgot."""
    monkeypatch.setenv("DATELINE_INDEX_DIR", str(tmp_path / "forgotten"))
    assert load_settings(IndexSettings, index_dir=tmp_path / "given").index_dir == tmp_path / "given"


def test_an_option_that_was_not_given_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """None from the command line means "not said"."""
    monkeypatch.setenv("DATELINE_CANDIDATES", "43")
    assert load_settings(IndexSettings, candidates=None).candidates == 43


def test_an_unknown_setting_is_refused_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt setting that did nothing would be searched for hours."""
    monkeypatch.setenv("DATELINE_INDEX_DIRR", "/somewhere")
    with pytest.raises(SettingsError, match=r"DATELINE_INDEX_DIRR is unknown.*DATELINE_INDEX_DIR\?"):
        load_settings(IndexSettings)


def test_an_unknown_setting_far_from_any_names_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no name is near, the reader needs the list."""
    monkeypatch.setenv("DATELINE_ZZZZZZZZ", "1")
    with pytest.raises(SettingsError, match=r"known are .*DATELINE_CANDIDATES.*DATELINE_INDEX_DIR"):
        load_settings(IndexSettings)


def test_an_unknown_setting_in_the_file_is_refused() -> None:
    """A file is misspelt as easily as a variable."""
    Path(".env").write_text("DATELINE_CANDIDATE=42\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="DATELINE_CANDIDATE is unknown"):
        load_settings(IndexSettings)


def test_other_programs_settings_are_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only names with the prefix are judged."""
    monkeypatch.setenv("DATELIN_INDEX", "1")
    Path(".env").write_text("OTHER=1\n", encoding="utf-8")
    load_settings(IndexSettings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSAGE_CHARACTERS", "many"),
        ("PASSAGE_CHARACTERS", "99"),
        ("PASSAGE_CHARACTERS", "4001"),
        ("CANDIDATES", "9"),
        ("LEXICAL_WEIGHT", "1.01"),
        ("LEXICAL_WEIGHT", "-0.1"),
        ("LEXICAL_WEIGHT", "inf"),
        ("LEXICAL_WEIGHT_ACROSS", "high"),
        ("MAX_SOURCE_BYTES", "0"),
    ],
)
def test_a_malformed_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The reader must learn which setting it is, not only that one is wrong."""
    monkeypatch.setenv(f"DATELINE_{name}", value)
    with pytest.raises(SettingsError, match=f"DATELINE_{name}"):
        load_settings(IndexSettings)


def test_not_a_number_is_no_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a weight that is not a number every fused score is none and the order means nothing."""
    monkeypatch.setenv("DATELINE_LEXICAL_WEIGHT", "nan")
    with pytest.raises(SettingsError, match="DATELINE_LEXICAL_WEIGHT"):
        load_settings(IndexSettings)


def test_a_value_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the values may be a token, and errors end up in logs."""
    monkeypatch.setenv("DATELINE_CANDIDATES", "s3cret-t0ken")
    with pytest.raises(SettingsError) as caught:
        load_settings(IndexSettings)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_settings_cannot_be_changed() -> None:
    """What was read at the start holds until the end."""
    settings = load_settings(IndexSettings)
    with pytest.raises(ValidationError):
        settings.candidates = 5


@pytest.mark.parametrize("name", IndexSettings.model_fields)
def test_a_setting_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """``DATELINE_INDEX_DIR=`` left unfilled must not index into whatever folder one stands in."""
    default = getattr(load_settings(IndexSettings), name)
    monkeypatch.setenv(f"DATELINE_{name.upper()}", "")
    assert getattr(load_settings(IndexSettings), name) == default


@pytest.mark.parametrize("name", IndexSettings.model_fields)
def test_a_setting_left_empty_in_the_file_is_not_set(name: str) -> None:
    """A template that was copied and not filled in says nothing."""
    default = getattr(load_settings(IndexSettings), name)
    Path(".env").write_text(f"DATELINE_{name.upper()}=\n", encoding="utf-8")
    assert getattr(load_settings(IndexSettings), name) == default


def test_a_file_in_another_encoding_is_refused_by_name() -> None:
    """A ``.env`` saved by an old editor must be named in one sentence."""
    Path(".env").write_bytes("# réglages\nDATELINE_CANDIDATES=42\n".encode("cp1252"))
    with pytest.raises(SettingsError, match=r"\.env"):
        load_settings(IndexSettings)


_SECRET = "geheim-9xQ"  # noqa: S105  # nobody's


class TestServers:
    """Addresses of what machines share."""

    @pytest.mark.parametrize(
        "address",
        [
            f"postgresql://dateline:{_SECRET}@db.example:5432/dateline",
            f"postgres://dateline:{_SECRET}@db.example/dateline?sslmode=verify-full",
            f"postgresql+psycopg://dateline:{_SECRET}@[::1]:5432/dateline",
            f"postgresql://dateline:{_SECRET}%40@db.example/dateline",
            "postgresql:///dateline",
        ],
    )
    def test_a_database_is_taken_and_its_password_shown_nowhere(
        self, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        """Settings are printed in logs and in other people's bug reports."""
        monkeypatch.setenv("DATELINE_DATABASE_URL", address)
        settings = load_settings(IndexSettings)
        assert settings.database_url is not None
        assert settings.database_url.get_secret_value() == address
        assert _SECRET not in repr(settings) + str(settings) + settings.model_dump_json()

    @pytest.mark.parametrize(
        "address",
        [
            f"mysql://dateline:{_SECRET}@db.example/dateline",
            f"postgresql://dateline:{_SECRET}@db.example",
            f"postgresql://dateline:{_SECRET}@{_SECRET}@db.example/dateline",
            f"postgresql://dateline:{_SECRET}@db.example:port/dateline",
            f"postgresql://dateline:{_SECRET}\uff03@db.example",
            _SECRET,
        ],
    )
    def test_what_is_no_database_is_refused_without_repeating_it(
        self, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        """A password with an unwritten @ in it must not end up in a sentence as a host."""
        monkeypatch.setenv("DATELINE_DATABASE_URL", address)
        with pytest.raises(SettingsError, match=r"DATELINE_DATABASE_URL.*postgresql://") as caught:
            load_settings(IndexSettings)
        assert _SECRET not in "".join(traceback.format_exception(caught.value))

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1:8000", "https://chroma.example/tenant/news", "http://[::1]:8000/"]
    )
    def test_a_chroma_server_is_taken(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        """On a machine, behind a proxy, or as one database of a cluster."""
        monkeypatch.setenv("DATELINE_CHROMA_URL", url)
        assert load_settings(IndexSettings).chroma_url == url

    @pytest.mark.parametrize(
        "url",
        [
            "chroma.example:8000",
            "ftp://chroma.example",
            f"http://me:{_SECRET}@chroma.example",
            "http://c/one",
        ],
    )
    def test_what_is_no_server_is_refused(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        """An address with a password in it would be shown in every sentence about the server."""
        monkeypatch.setenv("DATELINE_CHROMA_URL", url)
        with pytest.raises(SettingsError, match=r"DATELINE_CHROMA_URL.*DATELINE_CHROMA_TOKEN") as caught:
            load_settings(IndexSettings)
        assert _SECRET not in str(caught.value)

    def test_a_token_travels_encrypted_or_not_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever listens on the way would read it."""
        monkeypatch.setenv("DATELINE_CHROMA_TOKEN", _SECRET)
        monkeypatch.setenv("DATELINE_CHROMA_URL", "http://chroma.example:8000")
        with pytest.raises(SettingsError, match="https") as caught:
            load_settings(IndexSettings)
        assert _SECRET not in str(caught.value)
        monkeypatch.setenv("DATELINE_CHROMA_URL", "https://chroma.example")
        assert _SECRET not in repr(load_settings(IndexSettings))

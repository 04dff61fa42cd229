"""Settings of the collection, from the environment or a ``.env`` file, prefix ``DATELINE_``."""

from __future__ import annotations

import difflib
import json
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

import platformdirs
from dotenv import dotenv_values
from pydantic import Field, FilePath, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.errors import SettingsError

PREFIX = "DATELINE_"
DOTENV = Path(".env")
BUNDLED = "bundled"
_HOST = r"(\[[^\]@]+\]|[^@/:?#\[\]]+)(:\d{1,5})?"
_DATABASE = re.compile(rf"postgres(ql)?(\+psycopg)?://([^@]*@)?({_HOST})?/[^/?@]+(\?[^@]*)?")
_SERVER = re.compile(rf"https?://{_HOST}(/[^/?#]+/[^/?#]+)?/?")
# Generations that a build leaves, the one that it publishes included.
KEPT = 2
# Fields of a record that may have another name there, see index.sources.records.
FieldName: TypeAlias = Literal[
    "text",
    "headline",
    "dek",
    "byline",
    "publisher",
    "section",
    "published_at",
    "updated_at",
    "collected_at",
    "stated_language",
    "url",
    "own_id",
]
# The repository: the collection lives beside the code that made it unless a setting says otherwise.
HOME = Path(__file__).resolve().parents[1]


class IndexSettings(BaseSettings):
    """What shapes reading, building and finding. Sizes are characters unless the name says bytes."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=DOTENV, env_ignore_empty=True, extra="ignore", frozen=True
    )

    index_dir: Path = Field(HOME / ".dateline" / "index", description="folder of the index")
    cache_dir: Path = Field(
        Path(platformdirs.user_cache_dir("dateline")), description="folder for the unpacked model"
    )
    database_url: SecretStr | None = Field(
        None,
        description="a PostgreSQL database that machines share: postgresql://NAME:PASSWORD@HOST:PORT/DATABASE",
    )
    chroma_url: str | None = Field(None, description="a Chroma server for the vectors: http://HOST:PORT")
    chroma_token: SecretStr | None = Field(None, description="what that server wants to see, if it does")
    workers: str | None = Field(
        None, description="'ray', or the address of a Ray cluster: who embeds; none: this process alone"
    )
    embedding_model: str = Field(
        BUNDLED, min_length=1, description="'bundled', or a sentence-transformers model by name or path"
    )
    passage_characters: int = Field(400, ge=100, le=4000, description="size that passages aim at")
    max_source_bytes: int = Field(20_000_000, ge=1000, description="a larger file or record is refused")
    fields: Annotated[dict[FieldName, str], NoDecode] = Field(
        default_factory=dict,
        description='names that your records use, as JSON: {"text": "corps", "published_at": "meta.parution"}',
    )
    rules_file: Path | None = Field(None, description="patterns that overrule the cleaning, by outlet (TOML)")
    fetch_private: bool = Field(False, description="whether addresses within the house may be fetched")
    fetch_seconds_between: float = Field(
        1.0, ge=0, le=600, description="pause between two requests to a host"
    )
    fetch_ca_file: FilePath | None = Field(
        None, description="certificates (PEM) that are trusted beside the system's"
    )
    fetch_most_pages: int = Field(1000, ge=1, description="pages that one feed or sitemap may give")
    candidates: int = Field(100, ge=10, le=256, description="passages that each way of finding brings")
    lexical_weight: float = Field(
        0.35, ge=0, le=1, description="weight of shared words where question and passage share a language"
    )
    lexical_weight_across: float = Field(
        0.1, ge=0, le=1, description="the same where they do not: only names and numbers match"
    )

    @field_validator("fields", mode="before")
    @classmethod
    def _as_json(cls, value: object) -> object:
        """Read the mapping where it is written as JSON; what is wrong is never repeated."""
        try:
            return json.loads(value) if isinstance(value, str) else value
        except ValueError:
            raise ValueError(
                "Input should be a JSON object, our name of a field first and yours second"
            ) from None

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, value: SecretStr | None) -> SecretStr | None:
        """Refuse what is no address of PostgreSQL; it may hold a password, and is never repeated."""
        if value and not _DATABASE.fullmatch(value.get_secret_value()):
            msg = "needs postgresql://NAME:PASSWORD@HOST:PORT/DATABASE, where @ in a password is written %40"
            raise ValueError(msg)
        return value

    @field_validator("chroma_url")
    @classmethod
    def _names_a_server(cls, value: str | None) -> str | None:
        """Refuse what is no address of a server; a password does not belong there, where it would be shown."""
        if value and not _SERVER.fullmatch(value):
            msg = "needs http://HOST:PORT, or https://HOST/TENANT/DATABASE; a password goes into DATELINE_CHROMA_TOKEN"
            raise ValueError(msg)
        return value

    @field_validator("chroma_token")
    @classmethod
    def _keeps_that_token_safe(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Refuse a token that would travel in the clear."""
        if value and str(info.data.get("chroma_url")).startswith("http:"):
            msg = "needs DATELINE_CHROMA_URL with https: the token would travel in the clear"
            raise ValueError(msg)
        return value

    @field_validator("index_dir", "cache_dir", "rules_file")
    @classmethod
    def _at_home(cls, value: Path | None) -> Path | None:
        """Read ~ as a shell would: in a .env file nobody else does."""
        return value.expanduser() if value else None


SettingsT = TypeVar("SettingsT", bound=IndexSettings)


def load_settings(kind: type[SettingsT], **overrides: Any) -> SettingsT:
    """Read settings, and refuse by name what is unknown or malformed.

    Args:
        kind: the settings class that knows every name of the program that runs.
        overrides: values from the command line; None leaves the setting alone.

    Raises:
        SettingsError: names the setting and what it expects. Values are never repeated: one of
            them may be a token.
    """
    _refuse_unknown(kind)
    try:
        return kind(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        faults = "; ".join(f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        msg = f"A setting is malformed. {faults}."
        raise SettingsError(msg) from None


def _refuse_unknown(kind: type[BaseSettings]) -> None:
    try:
        in_file = dotenv_values(DOTENV)
    except UnicodeDecodeError:
        msg = f"The file {DOTENV} is not UTF-8: save it as UTF-8."
        raise SettingsError(msg) from None
    known = {PREFIX + name.upper() for name in kind.model_fields}
    for name in sorted({*os.environ, *in_file}):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}."
            msg = f"The setting {name} is unknown: {hint}"
            raise SettingsError(msg)

"""Names and descriptions of commands in the languages of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.rendering.catalogue import LANGUAGES, text

if TYPE_CHECKING:
    from discord.app_commands import TranslationContextTypes, locale_str


def told(key: str) -> app_commands.locale_str:
    """Return an entry of the catalogue as discord.py translates it: English, and its key."""
    return app_commands.locale_str(text(key, "en"), key=key)


class CatalogueTranslator(app_commands.Translator):
    """Gives Discord the commands in each language of ours; the others read English."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the words in a locale, None where English stands."""
        language = locale.value.split("-")[0]
        if language == "en" or language not in LANGUAGES or "key" not in string.extras:
            return None
        return text(string.extras["key"], language)

"""Everything that is said in Discord, as messages: pure, and without Discord."""

from bot.rendering.discord.answers import render_answer
from bot.rendering.discord.articles import render_article, render_passage
from bot.rendering.discord.coverage import render_coverage, render_narrowed_coverage, render_settings
from bot.rendering.discord.explanation import render_explanation
from bot.rendering.discord.lists import render_check, render_search, render_timeline
from bot.rendering.discord.messages import say

__all__ = [
    "render_answer",
    "render_article",
    "render_check",
    "render_coverage",
    "render_explanation",
    "render_narrowed_coverage",
    "render_passage",
    "render_search",
    "render_settings",
    "render_timeline",
    "say",
]

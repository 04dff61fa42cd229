"""What is on a page and not in its article, by the page's own marks: hidden text, and named furniture.

Hidden text is not evidence: a reader never saw it. It goes before anything is read, and is reported.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.sources.page_lines import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

# Never shown; metadata in "script" and "link" must have been read before.
UNSEEN = ("script", "style", "svg", "noscript", "iframe", "template", "object", "math", "textarea", "select")
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?(?=\s*(?:;|!|$))"
    r"|font-size\s*:\s*0(?:px|em|rem|%|pt)?(?=\s*(?:;|!|$))|(?:text-indent|left|top)\s*:\s*-\d{4,})",
    re.IGNORECASE,
)
# Names that outlets give to what is not the article; a name must hold one as a word of its own.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:news-?letters?|infolettre|sign-?up|author-?(?:bio|box|card|info|about|profile|description)"
    r"|about-?(?:the-?)?author|bio(?:graphy)?|comments?(?:-?(?:section|list|area|wrapper|form))?|disqus|related"
    r"|relacionad[oa]s?|recirc(?:ulation)?|recommend(?:ed|ations?)?|most-?(?:read|popular|viewed)|outbrain"
    r"|taboola|promos?|cookies?|consent|gdpr|shar(?:e|ing)|social|breadcrumbs?|sponsored|advert(?:isement)?s?"
    r"|ad-?slot|read-?(?:more|next|also)|(?:a-)?lire-?aussi|you-?may|trending|pop-?up|modals?|overlay|dialog|toolbar"
    r"|subscri(?:be|bers?|ptions?)|abonn(?:ement|ez|é)s?|suscri(?:pción|be|bete|ptores)|sign-?in|log-?in"
    r"|register|registration|table-?(?:of-?)?contents|toc|sr-only|visually-?hidden|screen-?reader(?:-text)?"
    r"|twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|tags?-?list|topics-?list|skip-?link|toast|banner)(?:$|[\s_-]|__)",
    re.IGNORECASE,
)
_LARGEST_SHARE = 0.2  # of the page's paragraphs: what holds more is the article, whatever its name
_FEW = 3000  # characters of paragraphs that furniture may have
_NOT_WORDS = re.compile(r"\W+")
_PARAGRAPH = 60  # characters of one, blanks and marks apart
# A paragraph of the article may carry any name, "subscriber-only" or "paywall".
_NEVER = frozenset({"html", "body", "main", "article", "h1", "p"})


def without_hidden(tree: _Element, stated: str | None) -> tuple[tuple[str, ...], bool]:
    """Take out of a page what its markup hides from a reader.

    Args:
        tree: the page; it is changed.
        stated: the text that the page's metadata give as its article's: what they repeat is the article that
            a script or an account shows, and stays.

    Returns:
        The hidden stretches, each as one line, in order; and whether one stays.
    """
    styled = tree.xpath("//body//*[@hidden or @style]")
    hidden = [element for element in _elements(styled) if _is_hidden(element)]
    packed = _pack(stated or "")
    spared = {element for element in hidden if packed and _is_stated(element, packed)}
    words = [_taken_out(element) for element in hidden if element not in spared]
    return tuple(filter(None, words)), bool(spared)


def furniture_elements(tree: _Element, sizes: Mapping[_Element, int]) -> tuple[_Element, ...]:
    """Return the outermost elements that the page itself names as something else than its article.

    Args:
        tree: the page.
        sizes: how many characters of paragraphs stand in each element.
    """
    most = min(_FEW, _LARGEST_SHARE * sizes.get(tree, 0))
    spared = {above for heading in tree.iter("h1") for above in heading.iterancestors()}
    found: dict[_Element, None] = {}
    for element in _elements(tree.xpath("//body//*[@class or @id]")):
        if not _names_furniture(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        if element.tag in _NEVER or element in spared or sizes.get(element, 0) > most:
            continue
        if found.keys().isdisjoint(element.iterancestors()):
            found[element] = None
    return tuple(found)


def take_out(elements: Iterable[_Element]) -> None:
    """Remove elements from their page and keep what follows them."""
    for element in elements:
        _taken_out(element)


def _is_hidden(element: _Element) -> bool:
    style = element.get("style")
    return element.get("hidden", "until-found") != "until-found" or bool(style and _HIDING.search(style))


def _is_stated(element: _Element, packed: str) -> bool:
    """Whether the metadata repeat a paragraph of some length in it."""
    paragraphs = (_pack("".join(map(str, paragraph.itertext()))) for paragraph in element.iter("p"))
    return any(len(paragraph) >= _PARAGRAPH and paragraph in packed for paragraph in paragraphs)


def _pack(words: str) -> str:
    return _NOT_WORDS.sub("", words).lower()


@lru_cache(maxsize=20_000)  # one outlet's pages repeat their names
def _names_furniture(names: str) -> bool:
    return _FURNITURE.search(names) is not None


def paragraph_sizes(tree: _Element) -> dict[_Element, int]:
    """Return for each element at or above a paragraph how many characters its paragraphs have."""
    sizes: dict[_Element, int] = {}
    for paragraph in tree.iter("p"):
        length = len("".join(map(str, paragraph.itertext())))
        for element in (paragraph, *paragraph.iterancestors()):
            sizes[element] = sizes.get(element, 0) + length
    return sizes


def _taken_out(element: _Element) -> str:
    parent = element.getparent()
    if parent is None:
        return ""
    words = comparable(" ".join(str(piece) for piece in element.itertext()))
    before, tail = element.getprevious(), element.tail
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
    return words


def _elements(found: object) -> list[_Element]:
    """Return what a path found, which the library types as anything."""
    return list(found) if isinstance(found, list) else []

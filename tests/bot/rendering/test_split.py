"""Long texts are cut where a reader would, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.split import LIMIT, last_of, length, pack, pieces, shortened, together

blocks_of = st.lists(st.integers(1, LIMIT).map(lambda size: "x" * size), min_size=1, max_size=12)


def _without_blanks(words: str) -> str:
    return "".join(words.split())


class TestPack:
    """Blocks fill messages."""

    @given(blocks_of)
    def test_no_message_is_too_long_and_no_block_is_lost_or_cut(self, blocks: list[str]) -> None:
        """A block is a quotation or a source: cut in two it means something else."""
        messages = list(pack(blocks, gap="\n"))
        assert all(length(message) <= LIMIT for message in messages)
        assert [block for message in messages for block in message.split("\n")] == blocks

    @given(blocks_of)
    def test_messages_are_as_few_as_order_allows(self, blocks: list[str]) -> None:
        """Two messages where one would do are noise in a channel."""
        messages = list(pack(blocks, gap="\n"))
        heads = [message.split("\n")[0] for message in messages[1:]]
        assert all(
            length(f"{earlier}\n{head}") > LIMIT for earlier, head in zip(messages, heads, strict=False)
        )

    def test_what_discord_may_count_twice_counts_twice(self) -> None:
        """Discord does not say how it counts an emoji: 1,500 of them must not be refused."""
        assert length("😀" * 1500) == 3000
        assert len(list(pack(["😀" * 600, "😀" * 600]))) == 2

    def test_lines_of_one_source_stay_together_where_they_can(self) -> None:
        """A headline in one message and its outlet in the next belong to nobody."""
        assert together("a", "b") == ["a\nb"]
        assert together("a" * 1500, "b" * 1500) == ["a" * 1500, "b" * 1500]


class TestPieces:
    """One text that is longer than a message."""

    @given(st.text(max_size=400), st.integers(2, 40))
    def test_every_piece_fits_and_no_sign_is_lost(self, words: str, most: int) -> None:
        """A quotation is never shortened, however long."""
        cut = list(pieces(words, "fr", lambda piece: len(piece) <= most))
        assert all(0 < len(piece) <= most for piece in cut)
        assert _without_blanks("".join(cut)) == _without_blanks(words)

    def test_sentences_are_kept_whole(self) -> None:
        """A cut behind “M.” would part a man from his name."""
        words = "Le pont ferme. M. Delmas le regrette. Les camions passent ailleurs."
        assert list(pieces(words, "fr", lambda piece: len(piece) <= 40)) == [
            "Le pont ferme. M. Delmas le regrette.",
            "Les camions passent ailleurs.",
        ]

    def test_words_are_kept_whole_where_a_sentence_is_too_long(self) -> None:
        """A word in two halves is two words."""
        words = "un deux trois quatre cinq"
        assert list(pieces(words, "fr", lambda piece: len(piece) <= 9)) == [
            "un deux",
            "trois",
            "quatre",
            "cinq",
        ]

    def test_a_word_of_six_thousand_letters_is_cut_somewhere(self) -> None:
        """There is no border, and it must be shown all the same."""
        cut = list(pieces("a" * 6000, "fr", lambda piece: len(piece) <= LIMIT))
        assert [len(piece) for piece in cut] == [LIMIT, LIMIT, LIMIT]

    def test_an_accent_stays_with_its_letter_and_a_family_together(self) -> None:
        """Cut apart, an accent stands alone and a family is three people."""
        assert list(pieces("abcde\u0301f", "fr", lambda piece: len(piece) <= 5)) == ["abcd", "e\u0301f"]
        assert list(pieces("xxx👨‍👩‍👧y", "fr", lambda piece: len(piece) <= 6)) == ["xxx", "👨‍👩‍👧y"]


class TestShortened:
    """Names and context may be cut, and it shows."""

    def test_short_words_stay(self) -> None:
        """An ellipsis where nothing is missing would be untrue."""
        assert shortened("Orvanne rénove son pont", 40) == "Orvanne rénove son pont"
        assert last_of("Orvanne rénove son pont", 40) == "Orvanne rénove son pont"

    def test_the_beginning_and_the_end_are_cut_between_words(self) -> None:
        """Half a word is read as another one."""
        assert shortened("Orvanne rénove son pont", 20) == "Orvanne rénove son…"
        assert last_of("Orvanne rénove son pont", 14) == "…son pont"

    @given(st.text(), st.integers(1, 30))
    def test_never_longer_than_allowed_and_its_mark(self, words: str, most: int) -> None:
        """A headline of 6,000 characters must leave room for the rest."""
        assert len(shortened(words, most)) <= most + 1
        assert len(last_of(words, most)) <= most + 1

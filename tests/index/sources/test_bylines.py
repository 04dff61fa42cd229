"""Who wrote it."""

from __future__ import annotations

import pytest

from index.sources.bylines import agencies_in, authors_in, is_bare_byline, signatures, split_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Par Claire Dumont", ("Claire Dumont",)),
        ("Par Claire Dumont et Tom Alder", ("Claire Dumont", "Tom Alder")),
        ("Par Claire Dumont, Tom Alder et Léa d’Orval", ("Claire Dumont", "Tom Alder", "Léa d’Orval")),
        ("Par Claire Dumont (à Kiev, envoyée spéciale)", ("Claire Dumont",)),
        ("Par Claire Dumont avec AFI", ("Claire Dumont",)),
        ("Par Jean-Marc de La Tour | 12 mars 2024", ("Jean-Marc de La Tour",)),
        ("By Tom Alder and Jane Roe, Political Correspondent", ("Tom Alder", "Jane Roe")),
        ("Von Henrike Osterwald", ("Henrike Osterwald",)),
        ("Por Lucía Berrocal", ("Lucía Berrocal",)),
        ("De notre correspondante à Kiev, Claire Dumont", ("Claire Dumont",)),
        ("Avec nos envoyés spéciaux à Montbrel, Tom Alder et Jane Roe", ("Tom Alder", "Jane Roe")),
        ("Von unserer Korrespondentin Henrike Osterwald", ("Henrike Osterwald",)),
        ("Par AFP", ("AFP",)),
        ("Par la rédaction", ()),
    ],
)
def test_bylines_are_split_into_names(line: str, names: tuple[str, ...]) -> None:
    """Names are taken verbatim and in order; an agency counts only where nobody else signs."""
    assert authors_in(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Par ailleurs, le maire a promis une enquête",
        "By Friday evening, the fire was contained",
        "Par Corvelle passent chaque jour 19 000 véhicules",
        "Di lui non si sa nulla",
        "Un titre quelconque",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    """A line that begins with a byline's word and goes on otherwise signs nothing."""
    assert authors_in(line) is None


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("Claire Dumont", True),
        ("Claire Dumont et Tom Alder", True),
        ("Claire Dumont avec AFI", True),
        ("L.B. avec agence", True),
        ("Près de Brest", False),
        ("Newsletter Brest", False),
        ("La boîte noire expédiée à Brest", False),
        ("Verlag Der Talbote GmbH & Co. KG", False),
        ("Irina Stoyan, l'inflexible magistrate devenue présidente", False),
        ("Claire Dumont.", False),
    ],
)
def test_names_alone_sign(line: str, signs: bool) -> None:
    """A line is a byline without its word only where it holds nothing but names."""
    assert is_bare_byline(line) is signs


def test_a_field_for_authors_needs_no_word() -> None:
    """A field is split whatever the names look like, single ones included."""
    assert split_names("Plantu") == ("Plantu",)
    assert split_names("Claire Dumont; Tom Alder") == ("Claire Dumont", "Tom Alder")


def test_a_field_too_long_for_names_has_none() -> None:
    """A text in the field for authors names nobody, and takes no time."""
    assert split_names("’" * 100_000) == ()


@pytest.mark.parametrize(
    ("stated", "signed"),
    [
        (["Claire Dumont", "AFI"], ("Claire Dumont",)),
        (["Claire Dumont et Tom Alder"], ("Claire Dumont", "Tom Alder")),
        (["Le Courrier du Littoral"], ("Le Courrier du Littoral",)),
        (["Le Courrier et AFI", "https://example.com/equipe"], ("Le Courrier et AFI",)),
        (["", " "], ()),
    ],
)
def test_metadata_name_persons_or_else_whoever_signs(stated: list[str], signed: tuple[str, ...]) -> None:
    """Beside a person a desk is left out; where no person signs, the signature stands as it is."""
    assert signatures(stated) == signed


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Par Claire Dumont avec AFP", ("AFP",)),
        ("Claire Dumont (avec Reuters et AFP)", ("Reuters", "AFP")),
        ("PARIS (AFI)", ("AFI",)),
        ("By Tom Alder, Associated Press", ("Associated Press",)),
        ("AFP", ("AFP",)),
        ("Le Courrier et AFP", ("AFP",)),
        ("Par Claire Dumont", ()),
        ("PARIS, le 3 mars", ()),
        ("Par Agence Tourisme", ()),
    ],
)
def test_agencies_stand_apart_from_authors(line: str, agencies: tuple[str, ...]) -> None:
    """Whoever signs, the agencies credited are known by themselves."""
    assert agencies_in(line) == agencies

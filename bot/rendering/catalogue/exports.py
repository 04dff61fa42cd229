"""What the files of evidence say around the quotes."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "export:title": {
        "fr": "Une réponse de Dateline et ses sources",
        "en": "An answer by Dateline and its sources",
    },
    "export:asked-at": {"fr": "Posée le : {moment}", "en": "Asked on: {moment}"},
    "export:index": {
        "fr": "Index : {generation}, construit le {moment}",
        "en": "Index: {generation}, built on {moment}",
    },
    "export:answer": {"fr": "Réponse", "en": "Answer"},
    "export:publisher": {"fr": "Média : {name}", "en": "Outlet: {name}"},
    "export:byline": {"fr": "Signature : {names}", "en": "Byline: {names}"},
    "export:published": {"fr": "Parution : {moment}", "en": "Published: {moment}"},
    "export:address": {"fr": "Adresse : {url}", "en": "Address: {url}"},
    "export:file": {"fr": "Fichier lu : {path}", "en": "File that was read: {path}"},
    "export:article": {"fr": "Article : {article}", "en": "Article: {article}"},
    "export:version": {"fr": "Version (SHA-256) : {digest}", "en": "Version (SHA-256): {digest}"},
    "export:place": {"fr": "Passage : {characters}", "en": "Place: {characters}"},
    "export:set-aside": {
        "fr": "Filtres abandonnés, car rien n’y répondait : {filters}",
        "en": "Filters set aside, as nothing within them answered: {filters}",
    },
    "export:also-in": {"fr": "Aussi dans : {article}", "en": "Also in: {article}"},
    "export:replaces": {"fr": "Remplace : {article}", "en": "Replaces: {article}"},
    "export:check": {"fr": "Vérifier une citation", "en": "Check a quote"},
    "export:how": {
        "fr": (
            "{command} affiche un article entier. Si l’article n’a pas changé, {version} y est la version"
            " indiquée ici, et les caractères de {text} entre les deux positions du passage sont la citation :"
            " on compte à partir de 0, et le caractère de la seconde position n’en fait plus partie."
        ),
        "en": (
            "{command} prints an article whole. If the article has not changed, {version} there is the version"
            " given here, and the characters of {text} between the two positions of the place are the quote:"
            " they are counted from 0, and the one at the second position is no part of it."
        ),
    },
    "export:signs": {
        "fr": (
            "Dans ce fichier, une barre {backslash} devant un signe ou en fin de ligne et les codes comme"
            " {reference} ne font pas partie des mots. Dans le fichier CSV, une apostrophe est ajoutée devant"
            " une cellule qu’un tableur prendrait pour une formule ; la dernière colonne dit lesquelles. Dans"
            " le fichier RIS, de tels codes remplacent les sauts de ligne et les signes {signs}."
        ),
        "en": (
            "In this file a {backslash} before a sign or at the end of a line, and codes like {reference}, are"
            " no part of the words. In the CSV file an apostrophe is put before a cell that a spreadsheet would"
            " take for a formula; the last column says which. In the RIS file such codes stand for line breaks"
            " and for the signs {signs}."
        ),
    },
    "export:quote-note": {
        "fr": "[{label}] {characters}, version SHA-256 {digest} : {quote}",
        "en": "[{label}] {characters}, version SHA-256 {digest}: {quote}",
    },
    "export:nearest-note": {
        "fr": "Article proche de la question, mais non cité. {why}",
        "en": "Near to the question, but not quoted. {why}",
    },
}

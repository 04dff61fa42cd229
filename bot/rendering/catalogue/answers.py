"""What is said around an answer, and where there is none."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "asked": {"fr": "Question : {question}", "en": "Question: {question}"},
    "searched": {"fr": "Recherché : {searched}", "en": "Searched: {searched}"},
    "filters": {"fr": "Filtres : {filters}", "en": "Filters: {filters}"},
    "filter:between": {"fr": "du {since} au {until}", "en": "{since} to {until}"},
    "filter:since": {"fr": "depuis le {since}", "en": "since {since}"},
    "filter:until": {"fr": "jusqu’au {until}", "en": "until {until}"},
    "according-to": {"fr": "D’après la couverture :", "en": "From the coverage:"},
    "according-to-further": {"fr": "La couverture dit aussi :", "en": "The coverage also says:"},
    "sources": {"fr": "Sources", "en": "Sources"},
    "undated": {"fr": "sans date", "en": "undated"},
    "unnamed": {"fr": "média non précisé", "en": "outlet not stated"},
    "no-headline": {"fr": "(sans titre)", "en": "(no headline)"},
    "characters": {"fr": "caractères {start} à {end}", "en": "characters {start} to {end}"},
    "by": {"fr": "par {names}", "en": "by {names}"},
    "and-others": {"fr": "et {count} autres", "en": "and {count} more"},
    "read-passage": {"fr": "Lire le passage", "en": "Read the passage"},
    "read-numbered": {"fr": "Lire le passage {label}", "en": "Read passage {label}"},
    "read-article": {"fr": "Lire l’article", "en": "Read the article"},
    "article-changed": {
        "fr": "L’article a changé depuis cette réponse : l’index en contient une autre version, ou ne le contient plus.",
        "en": "The article has changed since this answer: the index holds another version of it, or none.",
    },
    "whole-attached": {
        "fr": "La suite serait trop longue ici : l’article entier est dans le fichier joint.",
        "en": "The rest would be too long here: the whole article is in the attached file.",
    },
    "not-covered": {
        "fr": "La couverture ne répond pas à cette question.",
        "en": "The coverage does not answer this.",
    },
    "nothing-found": {
        "fr": "Aucun article ne correspond à ces filtres.",
        "en": "No article passes these filters.",
    },
    "name-missing": {
        "fr": "Les articles les plus proches ne mentionnent pas : {details}.",
        "en": "The nearest articles never mention: {details}.",
    },
    "kind-missing": {
        "fr": "Les articles les plus proches ne donnent pas {details}.",
        "en": "The nearest articles do not give {details}.",
    },
    "not-said": {
        "fr": "Aucun passage ne s’approche assez de ce qui est demandé.",
        "en": "No passage comes near enough to what is asked.",
    },
    "nothing-more": {
        "fr": "La couverture ne dit rien d’autre qui s’approche assez de ce qui est demandé.",
        "en": "The coverage says nothing else that comes near enough to what is asked.",
    },
    "kind:amount": {"fr": "de montant", "en": "an amount of money"},
    "kind:number": {"fr": "de nombre", "en": "a number"},
    "kind:date": {"fr": "de date", "en": "a date"},
    "nearest": {"fr": "Les articles les plus proches :", "en": "The nearest articles:"},
    "articles:one": {"fr": "{count} article", "en": "{count} article"},
    "articles:other": {"fr": "{count} articles", "en": "{count} articles"},
    "index-of": {
        "fr": "Index du {built}, {articles}, le plus récent du {newest}.",
        "en": "Index of {built}, {articles}, newest of {newest}.",
    },
    "index-of-undated": {
        "fr": "Index du {built}, {articles}, aucun daté.",
        "en": "Index of {built}, {articles}, none dated.",
    },
    "button:more": {"fr": "En savoir plus", "en": "More"},
    "button:why": {"fr": "Pourquoi ?", "en": "Why?"},
    "button:any-date": {"fr": "Toutes les dates", "en": "All dates"},
    "button:any-outlet": {"fr": "Tous les médias", "en": "All outlets"},
    "button:any-language": {"fr": "Toutes les langues", "en": "All languages"},
    "button:any-source": {"fr": "Toutes les sources", "en": "All sources"},
    "button:export": {"fr": "Exporter", "en": "Export"},
    "button:helpful": {"fr": "👍 Utile", "en": "👍 Helpful"},
    "button:not-helpful": {"fr": "👎 Pas utile", "en": "👎 Not helpful"},
}

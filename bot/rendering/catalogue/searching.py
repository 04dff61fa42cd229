"""What is said of a search: within what it looked, what it left out, and what came near."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "search:searched": {"fr": "Dans les articles{scope}.", "en": "In articles{scope}."},
    "search:days-after": {"fr": "et des deux jours suivants", "en": "and the two days after"},
    "search:by-outlets": {"fr": "publiés par {names}", "en": "by {names}"},
    "search:outlets": {"fr": "{count} médias", "en": "{count} outlets"},
    "search:in-language": {"fr": "en {name}", "en": "in {name}"},
    "search:also-in": {"fr": "Aussi dans : {articles}", "en": "Also in: {articles}"},
    "search:differ": {
        "fr": "Les sources ne disent pas la même chose : {sources}.",
        "en": "The sources do not say the same: {sources}.",
    },
    "search:speaker": {"fr": "Selon {name}", "en": "According to {name}"},
    "search:corrected": {"fr": "Article corrigé par sa rédaction.", "en": "Corrected by its newsroom."},
    "search:replaces": {"fr": "Remplace la version du {date}.", "en": "Replaces the version of {date}."},
    "search:near-one": {
        "fr": "Un article s’en approche{outlets}{dates}.",
        "en": "One article comes near{outlets}{dates}.",
    },
    "search:near-many": {
        "fr": "{count} articles s’en approchent{outlets}{dates}.",
        "en": "{count} articles come near{outlets}{dates}.",
    },
    "search:from-outlet": {"fr": "publié par {name}", "en": "by {name}"},
    "search:from-outlets": {"fr": "de {count} médias", "en": "by {count} outlets"},
    "search:dated-on": {"fr": "le {first}", "en": "on {first}"},
    "search:dated-between": {"fr": "du {first} au {last}", "en": "from {first} to {last}"},
    "search:some-undated": {"fr": "dont {count} sans date", "en": "{count} of them undated"},
    "search:explained": {"fr": "Recherche {number}", "en": "Search {number}"},
    "search:explained-all": {"fr": "dans tous les articles", "en": "in all articles"},
    "search:explained-within": {"fr": "dans les articles{scope}", "en": "in articles{scope}"},
    "search:stage-dense": {"fr": "Proches par le sens", "en": "Near in meaning"},
    "search:stage-lexical": {"fr": "Mots communs", "en": "Shared words"},
    "search:stage-evidence": {"fr": "Passages retenus", "en": "Passages kept"},
    "search:stage-sentences": {"fr": "Phrases pesées", "en": "Sentences weighed"},
    "search:stage-outdated": {"fr": "Versions remplacées, écartées", "en": "Replaced versions, left out"},
    "search:stage-verdict": {
        "fr": "Probabilité d’une réponse : {probability} (il faut {threshold}).",
        "en": "Probability of an answer: {probability} (needed: {threshold}).",
    },
    "search:stage-answers": {"fr": "Jugé : répond.", "en": "Judged: answers."},
    "why:title": {"fr": "Pourquoi cette réponse", "en": "Why this answer"},
    "why:changed": {
        "fr": "L’index a changé depuis cette réponse : voici ce que la même recherche trouve aujourd’hui.",
        "en": "The index has changed since this answer: this is what the same search finds now.",
    },
    "why:told": {
        "fr": "Ce qui avait déjà été cité a été écarté.",
        "en": "What had been quoted before was left out.",
    },
    "why:scores": {
        "fr": "Devant chaque ligne, son score à cette étape ; entre parenthèses, sa proximité de sens avec la question (1 au plus).",
        "en": "Before each line stands its score in that stage; in brackets, how near its meaning is to the question (1 at most).",
    },
    "why:nothing": {"fr": "rien", "en": "nothing"},
    "search:repeated-one": {"fr": "repris une fois", "en": "repeated once"},
    "search:repeated-many": {"fr": "repris {count} fois", "en": "repeated {count} times"},
    "search:says": {"fr": "paroles : {names}", "en": "words of {names}"},
    "search:quoted": {"fr": "citée", "en": "quoted"},
    "search:set-aside": {
        "fr": "Rien n’y répond dans les articles{scope} ; dans les autres :",
        "en": "Nothing in articles{scope} answers it; in the others:",
    },
    "search:set-aside-too": {
        "fr": "Ni dans les articles{scope}, ni dans les autres.",
        "en": "Neither in articles{scope} nor in the others.",
    },
    "search:undated-one": {
        "fr": "Un article sans date n’a pas été pris en compte.",
        "en": "One article without a date was left out.",
    },
    "search:undated-many": {
        "fr": "{count} articles sans date n’ont pas été pris en compte.",
        "en": "{count} articles without a date were left out.",
    },
    "search:source-hint": {
        "fr": "(Sources lues dans « {words} » ; avec --any-source, toutes comptent.)",
        "en": "(Sources read from “{words}”; with --any-source all count.)",
    },
    "search:period-hint": {
        "fr": "(Période lue dans « {words} » ; avec --any-date, toutes les dates comptent.)",
        "en": "(Dates read from “{words}”; with --any-date all dates count.)",
    },
}

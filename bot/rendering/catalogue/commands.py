"""The names of the commands and of their options, and what is said back to small gestures.

Discord allows lower-case names of 1 to 32 letters, figures, ``-`` and ``_``, and descriptions of 1 to 100
characters; an entry of a message's menu has 1 to 32 characters of any kind.
"""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "command:ask": {"fr": "demander", "en": "ask"},
    "command:ask:description": {
        "fr": "Poser une question sur la couverture",
        "en": "Ask a question about the coverage",
    },
    "command:search": {"fr": "chercher", "en": "search"},
    "command:search:description": {
        "fr": "Lister les articles les plus proches de quelques mots",
        "en": "List the articles that come nearest to some words",
    },
    "command:timeline": {"fr": "chronologie", "en": "timeline"},
    "command:timeline:description": {
        "fr": "Suivre un sujet dans l’ordre des dates",
        "en": "Follow a topic in order of date",
    },
    "command:source": {"fr": "article", "en": "source"},
    "command:source:description": {
        "fr": "Lire un article de la couverture en entier",
        "en": "Read an article of the coverage whole",
    },
    "command:coverage": {"fr": "couverture", "en": "coverage"},
    "command:coverage:description": {"fr": "Voir ce qui est indexé", "en": "See what is indexed"},
    "command:settings": {"fr": "réglages", "en": "settings"},
    "command:settings:description": {
        "fr": "Choisir les médias, les salons et qui voit les réponses",
        "en": "Choose the outlets, the channels and who sees the answers",
    },
    "command:check": {"fr": "Vérifier dans la couverture", "en": "Check against the coverage"},
    "option:question": {"fr": "question", "en": "question"},
    "option:question:description": {"fr": "Ce que vous voulez savoir", "en": "What you want to know"},
    "option:since": {"fr": "depuis", "en": "since"},
    "option:since:description": {
        "fr": "Premier jour de parution : 2022, 2022-12 ou 2022-12-09",
        "en": "First day of publishing: 2022, 2022-12 or 2022-12-09",
    },
    "option:until": {"fr": "jusque", "en": "until"},
    "option:until:description": {
        "fr": "Dernier jour de parution : 2022, 2022-12 ou 2022-12-09",
        "en": "Last day of publishing: 2022, 2022-12 or 2022-12-09",
    },
    "option:publisher": {"fr": "média", "en": "publisher"},
    "option:publisher:description": {
        "fr": "Le seul média où chercher",
        "en": "The one outlet to search",
    },
    "option:private": {"fr": "privé", "en": "private"},
    "option:private:description": {
        "fr": "Montrer la réponse à la seule personne qui demande",
        "en": "Show the answer to the person who asks alone",
    },
    "option:words": {"fr": "mots", "en": "words"},
    "option:words:description": {"fr": "Les mots à chercher", "en": "The words to search for"},
    "option:topic": {"fr": "sujet", "en": "topic"},
    "option:topic:description": {"fr": "Le sujet à suivre", "en": "The topic to follow"},
    "option:article": {"fr": "article", "en": "article"},
    "option:article:description": {
        "fr": "Écrivez des mots de l’article, puis choisissez-le dans la liste",
        "en": "Type words of the article, then pick it from the list",
    },
    "option:publishers": {"fr": "médias", "en": "publishers"},
    "option:publishers:description": {
        "fr": "Les médias où chercher, séparés par des virgules, ou « tous »",
        "en": "The outlets to search, with commas between them, or “all”",
    },
    "option:channels": {"fr": "salons", "en": "channels"},
    "option:channels:description": {
        "fr": "Les salons où répondre, chacun avec son #, ou « tous »",
        "en": "The channels to answer in, each with its #, or “all”",
    },
    "how-to-ask": {
        "fr": "Posez-moi une question sur la couverture, par exemple : « Qui a parlé de la grève ? »\nJe réponds avec les mots mêmes des articles et je dis d’où ils viennent.",
        "en": "Ask me a question about the coverage, for example: “Who was quoted about the strike?”\nI answer in the very words of the articles, and say where they come from.",
    },
    "exported": {
        "fr": "Voici les preuves : les citations, leur place dans les articles et leurs sources.",
        "en": "Here is the evidence: the quotes, their places in the articles, and their sources.",
    },
    "thanks": {"fr": "Merci, c’est noté.", "en": "Thank you, noted."},
    "nothing-to-check": {
        "fr": "Ce message ne contient aucun texte à vérifier.",
        "en": "This message holds no text to check.",
    },
}

"""What is said around lists of articles, around what is indexed, and around settings."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "search-of": {"fr": "Recherche : {words}", "en": "Search: {words}"},
    "timeline-of": {"fr": "Chronologie : {words}", "en": "Timeline: {words}"},
    "check-of": {
        "fr": "Les passages les plus proches de ce message",
        "en": "The passages nearest to this message",
    },
    "claimed": {"fr": "Message : {claim}", "en": "Message: {claim}"},
    "no-verdict": {
        "fr": "Ceci n’est pas un verdict : un passage proche peut confirmer le message, le contredire ou parler d’autre chose. À vous de juger.",
        "en": "This is no verdict: a passage that is near may confirm the message, contradict it or be about something else. Judge for yourself.",
    },
    "nothing-listed": {"fr": "Aucun article ne correspond.", "en": "No article fits."},
    "undated-last": {"fr": "Sans date", "en": "Undated"},
    "also-in": {"fr": "aussi dans {names}", "en": "also in {names}"},
    "show:gone": {
        "fr": "Cet article n’est plus dans l’index ; voici une version qui en a été lue.",
        "en": "The index no longer holds this article; this is a version of it that was read.",
    },
    "show:replaced": {
        "fr": "Cette version a été remplacée : l’index contient la version {version}.",
        "en": "This version was replaced: the index holds version {version}.",
    },
    "show:others": {
        "fr": "Autres versions lues : {count} (--versions montre ce qui a changé).",
        "en": "Other versions that were read: {count} (--versions shows what changed).",
    },
    "show:in-index": {"fr": "dans l’index", "en": "in the index"},
    "show:foreign": {"fr": "Passage en {name} : {words}", "en": "Passage in {name}: {words}"},
    "show:prints": {
        "fr": "Ce texte paraît aussi ailleurs ; l’original probable d’abord :",
        "en": "This text is also printed elsewhere; the likely original first:",
    },
    "show:this": {"fr": "cet article", "en": "this article"},
    "coverage": {"fr": "Ce qui est indexé", "en": "What is indexed"},
    "counts": {
        "fr": "{articles}, {passages} passages",
        "en": "{articles}, {passages} passages",
    },
    "coverage:narrowed": {
        "fr": "Sur ce serveur, seuls ces médias comptent.",
        "en": "On this server these outlets alone count.",
    },
    "dates-between": {"fr": "Du {oldest} au {newest}", "en": "From {oldest} to {newest}"},
    "dates-one-day": {"fr": "Tous du {oldest}", "en": "All of {oldest}"},
    "dates-none": {"fr": "Aucun article n’est daté.", "en": "No article is dated."},
    "count-undated": {"fr": "{count} sans date", "en": "{count} undated"},
    "languages": {"fr": "Langues : {names}", "en": "Languages: {names}"},
    "publishers": {"fr": "Médias", "en": "Outlets"},
    "count-unnamed": {"fr": "média non précisé : {count}", "en": "outlet not stated: {count}"},
    "built": {
        "fr": "Index construit le {day} à {hour} h {minute} UTC.",
        "en": "Index built on {day} at {hour}:{minute} UTC.",
    },
    "settings": {"fr": "Réglages de ce serveur", "en": "Settings of this server"},
    "settings:publishers": {"fr": "Médias : {names}", "en": "Outlets: {names}"},
    "settings:channels": {"fr": "Salons : {names}", "en": "Channels: {names}"},
    "settings:all": {"fr": "tous", "en": "all"},
    "settings:private": {
        "fr": "Réponses aux commandes : pour la seule personne qui demande",
        "en": "Answers to commands: for the person who asks alone",
    },
    "settings:public": {
        "fr": "Réponses aux commandes : pour tout le salon",
        "en": "Answers to commands: for the whole channel",
    },
    "settings:hint": {
        "fr": "Pour lever une restriction, écrivez « tous » à la place des noms.",
        "en": "To lift a restriction, write “all” in place of the names.",
    },
    "settings-need-manager": {
        "fr": "Seules les personnes qui peuvent gérer ce serveur peuvent changer ces réglages.",
        "en": "Only people who may manage this server can change these settings.",
    },
}

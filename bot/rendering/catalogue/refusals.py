"""The sentences of what goes wrong: each says what the person can do about it."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "refused:question": {
        "fr": "Je ne peux pas chercher cela : posez la question en une phrase simple.",
        "en": "I cannot search for that: put the question in a plain sentence.",
    },
    "refused:question-empty": {
        "fr": "Il manque la question : écrivez par exemple « Qui a parlé de la grève ? »",
        "en": "The question is missing: write, for example, “Who was quoted about the strike?”",
    },
    "refused:question-too-long": {
        "fr": "C’est trop long pour une question : posez-la en une phrase.",
        "en": "That is too long for a question: put it in a sentence.",
    },
    "refused:question-unreadable": {
        "fr": "Votre question contient des signes illisibles : écrivez-la de nouveau.",
        "en": "Your question holds signs that cannot be read: type it again.",
    },
    "refused:question-without-words": {
        "fr": "Il n’y a aucun mot à chercher : posez la question avec des mots.",
        "en": "There is no word to search for: put the question in words.",
    },
    "refused:filter": {
        "fr": "Ce filtre ne convient pas : écrivez une date comme 2022, 2022-12 ou 2022-12-09, et choisissez le média dans la liste.",
        "en": "This filter cannot be used: write a date like 2022, 2022-12 or 2022-12-09, and pick the outlet from the list.",
    },
    "refused:date": {
        "fr": "« {date} » n’est pas une date que je comprends : écrivez 2022, 2022-12 ou 2022-12-09.",
        "en": "“{date}” is no date that I understand: write 2022, 2022-12 or 2022-12-09.",
    },
    "refused:dates-reversed": {
        "fr": "Le premier jour ({since}) vient après le dernier ({until}) : échangez les deux dates.",
        "en": "The first day ({since}) is later than the last ({until}): swap the two dates.",
    },
    "refused:publisher": {
        "fr": "Je n’ai aucun article de « {publisher} ». Choisissez dans la liste, par exemple : {there}.",
        "en": "I have no article of “{publisher}”. Pick from the list, for example: {there}.",
    },
    "refused:no-publisher": {
        "fr": "Je n’ai aucun article de « {publisher} » : aucun média n’est nommé dans l’index.",
        "en": "I have no article of “{publisher}”: no outlet is named in the index.",
    },
    "refused:desk": {
        "fr": "Je ne peux pas prendre cette question maintenant : réessayez dans une minute.",
        "en": "I cannot take this question now: try again in a minute.",
    },
    "refused:too-often": {
        "fr": "Je partage mon temps entre tout le monde : reposez votre question dans {seconds} s.",
        "en": "I share my time among everybody: ask again in {seconds} s.",
    },
    "refused:queue-full": {
        "fr": "Beaucoup de questions attendent déjà : réessayez dans une minute.",
        "en": "Many questions are waiting already: try again in a minute.",
    },
    "refused:closing-down": {
        "fr": "Je m’arrête pour un moment : reposez la question dans quelques minutes.",
        "en": "I am stopping for a while: ask again in a few minutes.",
    },
    "refused:channel": {
        "fr": "Sur ce serveur, je réponds dans d’autres salons.",
        "en": "On this server I answer in other channels.",
    },
    "answer-gone": {
        "fr": "Je n’ai plus cette réponse : reposez la question.",
        "en": "I no longer have this answer: ask the question again.",
    },
    "refused:article": {
        "fr": "Je ne trouve pas cet article : choisissez-le dans la liste qui apparaît pendant que vous écrivez.",
        "en": "I cannot find this article: pick it from the list that appears while you type.",
    },
    "refused:index": {
        "fr": "Je ne peux pas chercher dans la couverture en ce moment ; les personnes qui s’occupent de moi sont prévenues.",
        "en": "I cannot search the coverage at the moment; those who run me have been told.",
    },
    "refused:index-away": {
        "fr": "Je n’ai pas accès à la couverture pour l’instant : reposez votre question dans une minute.",
        "en": "I cannot reach the coverage at the moment: ask again in a minute.",
    },
    "refused:fault": {
        "fr": "Quelque chose s’est mal passé de mon côté ; les personnes qui s’occupent de moi sont prévenues.",
        "en": "Something went wrong on my side; those who run me have been told.",
    },
    "reference": {"fr": "Référence : {reference}", "en": "Reference: {reference}"},
    "beside": {
        "fr": "Pour {person} : Discord n’a pas pris la réponse à temps, la voici.",
        "en": "For {person}: Discord did not take the reply in time, here it is.",
    },
    "mention-me": {
        "fr": "Discord ne me montre pas ce que vous avez écrit : répondez en me mentionnant (@{me}).",
        "en": "Discord does not show me what you wrote: mention me when you reply (@{me}).",
    },
}

"""What is said of a chat model: whose words an answer is in, and what was not shown."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "written-by": {
        "fr": "Rédigé par {model} ; chaque phrase est vérifiée dans les sources.",
        "en": "Written by {model}; every sentence is verified in the sources.",
    },
    "dropped": {
        "fr": "Phrases du modèle que les sources ne portent pas, et qui ne sont pas montrées : {count}.",
        "en": "Sentences of the model that no source carries, and that are not shown: {count}.",
    },
    "fallback:down": {
        "fr": "Le modèle ne répond pas : voici des citations.",
        "en": "The model does not answer: these are quotes.",
    },
    "fallback:slow": {
        "fr": "Le modèle est trop lent : voici des citations.",
        "en": "The model is too slow: these are quotes.",
    },
    "fallback:refused": {
        "fr": "Le modèle refuse de répondre : voici des citations.",
        "en": "The model refuses to answer: these are quotes.",
    },
    "fallback:over-budget": {
        "fr": "La réponse dépasserait le budget fixé : voici des citations.",
        "en": "The answer would cost more than it may: these are quotes.",
    },
    "fallback:nothing-supported": {
        "fr": "Rien de ce que le modèle a écrit n’est dans les sources : voici des citations.",
        "en": "Nothing that the model wrote is in the sources: these are quotes.",
    },
}

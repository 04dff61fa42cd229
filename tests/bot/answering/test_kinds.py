"""Which kind of fact is asked for, and which sentence holds one."""

from __future__ import annotations

import pytest

from bot.answering.kinds import Kind, holds, kind_asked

AMOUNTS = (
    "Combien coûte un drone ?",
    "Combien la ville va-t-elle payer ?",
    "Combien vaut le tableau ?",
    "Combien d'euros la ville a-t-elle versés ?",
    "Combien d’argent a été volé ?",
    "Quel est le prix du pain ?",
    "Quel sera le coût du pont ?",
    "Quel est le montant de l'amende ?",
    "À combien s'élève la facture ?",
    "Pour quelle somme le club a-t-il été vendu ?",
    "How much did the bridge cost?",
    "How much will the repairs cost?",
    "How much money was stolen?",
    "What was the price of the ticket?",
    "What is the budget of the festival?",
    "Wie viel kostet die Karte?",
    "Wieviel Geld wurde gestohlen?",
    "¿Cuánto cuesta el billete?",
    "¿Cuánto dinero se robó?",
)
NUMBERS = (
    "Combien de personnes ont été blessées ?",
    "Quel est le nombre de blessés ?",
    "Quelle est la longueur du pont ?",
    "Quel est le taux de chômage ?",
    "How many people were injured?",
    "How long will the repairs take?",
    "What is the number of victims?",
    "Wie viele Menschen wurden verletzt?",
    "Wie hoch ist der Turm?",
    "¿Cuántos heridos hubo?",
    "¿Cuántas casas se quemaron?",
)
DATES = (
    "Quand le pont rouvrira-t-il ?",
    "Et quand le pont rouvrira-t-il ?",
    "Depuis quand le port est-il fermé ?",
    "En quelle année le pont a-t-il été construit ?",
    "À quelle heure ouvre la piscine ?",
    "When does the library open again?",
    "In which year was the bridge built?",
    "At what time does it open?",
    "Wann wird die Brücke geöffnet?",
    "In welchem Jahr wurde die Brücke gebaut?",
    "¿En qué año se construyó el puente?",
)
NO_KIND = (
    "Qui est le porte-parole du Conseil national de sécurité ?",
    "Quels avions l'Iran pourrait-il recevoir ?",
    "Pourquoi le pont est-il fermé ?",
    "Que s'est-il passé quand le pont a cédé ?",
    "Qui a gagné le prix des lecteurs ?",
    "Who will the United States sanction?",
    "What happened when the bridge fell?",
    "Who paid the price?",
    "Quantify the risk of flooding",
    "Warum ist die Brücke gesperrt?",
    "Wer hat die Brücke gebaut?",
    "¿Quién dirige el puerto?",
    "Кто построил мост?",
    "",
)


@pytest.mark.parametrize("question", AMOUNTS)
def test_an_amount_is_asked(question: str) -> None:
    """A question about money must not be answered with a sentence that names none."""
    assert kind_asked(question) == "amount"


@pytest.mark.parametrize("question", NUMBERS)
def test_a_number_is_asked(question: str) -> None:
    """“How many” must not be answered with a sentence that counts nothing."""
    assert kind_asked(question) == "number"


@pytest.mark.parametrize("question", DATES)
def test_a_date_is_asked(question: str) -> None:
    """“When” is best answered with a sentence that dates."""
    assert kind_asked(question) == "date"


@pytest.mark.parametrize("question", NO_KIND)
def test_no_kind_is_asked(question: str) -> None:
    """A question that asks for no figure must not be refused for want of one."""
    assert kind_asked(question) is None


@pytest.mark.parametrize("question", [q for q in AMOUNTS if q[0] not in "¿"])
def test_case_does_not_matter(question: str) -> None:
    """Chat is written in lower case, and shouted."""
    assert kind_asked(question.lower()) == kind_asked(question.upper()) == "amount"


@pytest.mark.parametrize(
    "question",
    [
        "Combien de pays ont voté la résolution ?",
        "Combien de gagnants y a-t-il ?",
        "Combien de rapports ont été publiés ?",
        "Combien de millions de personnes ont voté ?",
    ],
)
def test_things_that_are_counted_are_not_money(question: str) -> None:
    """“Combien de pays” asks for a number: asked as money it is refused although “27 pays” is there."""
    assert kind_asked(question) == "number"


@pytest.mark.parametrize(
    "question",
    [
        "How much fundamental research is done in Orvanne?",
        "What is a fine example of the style?",
        "Which fee-paying school burned down?",
    ],
)
def test_words_that_only_sound_like_money_ask_for_none(question: str) -> None:
    """A question is refused for want of a price that it never asked for."""
    assert kind_asked(question) != "amount"


@pytest.mark.parametrize(
    "question", ["¿Cuándo abre el puente?", "« Quand le pont rouvre-t-il ? »", "“When?”"]
)
def test_signs_before_the_first_word_do_not_matter(question: str) -> None:
    """Every Spanish question begins with a sign."""
    assert kind_asked(question) == "date"


@pytest.mark.parametrize(
    "question", ["What does a ticket cost?", "Was kostet die Karte?", "Que coûte un drone ?"]
)
def test_a_price_is_asked_without_how_much(question: str) -> None:
    """The shortest way to ask for a price is one too."""
    assert kind_asked(question) == "amount"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("amount", "Les travaux coûteront 3,5 millions d'euros."),
        ("amount", "Cinquante euros par mois."),
        ("amount", "Le billet est à 12 €."),
        ("amount", "Le fonds a versé 5\u202f000 CHF."),
        ("amount", "L'entrée est gratuite."),
        ("amount", "Repairs will cost $2.4 million."),
        ("amount", "It sold for £20m."),
        ("amount", "Admission is free."),
        ("amount", "Die Karte kostet zwölf Euro."),
        ("amount", "El billete cuesta 20 euros."),
        ("number", "Trois personnes ont été blessées."),
        ("number", "Aucun blessé n'est à déplorer."),
        ("number", "La moitié des arbres est tombée."),
        ("number", "About 1,200 people marched."),
        ("number", "Dozens of boats sank."),
        ("number", "Zwölf Menschen wurden verletzt."),
        ("number", "Hubo ocho heridos."),
        ("date", "Le pont rouvrira le 9 janvier."),
        ("date", "La séance commence à 14 h 30."),
        ("date", "Il a démissionné mardi."),
        ("date", "It was built in 1874."),
        ("date", "The library opens on Tuesday."),
        ("date", "Am 3. März wird gewählt."),
        ("date", "El puente abrió en agosto."),
    ],
)
def test_a_sentence_that_holds_the_fact_is_seen(kind: Kind, sentence: str) -> None:
    """The sentence that answers must not be thrown away."""
    assert holds(kind, sentence)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("amount", "Les Etats-Unis allaient sanctionner « trois entités basées en Russie »."),
        ("amount", "Trois personnes ont été blessées en 2022."),
        ("amount", "The euro area grew."),
        ("amount", "About 1,200 people marched."),
        ("number", "Le pont est fermé."),
        ("number", "Nobody likes it, but the quay is sinking."),
        ("number", "La commission se réunira bientôt."),
        ("date", "Le pont est fermé."),
        ("date", "The mayor opened it."),
        ("date", ""),
    ],
)
def test_a_sentence_without_the_fact_is_seen_to_lack_it(kind: Kind, sentence: str) -> None:
    """A sentence without a figure must not be quoted where a figure is asked for."""
    assert not holds(kind, sentence)


@pytest.mark.parametrize(
    "sentence", ["The court spoke of the freedom of the press.", "It was freezing on the quay."]
)
def test_freedom_is_no_price(sentence: str) -> None:
    """“How much …?” would be answered with a sentence about freedom."""
    assert not holds("amount", sentence)


@pytest.mark.parametrize(
    "sentence", ["She signed an agreement.", "Le maire a été réélu.", "The harbour may close."]
)
def test_small_words_are_no_dates(sentence: str) -> None:
    """The bonus for a date would go to every English sentence with an article and every French passive."""
    assert not holds("date", sentence)

"""Words that tell who acts: helping verbs, marks of the agent, and verbs that have a direction."""

from __future__ import annotations

import re
from functools import lru_cache

from index.words import words


def _forms(said: str) -> frozenset[str]:
    return frozenset(said.split())


HELPING = _forms(
    "has have had having will would could may might must shall should can cannot did does do to "
    "a ont avait avaient ayant avoir aura auront aurait auraient va vont allait peut peuvent pourra pourrait pourraient doit "
    "doivent devra devrait faut veut veulent "
    "hat haben hatte hatten kann könnte können muss müssen soll sollen will wollen darf dürfen "
    "ha han había habían puede pueden podría va van hanno aveva può potrebbe deve"
)
BEING = _forms(
    "was were be been being is are été est sont était étaient sera seront serait seraient être fut furent étant "
    "wurde wurden wird werden worden würde ist sind war waren fue fueron sido será serán es son è stato stata stati sarà "
    "saranno viene vengono"
)
# What follows is a noun.
DETERMINERS = {
    "en": _forms("the a an this that these those its their his her my our your no some any each every first"),
    "fr": _forms(
        "le un une des du ce cet cette ces son sa ses leurs mon ma mes notre nos aucun aucune chaque"
    ),
    "de": _forms("der die das ein eine einen einem einer"),
    "es": _forms("el un una unos unas"),
    "it": _forms("il un una i"),
}
AGENT_MARKS = {
    "en": frozenset(("by",)),
    "fr": frozenset(("par",)),
    "de": frozenset(("von", "vom", "durch")),
    "es": frozenset(("por",)),
    "it": frozenset(("da", "dal", "dalla", "dallo", "dai", "dagli", "dalle", "dall")),
}
_TIES = {
    "en": "to for in on at from of with against after before over under into about as than since until between without",
    "fr": "à au aux dans en pour sur avec contre de du des d chez vers depuis sans sous entre après avant dès face",
    "de": "an am auf aus bei für gegen in im mit nach ohne über um unter vor zu zum zur wegen seit dem den der",
    "es": "a al en para con contra desde sobre sin tras de del ante entre hasta según",
    "it": "a al alla allo ai agli in nel nella per con contro su sul di del della senza tra dopo",
}
_TIES_OF = {language: frozenset(said.split()) for language, said in _TIES.items()}
# Inside one expression: "la ferme de Pinfold", "the board of the company".
JOINING = _forms(
    "de du des d l la le les the of von der des di del della dello dell el y and et und e its his her their son sa ses leur "
    "leurs s"
)
REFLEXIVE = _forms("se s me m te t sich si")
COORDINATING = _forms("and but or et mais ou und aber oder y pero o e ma")
COMPARING = _forms("plus moins davantage mieux autant aussi")
RELATIVES = _forms("who which that qui welche welcher che")
OBJECT_RELATIVES = _forms("que qu whom")
PRONOUNS = _forms("il elle ils elles on he she they it we nous je i ella ellos er sie lui lei loro")
# Neither acts nor is acted on: times, manners, small words between a subject and its verb.
SKIPPED = frozenset(
    words(
        "not never already still also then now only just ne n pas plus jamais déjà encore aussi alors désormais finalement "
        "se s y en lui leur l les nicht schon noch auch nun no ya aún también non già ancora si "
        "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday "
        "montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes miércoles jueves viernes sábado domingo "
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre january february march april "
        "may june july august september october november december "
        "hier demain yesterday today tomorrow gestern heute ayer hoy ieri oggi soir matin evening morning night nuit week "
        "semaine month mois year an année years ans last next dernier dernière prochain prochaine passé early late time fois"
    )
)
_DIRECTED = {
    "en": "beat defeat sue suing accus buy bought sell sold replac succeed taught teach arrest rescu kill hit attack ordered "
    "gave give given giving paid pay lend lent borrow hir fir elect criti prais thank support back block stop help warn "
    "promis offer send sent receiv los lost win won took taken take acquir eliminat expel sent dismiss appoint join "
    "reject refus welcom convinc persuad wound injur shot shoot follow invit employ suppl deliver rent grant fin charg convict reduc "
    "acquit prevent protect threat owe pull push alert inform overtak "
    "approv ban",
    "fr": "bat battu vainc vainqu attaqu accus poursuiv achet rachet vend rempla succed enseign arret interpell sauv secour "
    "tue frapp percut heurt ordonn condamn donn offr offert vers pay pret emprunt embauch licenci elue critiqu remerci "
    "souten souti bloqu empech aid alert averti prevenu promis propos envoy recu recev perd gagn pris prend acqui "
    "elimin expuls nomm rejoin rejet refus salu convain suiv invit emploie employ fourn livr lou accord inflig relax redui "
    "augment soulag caus proteg menac reclam tir renvers incli finan approuv interdi",
    "de": "schlag schlug besieg verklag kauf verkauf ersetz ersteig verhaft rett tot gab geb gegeb zahl beschuld kritisier "
    "begruss dank unterstutz stopp half bot lieh miet nahm gewann verlor erwarb erworben verbot",
    "es": "venc derrot gan demand compr vend sustitu detuv deten rescat mat pag dio dieron dad acus critic rechaz apoy "
    "respald bloque ayud avis ofrec envi recib perd contrat despid nombr multa prohib",
    "it": "batt sconf vins vinto querel accus compr vend sostitu arrest salv uccis pag diede dato critic respin appogg "
    "blocc aiut offr offert mand ricev perd assunt nomin vieta",
}
_STARTS = {
    language: re.compile(rf"(?:{'|'.join(sorted(said.split(), key=len, reverse=True))})")
    for language, said in _DIRECTED.items()
}
_LONGER = 6
# Nouns made of such verbs.
_NOUN = re.compile(r"(?:[ts]ions?|ments?|eurs?|euses?|ances?|ung|ungen)$")
_ENGLISH_NOUN = re.compile(r"(?:[eo]rs?|ees?|als?|acks?)$")
_SELL = r"vend|verkauf|sell|sold|sale|vente|vent"
_BUY = r"achet|rachet|achat|acqui|bought|buy|purchas|kauf|ersteig|erw|compr|acquist"
_BEAT = (
    r"elimin|bat|vain|beat|defeat|schlag|schlug|besieg|venc|derrot|gan|won|win|gagn|renvers|remport|sconf|vin"
)
_LOSE = r"perd|lost|lose|losi|incli|defait|verl"
_GIVE = r"donn|offr|offert|remis|gave|give|giving|hand|paid|pay|vers|send|sent|envoy|fourn|suppl|deliver|livr|geb|gab|dio|dad|lend|lent|pret"
_GET = r"recu|recev|recoi|receiv|got|obten|obtien|obtain|erhielt|erhalt|bekam|recib|ricev|borrow|emprunt"
_TEACH = r"taught|teach|enseign|prof|form|lehr"
_LEARN = r"learn|appr|stud|eleve|pupil|etud|lern"
_SIGN = r"sign|recrut|recruit|hire|hiring|engag|embauch|fich"
_JOIN = r"join|rejoi|integr"
_FOLLOW = r"succed|follow|suiv|rempla|replac|took|tak|taking|repr"
_PRECEDE = r"preced|cede|ced|hand|left|laiss"
_CONVERSE = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (_SELL, _BUY), (_BEAT, _LOSE), (_GIVE, _GET), (_TEACH, _LEARN), (_FOLLOW, _PRECEDE), (_SIGN, _JOIN),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def is_directed(word: str, language: str) -> bool:
    """Tell whether a folded word is a form of a verb that somebody does to somebody: "beat", "sued"."""
    starts = _STARTS.get(language)
    found = starts.match(word) if starts else None
    if _NOUN.search(word) or (language == "en" and _ENGLISH_NOUN.search(word)):
        return False
    return bool(found) and len(word) - found.end() <= _LONGER if found else False


def ties(word: str, language: str) -> bool:
    """Tell whether a word in lower case is a preposition."""
    return word in _TIES_OF.get(language, frozenset())


def are_converse(one: str, other: str) -> bool:
    """Tell whether two folded verbs say one thing from its two sides: "sell" and "buy"."""
    for mine, theirs in _CONVERSE:
        if (mine.match(one) and theirs.match(other)) or (theirs.match(one) and mine.match(other)):
            return True
    return False

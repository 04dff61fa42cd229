"""What is printed at the foot of articles and beside them, as data: the second half of ``furniture_rules``."""

from __future__ import annotations

from index.sources.furniture_words import PICTURE_AGENCIES, PRESS_AGENCIES
from index.sources.line_rules import Rule, rule

RULES_AT_THE_FOOT: tuple[Rule, ...] = (
    rule(
        "related",
        "the heading of a list of other articles, at the foot of the page or beside the text",
        r"(?:the )?latest .{2,30} (?:news|headlines|stories)",
        r"(?:sur (?:le|les) mêmes? (?:sujets?|thèmes?)|dans (?:la|cette) (?:même )?rubrique"
        r"|dans l'actualité) ?:?",
        r"(?:les |nos )?(?:articles? )?(?:les )?plus (?:lus?|vus|populaires|partagés|commentés"
        r"|récents)\b.{0,30}",
        r"most (?:read|popular|viewed|shared)\b.{0,30}",
        r"related(?: (?:articles?|stories|story|news|content|coverage|topics?|posts?|reading))? ?:?",
        r"more (?:stories|news|articles|coverage)(?: .{0,30})?",
        r"more (?:on|from) .{2,50}",
        r"(?:trending|popular|top stories|latest(?: (?:news|stories|articles))?|editors?'?s? picks?"
        r"|recommended(?: (?:for you|stories|articles|reading))?)(?: now)? ?:?",
        r"(?:recommandés?|nos recommandations|à ne pas (?:manquer|rater)|à découvrir(?: aussi)?"
        r"|populaires?|tendances?|à la une)(?: pour vous)? ?:?",
        r"(?:you (?:may|might) (?:also )?(?:like|be interested in)|vous (?:aimerez|pourriez|devriez"
        r"|allez)\b.{0,40}|ceci (?:peut|pourrait) .{0,40}) ?:?",
        r"la rédaction vous (?:conseille|recommande|propose)",
        r"(?:nos |les )?(?:autres|derni(?:er|ère)s) (?:articles?|actualités|infos|informations"
        r"|nouvelles)(?: .{0,30})? ?:?",
        r"d'autres (?:articles|actualités)\b.{0,30}",
        r"(?:articles?|contenus?|sujets?) (?:similaires?|liés?|associés?|connexes|recommandés?) ?:?",
        r"toute l'actu(?:alité)?\b.{0,40}",
        r"l'actu(?:alité)? en (?:continu|direct)",
        r"plus d'(?:articles|infos|actualités?)\b.{0,30}",
        r"fil (?:d'?)? ?(?:info|actu)s?.{0,20}",
        r"dossiers? (?:liés?|associés?).{0,20}",
        r"pour aller plus loin ?:?",
        r"(?:más noticias|te puede interesar|lo más (?:leído|visto)|noticias relacionadas|mehr zum thema"
        r"|das könnte sie.{0,40}|meistgelesen\w*)\b.{0,20}",
        longest=90,
    ),
    rule(
        "read-also",
        "a pointer to another article, with or without its headline",
        r"(?:[>»→►▶•*–—-] *)?(?:[ÀàAa] )?(?:re)?(?:lire|voir|écouter|découvrir|consulter) (?:aussi"
        r"|également|encore|sur le même sujet)\b(?: ?(?:[:|>→►»–—-].*|sur .*|dans .*|notre .*|nos .*|l'.*"
        r'|(?-i:[«"“A-ZÀ-Þ]).*))?',
        r"(?:[>»→►▶•*–—-] *)?[ÀAà] (?:r[eé])?(?:lire|voir|écouter)(?: ?[:|>→►»–—-].*| (?:dans|sur) .{2,60})?",
        r"(?:[>»→►▶•*–—-] *)?(?:read|see|watch|listen|explore) (?:more|also|next|too"
        r"|this)\b ?(?:[:|>→►»–—-].*|about .*|on .*|stories.*)?",
        r"(?:[>»→►▶•*–—-] *)?(?:related|more|don't miss|ne manquez pas|see also|also read|voir aussi"
        r"|notre (?:dossier|enquête|analyse|reportage)) ?(?:[:|>→►»–—-] ?.*| (?:articles?|stor(?:y"
        r"|ies)).*)",
        r"(?:lesen sie auch|lea también|lee también|leer también|te recomendamos|auch interessant"
        r"|mehr zum thema|leggi anche|zum thema)\b ?(?::.*)?",
        r"(?:notre|nos) (?:dossiers?|enquêtes?|analyses?|reportages?|direct|articles?) (?:sur|consacrés?"
        r"|complets?|spécial)\b[^.]{0,80}",
        r"(?:vous pouvez (?:également|aussi) )(?:consulter|lire|voir)\b.{0,80}",
        r"retrouvez (?:ici )?(?:tous nos|notre|nos|l'ensemble de nos) (?:articles?|dossiers?|direct"
        r"|analyses?)\b.{0,120}",
        r"(?:cliquez|click) (?:ici|here)\b.{0,80}",
        longest=300,
    ),
    rule(
        "comments",
        "a count of comments, or a call to write one",
        r"(?:\d+ )?(?:commentaires?|comments?|réactions?|kommentare?|comentarios?)(?: ?[:(] ?\d+ ?\)?"
        r"| \d+)? ?:?",
        r"(?:\(\d+\) )?(?:laissez?r?|ajoute[rz]|écrire|poste[rz]|rédige[rz]|voir|lire|afficher) (?:un"
        r"|votre|mon|les|tous les|\d+) (?:autres )?(?:commentaires?|avis|réactions?)\b.{0,30}",
        r"(?:leave|add|post|write|view|read|show|see|have) (?:a |an |your |all |the |\d+ "
        r"|your say)?(?:comments?|repl(?:y|ies)|your say).{0,30}",
        r"have your say.{0,30}",
        r"(?:aucun|pas encore de) commentaires?.{0,40}",
        r"no comments?(?: yet)?",
        r"(?:\d+|one) (?:responses?|replies|reply|thoughts?|commentaires?|réponses?) (?:to|on|à|sur) .{2,110}",
        r"be the first to (?:comment|reply).{0,30}",
        r"soyez le premier à .{0,60}",
        r"réagir(?: à (?:cet|l') ?article)?",
        r"(?:commenter|comment|comentar|kommentieren)(?: ?\(?\d+\)?)?",
        r"join the (?:conversation|discussion|debate).{0,30}",
        r"rejoi(?:gnez|ndre) la (?:conversation|discussion)",
        r"(?:connectez-vous|vous devez être connecté|log in|you must be logged in)\b.{0,40}(?:comment"
        r"|réagir|reply).{0,40}",
        r"(?:les )?commentaires (?:sont )?(?:fermés|clos|désactivés).{0,30}",
        r"comments are (?:closed|disabled).{0,20}",
        r"signaler (?:une erreur|un (?:abus|commentaire)).{0,30}",
        longest=120,
    ),
    rule(
        "tags",
        "the article's keywords",
        r"(?:tags?|mots?[- ]cl[ée]fs?|mots?[- ]clés?|thèmes?|thématiques?|étiquettes?|keywords?"
        r"|filed (?:under|in)|classé (?:dans|sous)|posted in|publié dans|topics?|sujets?|schlagw[oö]rter"
        r"|etiquetas|temas)(?: (?:associés|liés|de l'article|in this (?:article|story)))? ?(?::.{0,150})?",
        r"(?:#[\w-]+[ ,;|]*)+",
        r"tagged(?: with)?:? .{2,140}",
        longest=170,
    ),
    rule(
        "byline",
        "who else worked on it, in words that are no sentence of the report",
        r"article (?:écrit|rédigé|réalisé|publié) (?:avec|en collaboration avec) [^.]{2,60}",
        r"(?:texte?|article|reportage|vidéo|words|story) (?:par|by|de|écrit par) ?:?",
        r"(?:par|by) ?:",
        r"avec (?:notre|nos) (?:correspondant|envoyé)\w*\b[^.]{0,110}",
        r"(?:de|from) (?:notre|nos|our) (?:correspondant|envoyé|own correspondent)\w*\b[^.]{0,80}",
        r"[^.]{2,100}\bcontributed (?:to this (?:report|story|article)|reporting)\.?",
        r"(?:additional reporting|reporting|editing|writing) by\b.{2,140}",
        r"(?:contributing|contributors?) ?:.{2,140}",
        r"\(?(?:avec|with) (?:l')?(?:AFP|AP|Reuters|agences?|agencies)\b[^.]{0,30}\)?",
        r"@\w{3,20}",
        r"[^.]{2,60}\b(?:is|est|ist|es) [^.]{3,160}\. (?:more about|follow|en savoir plus sur|read more by) .{2,60}",
        longest=300,
    ),
    rule(
        "print-edition",
        "where the article stood in the printed paper",
        r"a version of this article (?:appears?|appeared) in (?:the )?print\b.{0,160}",
        r"(?:this (?:article|story) (?:first |originally )?appear(?:ed|s)|cet article est paru|paru) (?:in|dans|on)\b.{0,120}"
        r"(?:edition|issue|print|édition|numéro)\b.{0,80}",
        r"order reprints\b.{0,80}",
        longest=260,
    ),
    rule(
        "copyright",
        "who owns the page",
        r"(?:©|\(c\)|copyright) *(?:©|\(c\)|copyright)? *(?:.{0,60}? )?(?:1[89]|20)\d\d\b.{0,140}",
        r".{0,120}\b(?:tous droits(?: de reproduction)?.{0,20} réservés|all rights reserved"
        r"|alle rechte vorbehalten|todos los derechos reservados|tutti i diritti riservati)\b.{0,120}",
        r".{0,60}\breproduction\b.{0,40}\b(?:interdite|prohibited|forbidden)\b.{0,80}",
        r"copyright .{2,60}",
        longest=220,
    ),
    rule(
        "credit",
        "who took the picture: a label with a colon or a sign, or a name with an agency",
        r"\(?(?:photos?|images?|cr[ée]dits?|illustrations?|photograph(?:er|ie|s|y)?|photographe|pictures?"
        r"|fotos?|bild|visuel|dessin|infographie|vidéo|video|source (?:photo|image))(?: (?:photos?"
        r"|images?|credits?|by|principale|d'illustration|de couverture|d'archives?"
        r"|vidéo))* *[:©/|]+ ?:? ?.{2,110}",
        r"image source,? .{2,60}",
        r"(?:illustrations?|photographs?|photography|artwork|drawings?|graphics?) (?:by|par|de|di|von) .{2,60}",
        r"cr[ée]dits?(?:\.{2,3}|…) ?.{2,80}",
        r"\(?cr[ée]dits?(?: photos?)? .{2,60}",
        r"(?:©|\(c\)|ⓒ|📷|📸) ?.{2,90}",
        r"archives? (?-i:[A-ZÀ-Þ][\w'.-]+(?: [A-ZÀ-Þ][\w'.-]+){0,4})",
        r"\(?(?:photo|image|picture) (?:d'illustration|d'archives?|by|courtesy of)\b.{0,80}",
        r"\(?(?:file|archive|stock|handout|courtesy) (?:photo|image|picture|pic)\b.{0,60}",
        r"\(?(?:AP|AFP|REUTERS|EPA|PA) ?(?:Photo|Images)? ?[/|–—-] ?.{2,70}",
        rf"[^.!?]{{2,80}} ?[/|–—(-] ?(?:{PRESS_AGENCIES}|{PICTURE_AGENCIES})\b[^.!?]{{0,25}}",
        rf"(?:{PRESS_AGENCIES}|{PICTURE_AGENCIES})(?: ?(?:/|via|et|and|,) ?.{{2,50}})?",
        r"(?-i:[A-ZÀ-Þ][\w'.-]+(?: [A-ZÀ-Þ][\w'.-]+){1,3} ?/ ?[A-Z][\w'.-]*(?: [A-ZÀ-Þ][\w'.-]*){0,4})",
        longest=140,
    ),
)

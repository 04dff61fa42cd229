"""What is printed around articles, as data: each reason with the lines it takes, in plain view.

A rule takes one whole line (apostrophes and blanks made plain, see ``lines.plain``). Precision comes first:
a sentence of running text must not match because a word of furniture occurs in it, so the patterns are
anchored, and those that may take a whole sentence ask for two signs of furniture in it.
"""

from __future__ import annotations

from index.sources.furniture_abroad import RULES_ABROAD
from index.sources.furniture_at_the_foot import RULES_AT_THE_FOOT
from index.sources.furniture_words import ARTICLE_WORDS, NETWORKS, THIS
from index.sources.line_rules import Rule, rule

# Read from top to bottom: the first rule that takes a line names the reason.
RULES: tuple[Rule, ...] = (
    rule(
        "alt-text",
        "names of picture files and of picture slots, written by programs",
        r"[a-z]+(?:[-_][a-z0-9]+)*[-_](?:image|img|photo|picture|avatar|icone?|logo|banner|thumbnail"
        r"|portrait)s?(?:[-_]\d+)?",
        r"(?:image|img|photo|avatar|icon|thumb(?:nail)?)[-_][a-z0-9_-]+",
        r"\S+\.(?:jpe?g|png|webp|gif|svg|avif|mp4)",
        r"(?:image|img|photo|visuel|avatar|vignette|placeholder|thumbnail|bild|imagen)s?(?: \d+)?",
        r"(?:image|photo|avatar|portrait) (?:de l'(?:auteur|article)|de profil|principale|à la une"
        r"|de couverture)",
        r"(?:image|photo|avatar|portrait) (?:de|of) (?-i:[A-ZÀ-Þ]\S+(?: [A-ZÀ-Þ]\S+){1,2})",
        r"(?:article|author|featured?|hero|lead|main|top|cover|header|profile) (?:article )?(?:image"
        r"|photo|picture|avatar)",
        r"(?:image|photo) caption,?",
        r"view image in fullscreen",
        r"\[ ?(?:image|photo|vidéo|video|img)\b[^\]]*\]",
        r"(?:agrandir|zoomer sur) l'image",
        r"voir (?:le diaporama|la galerie).{0,20}",
        r"view (?:gallery|image).{0,20}",
        r"(?:play|lire|lecture de) (?:la )?vid[ée]o",
        r"enlarge(?: this)? image",
        r"open image in gallery",
        r"\+ ?\d{1,2}",
        r"view \d{1,3} images?",
    ),
    rule(
        "site-name",
        "a logo's alternative text, or a name with what the outlet says of itself",
        r"logo\b *:?.{0,60}",
        r".{2,50} logo",
        r"[^()]{2,50}? [-–—|:] (?:toute?s? (?:l'|les? |notre ).{2,60}|l'(?:info|actu|essentiel).{0,60}"
        r"|actualités?\b.{0,60}|le (?:site|journal|quotidien|média)\b.{0,60}|(?:diario|periódico"
        r"|tageszeitung|zeitung|hebdomadaire|newspaper|journal|quotidien|webzine|magazine)\b.{0,50}"
        r"|(?:votre|your) .{2,50}|(?:breaking|latest) news.{0,40}|news\b.{0,40}|site officiel"
        r"|back to .{2,30}|retour (?:à|vers) .{2,30}|accueil|home(?:page)?|page d'accueil|noticias.{0,40}"
        r"|nachrichten.{0,40})",
        longest=110,
    ),
    rule(
        "reading-time",
        "minutes that reading takes",
        r"(?:temps|durée) (?:estimée? )?de lecture\b.{0,30}",
        r"(?:estimated )?reading time\b.{0,30}",
        r"(?:lecture|lecture en|lire en|read(?: in)?) *[:·-]? *(?:de )?\d+ ?(?:min(?:ute)?s?|mn)\.?",
        r"\d{1,3}[ -]?(?:min(?:ute)?s?|mn)\.?(?: (?:de lecture|of reading|to read|read|restantes?))?\.?",
        r"(?:lesezeit|lesedauer|tiempo de lectura|tempo di lettura)\b.{0,30}",
        r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d",
        r"[⏱⌚🕒]\S* ?.{0,25}",
    ),
    rule(
        "share",
        "buttons of social networks and of the article's tools",
        r"(?:partager?z?|share|tweete[rz]|envoyer|offrez|imprimer|print|enregistrer|save|sauvegarder"
        r"|teilen|compartir|condividi|offrir|republier|écouter|listen(?: to)?|anhören|copier"
        rf"|copy)(?: {THIS}{ARTICLE_WORDS})?(?: [:·|])?(?: (?:sur|on|via|par|with|by|auf|en|à un ami"
        r"|dans|to)\b.{0,60})?",
        r"(?:share|partage[rz]?|send|envoyer|teilen|compartir|condividi|partilhar?|delen)\b[^.!?]{0,120}"
        r"\b(?:facebook|twitter|whats ?app|linked ?in)\b[^.!?]{0,120}",
        r"(?:copier|copy) (?:le |the )?(?:lien|link|url)",
        r"lien copié.{0,20}",
        r"link copied.{0,20}",
        rf"(?:{NETWORKS})(?:[ ,|/·•-]+(?:{NETWORKS}))*",
        r"(?:suivez|retrouvez|rejoignez)[- ](?:nous|.{2,30}) (?:sur|en) .{2,60}",
        r"follow (?:us|.{2,40}) on .{2,60}",
        r"follow .{2,60} on (?:facebook|twitter|instagram|x)\b.{0,150}",
        r"send your story ideas\b.{0,100}",
        r"suivez .{2,60}\ben téléchargeant\b.{0,60}",
        r"(?:ajouter|add) (?:à|aux|to) (?:mes |my |vos )?(?:favoris|favou?rites|bookmarks"
        r"|signets).{0,20}",
        r"(?:j'aime|like|favori|bookmark)(?: ?\(?\d+\)?)?",
        r"\d+ (?:partages?|shares?|vues?|views?)",
        r"(?:suivre|follow)(?: (?:cet(?:te)?|l'|ce|this|the)? ?(?:auteure?|journaliste|author|sujet|topic"
        r"|thème|dossier).{0,20}| ?\+)?",
        r"(?:guardar|ahorrar|speichern|merken)(?: (?:noticia|artículo|artikel))?",
        r"(?:écouter|listen) (?:ce|cet|cette|le|la|l'|the|this) ?(?:reportage|article|podcast|chronique"
        r"|story|émission|direct)\b.{0,30}",
        r"(?:share|partager) (?:page|cette page)",
        r"about sharing",
        r"reuse this content",
        r"ajouter à (?:vos|mes) (?:sélections|articles|lectures)",
        r"lire plus tard",
        r"read later",
        r"share full article",
        r"listen to this article.{0,30}",
        r"écouter",
        r"réécouter",
        r"lire dans l'app(?:lication)?",
        r"taille du texte.{0,20}",
        longest=220,
    ),
    rule(
        "advertisement",
        "an advertisement's own label",
        r"publicité",
        r"annonces?",
        r"advertisements?",
        r"ads?",
        r"sponsored(?: content)?",
        r"contenus? sponsorisés?",
        r"anzeige",
        r"werbung",
        r"publicidad",
        r"pubblicità",
        r"la suite(?: de (?:votre|l') ?article)? après (?:la|cette) publicité",
        r"(?:the )?(?:article|story) continues (?:below|after).{0,30}",
        r"scroll (?:down )?to continue.{0,20}",
        r"skip advertisement",
        r"(?:contenu|en) partenariat\b.{0,40}",
        r"continuer sans publicité",
    ),
    rule(
        "cookie-banner",
        "a consent dialogue: who asks, and for what; or one of its buttons",
        r"(?:(?:nous|.{2,40} et (?:nos|ses) (?:\d+ )?partenaires)\b.{0,200}|(?:sur )?(?:ce"
        r"|notre) site\b.{0,200}|en (?:poursuivant|continuant|cliquant)\b.{0,200}|we\b.{0,200}|(?:this"
        r"|our) (?:web)?site\b.{0,200}|by (?:continuing|clicking|using)\b.{0,200}|avec votre (?:accord"
        r"|consentement)\b.{0,200}|wir\b.{0,80} verwenden.{0,100}|(?:utilizamos"
        r"|usamos)\b.{0,100})(?:\bcookies?\b|traceurs|données personnelles|personal data).{0,400}",
        r"(?:nous respectons )?(?:votre vie privée|le respect de votre vie privée|your privacy"
        r"|we value your privacy).{0,80}",
        r"(?:tout )?(?:j')?(?:accept(?:er|e|ar)?|refuse[rz]?|reject|rejeter|decline|akzeptieren|ablehnen"
        r"|rechazar)(?: (?:tout|tous|(?:et|&|and) (?:fermer|continuer|close)|all|les|alle"
        r"|todas?)\b)?(?: (?:les )?cookies)?",
        r"(?:continuer sans (?:accepter|consentir)|continue without \w+)(?: [→>›])?",
        r"(?:paramétrer|personnaliser|gérer|manage|configure)\b(?: (?:mes|les|vos|my|your"
        r"|cookie)\b)?(?: (?:choix|cookies|préférences|preferences|choices|options|settings))?",
        r"cookies?",
        r"cookie (?:settings|policy|notice)",
        r"en savoir plus",
        r"learn more",
        r"más información",
        r"mehr erfahren",
        longest=700,
    ),
    rule(
        "newsletter",
        "a call to receive letters: an imperative together with what is received",
        r"(?:(?:inscri(?:vez|s)|abonne[zr]|enregistrez)[- ].{0,120}|recev(?:ez|oir)\b.{0,160}|ne (?:ratez"
        r"|manquez)\b.{0,120}|sign up\b.{0,160}|subscribe\b.{0,160}|get (?:the|our|all)\b.{0,160}"
        r"|receive\b.{0,160}|join our\b.{0,100}|retrouvez\b.{0,100}|tous les (?:matins|soirs"
        r"|jours)\b.{0,100}|chaque (?:matin|soir|jour|semaine|vendredi|lundi)\b.{0,100}|every (?:morning"
        r"|day|week|evening)\b.{0,100}|jetzt\b.{0,80}|suscr[ií]b(?:ete|ase)\b.{0,120}|(?:want|envie"
        r"|vous aimez)\b.{0,100})\b(?:newsletters?|boîte (?:mail|de réception|aux lettres)|inbox"
        r"|notre lettre|e-?mails?|lettre d'info\w*|bolet[ií]n|alertes?)\b.{0,120}",
        r"(?:nos|notre|la|les|our|the|votre|your|toutes? (?:nos|les)|daily|weekly"
        r"|morning)? ?(?:\w+ )?newsletters?",
        r"""newsletters?\b(?: ?[:«"'-].{0,60})?""",
        r"lettres? d'information",
        r"(?:skip past|after) newsletter promotion",
        r"privacy notice ?:.{0,260}",
        r"sign up (?:to|for) [^.]{2,60}",
        r"(?:votre|your) (?:adresse )?e-?mail\b.{0,160}\b(?:newsletters?|consent\w*|désinscri\w*"
        r"|unsubscribe)\b.{0,120}",
        r"(?:votre|saisissez votre|entrez votre|your|enter your) (?:adresse )?(?:e-?mail"
        r"|courriel)(?: address)?.{0,20}",
        r"adresse e-?mail",
        r"(?:je )?(?:m'inscris|s'inscrire|inscription|m'abonne)(?: gratuite(?:ment)?)?",
        r"sign up(?: now| for free)?",
        r"delivered to your inbox.{0,30}",
        r"[^,]{0,120}, (?:every|each|chaque|tous les) (?:weekday|morning|evening|day|matin|soir|jour"
        r"|semaine)s?\b.{0,40}\b(?:at|à|by|dès|from) (?:\d|midday|noon).{0,20}",
        r".{0,60}?\b(?:dans votre boîte (?:mail|e-?mail|de réception)|(?:to|in) your inbox)\b.{0,40}",
        longest=280,
    ),
    rule(
        "subscription",
        "a call to pay, or word that the rest is for those who do",
        r"(?:(?:déjà|already) (?:un )?(?:abonnée?s?|a subscriber|subscribed|a member|inscrit).{0,80})",
        r"(?:cet? |l')?(?:article|contenu|suite) (?:est "
        r"|de cet article est )?(?:entièrement )?réservée?s?\b.{0,120}",
        r"(?:réservé|exclusivité) (?:aux? )?(?:nos )?abonnés?.{0,40}",
        r"(?:article )?(?:abonnés?|premium|subscribers? only)",
        r"(?:this|the) (?:article|story|content) is (?:for|only|exclusive|reserved)\b.{0,120}",
        r"subscriber[- ]only.{0,60}",
        r"il (?:vous )?reste .{1,15}%.{0,120}",
        r"you have (?:read|\d+).{0,40}articles?.{0,60}",
        r"(?:pour|afin de) (?:lire|accéder à|poursuivre)\b.{0,60}(?:abonn|inscri|connect).{0,60}",
        r"to (?:continue|keep) reading\b.{0,80}",
        r"(?:abonnez-vous|s'abonner|subscribe|become a (?:member|subscriber)|log in|sign in)\b.{0,140}",
        r"(?:(?:soutenez|soutenir|aidez|support) (?:us|our|local|independent|quality|the|notre|nos|nous"
        r"|une? (?:presse|média|journal\w*)|l'info\w*|le journalisme|la presse)|faites un don|donate"
        r"|help us)\b.{0,120}\b(?:journal\w*|presse|rédaction|indépendan\w*|independent|lecteurs|don|us"
        r"|nous|média)\b.{0,60}",
        r"(?:profitez|accédez|débloquez|découvrez|testez|essayez|unlock|enjoy|try"
        r"|start)\b.{0,100}\b(?:abonne\w*|offres?|illimité\w*|unlimited|subscription|gratuit\w*|trial"
        r"|articles|€|access)\b.{0,80}",
        r"(?:à partir de|dès|only|from|seulement|pour) [\d,.]+ ?[€$£].{0,80}",
        r"[\d,.]+ ?[€$£] ?(?:/|par|per|a) ?(?:mois|month|semaine|week|an|year).{0,60}",
        r"sans engagement.{0,40}",
        r"cancel any ?time.{0,40}",
        r"(?:continuer|poursuivre) (?:la|ma) lecture",
        r"continue reading",
        r"lire la suite",
        r"(?:faire un don|je fais un don|je soutiens|donate(?: now)?|contribute|support us)",
        r"soutenez .{2,60} (?:à partir de|dès|pour) [\d,.]+ ?€.{0,60}",
        r"comment (?:pouvez-vous|vous pouvez) nous aider.{0,80}",
        r"how (?:can you|you can) (?:help|support) (?:us|our).{0,60}",
        r"(?:si vous le pouvez|merci d'envisager|pensez à)\b.{0,120}\b(?:nous soutenir|un don|votre soutien).{0,100}",
        longest=260,
    ),
    rule(
        "notice",
        "what the outlet says of itself or of whose views these are, at the foot of its pages",
        r".{2,60} est une? (?:média|journal|site|titre)\b.{0,80}\b(?:indépendant|libre)\w*\b.{0,200}"
        r"\b(?:aide publique|parti politique|dons?|soutien|financ\w+|lecteurs|publicité)\b.{0,300}",
        r".{2,60} is (?:an? )?(?:independent|nonprofit|reader-funded|reader-supported)\b.{0,200}"
        r"\b(?:support|donat\w+|readers|funded|journalism)\b.{0,200}",
        r"les (?:opinions|points de vue|propos) exprimée?s? dans (?:cet|cette|ce)\b.{0,250}",
        r"(?:the )?(?:views|opinions) expressed (?:in this|are those|by)\b.{0,250}",
        longest=700,
    ),
    *RULES_AT_THE_FOOT,
    *RULES_ABROAD,
)

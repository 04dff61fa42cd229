"""What is printed around articles in German, Spanish, Italian, Portuguese and Dutch, as far as ``furniture_rules`` lacks it.

The same reasons, in the same precision: whole lines, or sentences with two signs of furniture.
"""

from __future__ import annotations

from index.sources.line_rules import Rule, rule

RULES_ABROAD: tuple[Rule, ...] = (
    rule(
        "reading-time",
        "minutes that reading takes",
        r"\d{1,3} (?:minut[oi]|minutos?|minuten|min\.?) (?:di lettura|de lectura|de leitura|leestijd|lesezeit)",
        r"(?:leestijd|tempo de leitura|tempo di lettura)\b.{0,30}",
    ),
    rule(
        "share",
        "buttons of social networks and of the article's tools",
        r"(?:condividi|stampa|salva|ascolta|copia(?:re)?|invia|segui)(?: (?:il |l'|la |questo |quest')?(?:articolo|link|pagina|notizia))?",
        r"(?:compartilh(?:ar|e)|partilh(?:ar|e)|imprimir|ouvir|escuchar|escucha|guardar|enviar|copiar)"
        r"(?: (?:o |a |este |esta |el |la |un )?(?:artigo|notícia|matéria|artículo|noticia|enlace|link|página))?",
        r"(?:delen|opslaan|bewaren|afdrukken|luister(?:en)?(?: naar)?|kopieer)(?: (?:dit |het |de )?(?:artikel|link))?",
        r"(?:artikel )?(?:merken|drucken|vorlesen(?: lassen)?|anhören|teilen|speichern|versenden)",
        r"(?:seguici|síguenos|siga-nos|volg ons|folgen sie uns)\b.{0,80}",
    ),
    rule(
        "advertisement",
        "an advertisement's own label",
        r"publicidade",
        r"advertentie",
        r"reclame",
        r"annuncio",
    ),
    rule(
        "cookie-banner",
        "a consent dialogue: who asks, and for what; or one of its buttons",
        r"(?:(?:questo|il nostro|este|o nosso|nuestro) (?:sito|site|sitio)\b|deze (?:web)?site\b|diese (?:web)?seite\b|wij\b|noi\b|nós\b)"
        r".{0,200}\b(?:cookies?|dati personali|dados pessoais|persoonsgegevens|personenbezogene\w*)\b.{0,300}",
        r"(?:accett[ao](?: tutt[oi])?|rifiuta(?: tutt[oi])?|gestisci(?: .{2,20})?|aceitar(?: tudo| todos)?|recusar(?: tudo)?"
        r"|accepteren|alles accepteren|weigeren|instellingen|alle akzeptieren|alle ablehnen|einstellungen)",
        r"(?:saperne di più|scopri di più|saiba mais|meer informatie|lees meer over cookies)",
        longest=600,
    ),
    rule(
        "newsletter",
        "a call to receive letters",
        r"(?:iscriviti|iscrizione|ricevi|assine|subscreva|receba|schrijf je in|meld je aan|ontvang|abonnieren sie|erhalten sie"
        r"|melden sie sich|apúntate|recibe)\b.{0,120}\b(?:newsletters?|nieuwsbrief|nieuwsbrieven|e-?mails?|posta|inbox|postfach"
        r"|boletín|correo)\b.{0,120}",
        r"(?:(?:la|le|a|as|de|unsere?|onze|nostra) )?(?:newsletters?|nieuwsbrief)(?: .{2,30})?",
        r"(?:jetzt |kostenlos |hier )?(?:anmelden|registrieren|abonnieren)",
        r"(?:mit der anmeldung|con l'iscrizione|ao subscrever|ao se inscrever|door je aan te melden|al suscribirte)\b.{0,200}",
        longest=280,
    ),
    rule(
        "subscription",
        "a call to pay, or word that the rest is for those who do",
        r"(?:abbonati|accedi|sei già abbonato|già abbonat[oi])\b.{0,80}",
        r"(?:articolo|contenuto|conteúdo|contenido|artigo|artikel|inhalt) (?:riservato|exclusivo|esclusivo|alleen|nur|premium)\b.{0,80}",
        r"(?:exclusivo para|riservato agli|alleen voor|nur für|solo para)\s(?:nossos |nostri |onze |unsere )?"
        r"(?:assinantes|abbonati|abonnees|abonnenten|suscriptores).{0,30}",
        r"(?:já é assinante|assine|word abonnee|al abonnee|bereits abonnent|ya eres suscriptor|suscríbete)\b.{0,80}",
        r"abo (?:testen|abschließen|kündigen)|(?:zum|jetzt) (?:abo|angebot)\b.{0,40}",
        longest=160,
    ),
    rule(
        "related",
        "the heading of a list of other articles",
        r"(?:potrebbe(?:ro)? interessarti|ti potrebbe interessare|articoli correlati|notizie correlate|(?:i )?più letti|ultime notizie"
        r"|le ultime|dalla home|altre notizie|in evidenza|leggi tutto)\b.{0,30}",
        r"(?:mais (?:lidas|vistas|notícias|sobre)|notícias relacionadas|artigos relacionados|últimas notícias|recomendad[oa]s"
        r"|veja mais)\b.{0,30}",
        r"(?:meest gelezen|gerelateerd|net binnen|meer (?:over|nieuws|uit)|ook interessant|aanbevolen)\b.{0,40}",
        r"(?:weitere (?:artikel|themen|nachrichten|meldungen)|mehr (?:aus|zu|von)|aus dem ressort|ähnliche artikel|neueste|empfohlen)"
        r"\b.{0,40}",
        r"(?:más (?:sobre|en|de)|lo último|noticias de hoy|otras noticias|recomendado)\b.{0,40}",
        longest=70,
    ),
    rule(
        "read-also",
        "a pointer to another article, with or without its headline",
        r"(?:leggi (?:anche|tutto)|approfondisci|guarda anche|leia (?:também|mais)|veja também|saiba mais|lees (?:ook|meer)|bekijk ook"
        r"|lesen sie (?:mehr|hier|dazu)|mehr dazu|zum artikel|lea más|vea también|ver también|más información)\b ?(?:[:|>→»–—-].*)?",
        longest=220,
    ),
    rule(
        "comments",
        "a count of comments, or a call to write one",
        r"(?:\d+ )?(?:commenti|comentários|comentarios|reacties|kommentare)(?: ?\(?\d+\)?)?",
        r"(?:lascia un commento|scrivi un commento|deixe (?:um|seu) comentário|plaats een reactie|reageer|diskutieren sie mit"
        r"|kommentar schreiben|schreiben sie einen kommentar|mitdiskutieren|ihre meinung ist gefragt|la comunità dei lettori"
        r"|la comunidad|únete a la conversación)\b.{0,40}",
    ),
    rule(
        "tags",
        "the article's keywords",
        r"(?:argomenti|temi|tópicos|assuntos|mais sobre|onderwerpen|schlagwörter|themen)(?: ?:.{0,150})?",
    ),
    rule(
        "copyright",
        "who owns the page",
        r".{0,60}\briproduzione riservata\b.{0,60}",
        r".{0,60}\b(?:todos os direitos reservados|alle rechten voorbehouden|tutti i diritti riservati)\b.{0,80}",
        longest=200,
    ),
)

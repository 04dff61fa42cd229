"""Words of what is printed around articles, as alternatives for patterns: agencies, sections, menus, networks."""

from __future__ import annotations

PRESS_AGENCIES = (
    r"AFP|AP|Reuters|EFE|dpa|ANSA|APA|Belga|ATS|Keystone|Xinhua|TASS|UPI|Bloomberg|PA Media|AAP"
    r"|Agence France-Presse|Associated Press|Press Association|Europa Press|Deutsche Presse-Agentur"
)
PICTURE_AGENCIES = (
    r"Get ?ty(?: ?Images)?|EPA|Sipa(?: Press)?|MAXPPP|Abaca(?: ?press)?|Hans Lucas|Divergence"
    r"|Shutterstock|i?Stock(?:photo)?|Adobe Stock|Unsplash|Pixabay|Pexels|Alamy|Magnum|Gamma"
    r"|Wikimedia(?: Commons)?"
)
SECTIONS = (
    r"international|monde|politique|économie|société|culture|sports?|sciences?|santé|planète"
    r"|environnement|europe|france|afrique|amériques?|asie|moyen-orient|proche-orient|idées|opinions?"
    r"|débats?|tribunes?|médias|justice|police|faits? divers|régions?|éducation|technologies?|tech"
    r"|high-tech|numérique|pixels|climat|entreprises?|finance|bourse|conso(?:mmation)?|immobilier"
    r"|automobile|voyages?|lifestyle|gastronomie|cinéma|musique|livres|télé(?:vision)?|people"
    r"|vie locale|locales?|actu(?:alités?)?|défense|diplomatie|histoire|religion|transports?|énergie"
    r"|agriculture|emploi|world|uk|us|usa|politics|business|economy|science|health|environment|climate"
    r"|technology|arts?|books|travel|film|music|football|rugby|tennis|cycling|crime|education"
    r"|local(?: news)?|national|news|features|lifestyle|money|markets|politik|wirtschaft|gesellschaft"
    r"|kultur|wissen|ausland|inland|panorama|lokales|mundo|economía|sociedad|deportes?|política"
    r"|ciencia|salud|españa|nacional|internacional|sucesos|opinión|tribunales|educación|tecnología"
    r"|startseite|region|regional|wissenschaft|meinung|gesundheit|netzwelt|digital|feuilleton|polizei|bildung"
    r"|cronaca|politica|economia|esteri|interni|spettacoli|scuola|ambiente|salute|tecnologia|calcio|motori|opinioni"
    r"|desporto|esportes?|sociedade|ciência|saúde|educação|opinião|polícia|justiça"
    r"|binnenland|buitenland|politiek|economie|cultuur|wetenschap|regio|opinie|gezondheid|onderwijs"
)
MENU_WORDS = (
    r"accueil|home(?:page)?|menu|rechercher?|search|navigation|se connecter|connexion|déconnexion"
    r"|s'identifier|mon compte|s'abonner|abonnement|abonnez-vous|je m'abonne|subscribe|log ?in|sign in"
    r"|sign up|my account|register|newsletters?|aller au (?:contenu|menu)(?: principal)?"
    r"|passer au contenu|skip (?:links|to (?:main )?content|to .{3,30})|show navigation menu|zum inhalt(?: springen)?"
    r"|ir al contenido|saltar al contenido|retour(?: à l'accueil)?|mentions légales|cg[uv]"
    r"|conditions générales.{0,25}|politique de (?:confidentialité|cookies).{0,20}|confidentialité"
    r"|charte.{0,30}|données personnelles|gestion des cookies"
    r"|(?:gérer|paramétrer) (?:les |mes )?cookies|plan du site|nous contacter|contacte?z?(?:[- ]nous)?"
    r"|contact us|qui sommes[- ]nous ?\??|à propos|about(?: us)?|faq|aide|help"
    r"|privacy(?: policy| notice)?|terms(?: (?:of (?:use|service)|(?:and|&) conditions))?"
    r"|cookie (?:policy|settings)|accessibil(?:ité|ity).{0,30}|publicité|advertise(?: with us)?"
    r"|careers|emploi|boutique|archives|impressum|datenschutz|agb|kontakt|aviso legal|contacto"
    r"|política de privacidad|e-?paper|kiosque|le journal|jeux|météo|en direct|direct|live|podcasts?"
    r"|vidéos?|videos?|photos|plus|more|tous les articles|haut de page|back to top|retour en haut"
    r"|fermer|close|ok"
    r"|zum (?:haupt)?inhalt(?: springen)?|zur (?:haupt)?navigation(?: springen)?|suche|anmelden|abo|mediadaten|leserservice"
    r"|nutzungsbedingungen|barrierefreiheit|über uns|trauer(?:anzeigen)?|buscar|iniciar sesión|regístrate(?: gratis)?"
    r"|quiénes somos|vai al contenuto(?: principale)?|cerca|accedi|abbonati|necrologie|chi siamo|contatti|pubblicità"
    r"|ir para o conteúdo(?: principal)?|saltar para o conteúdo|pesquisar|entrar|sobre nós|contat?os?|ficha técnica"
    r"|termos de uso|política de privacidade|naar (?:de )?inhoud|zoeken|inloggen|over ons|colofon|adverteren|privacybeleid"
    r"|algemene voorwaarden|prev(?:ious)?(?: next)?|next|précédente?|suivante?"
)
NETWORKS = (
    r"facebook|twitter|x|whats ?app|linked ?in|messenger|pinterest|telegram|flipboard|instagram"
    r"|you ?tube|tik ?tok|reddit|snapchat|mastodon|bluesky|threads|google(?: news| actualités)?"
    r"|e-?mail|mail|courriel|rss|sms"
)
THIS = r"(?:(?:un|cet?|l'|this|the|votre|your|diesen?|esta?) ?)?"
ARTICLE_WORDS = r"(?:article|page|lien|link|story|post|contenu|info|actualité|artikel|artículo|noticia|seite)"

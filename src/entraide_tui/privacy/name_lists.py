"""Word lists for finding and replacing names, by language. They are data, not interface sentences."""

from __future__ import annotations

_PARTICLES = """
de du des la le les d l van von den der ten ter el al ben bin bint ibn di da del della dos das do y e et and und zu
m mm mme mlle mr mrs ms miss dr pr prof me maître st ste jr sr
"""
_COMMON = """
abel aime aimee ambre amour ange april august aurore avril baker barre beau belle berger bill blanc blanche bob bois
bon bonne bonte boucher boulanger bourgeois breton brook brun brune candide capucine cerise chance charpentier chase
cherie chevalier claire clay clement clerc cliff cole come constance constant cook coral cousin dale dawn dean
desire desiree dick doe drew duke earl eden eglantine etoile eve faith fidele fleur flora flore fontaine forest fort
fraise france frank gene gentil gentille glen grace grand grant gras gray gros groupe guy harmonie hazel heath
heather holly honore hope hortense hunter innocent iris ivy jade jasmin jasmine jay jean jeans jeune jolie josh jour
joy juillet juin june juste lake langlois lee lilas lily loup love luce lune madame mai maire marchand marguerite
marin marine mark martin mason masson max may membre mercier meunier miel miller modeste monsieur moulin muse
narcisse neige nick noel noir noire normand nova ocean oceane olive olivier opale orange page pages parfait paris
participant participante pascal pat patience penny perle personne petit petite pierre poirier pont poppy prevost
prince prudence prune ray reine renard rene rich riche riviere rob robin roche roi roman rose roux royal ruby rusty
sage saint sandy sky smith soleil star sterling stone storm sue summer taylor tour trinite vallee van vic victoire
ville violette wade ward warren will winter wood young zen
"""
_NOBODY = """
all animateur animatrice anybody autres chacun chacune client cliente collectif consultant consultante contributeur
contributeurs contributor contributors contributrice each equipe everybody everyone facilitateur facilitator
facilitatrice group groupe l'equipe l'offreur l'offreuse me moi n/a na nobody nous offeror offreur offreuse on
others participants personne quelqu'un somebody someone team tous tout toute toutes us we
"""
_FRENCH = """
Camille Dominique Claude Alix Sacha Charlie Morgan Andréa Lou Noa Eden Ange Yaël Céleste Swann Loïs Kim Gwenn Ariel
Candide Élie Gaby Jessy Leslie Maxime Nour Robin Sam Sandy Alex Alexis Valéry Maé Mahé Stacy Anaël Louison Dany Fred
Manu Steph Mika Mel Ashley Marley
"""
_ENGLISH = """
Alex Robin Sam Jamie Taylor Jordan Casey Morgan Riley Avery Quinn Rowan Charlie Frankie Jesse Kerry Lee Leslie
Ashley Bailey Blair Cameron Dana Drew Eden Ellis Finley Hayden Jules Kendall Kim Lindsay Logan Marley Mel Parker
Peyton Reese Remy Sandy Shannon Shay Skyler Spencer Sydney Tracy Val
"""
_NO_CANDIDATES = """
i monday tuesday wednesday thursday friday saturday sunday january february march april june july august
september october november december ok french english
"""

_FREQUENT = """
aaron abdel abdou abdoulaye abdul abigail adam adama adele adeline adem adil adja adrian adrien agathe agnes ahmed
aicha aida aimee aissata aissatou alain alan albane albert alberto alejandro alessandro alex alexandra alexandre
alexia alexis alfred ali alice alicia alima aline alison alix allan allison alphonse amadou amandine amar ambre
amelia amelie amina aminata amine amir amy ana anais anas andre andrea andreas andrew andy angela angele angelina
angelique anissa anita ann anna annabelle anne annick annie anouk anthony antoine antoinette antonia antonin antonio
apolline ariane arlette armand armelle arnaud arthur ashraf assa assane assia astrid aubin aude audrey augustin
augustine aurelie aurelien aurore awa axel axelle aya aymeric ayoub aziz babacar baptiste barbara barnabe basile
bastien beatrice ben benedicte benjamin benoit bernadette bernard bernardo bertrand beverley bilal bintou blaise
blandine boris boubacar brahim brandon brenda brian brice brigitte bruno bryan camille candice capucine carine carl
carla carlos carmen carol carole caroline carolyn cassandra catherine cathy cecile cedric celeste celestin celestine
celia celine chantal charlene charles charlie charlotte cheikh cherif chiara chloe chris christelle christian
christiane christina christine christophe christopher cindy claire clara clarisse claude claudette claudia claudine
clemence clement cleo clotilde colette colin coline connor constance coralie corentin corinne cyprien cyril cyrille
dalila damien dan daniel daniela daniele danielle dany daouda david dean deborah delphine denis denise derek diana
diane didier diego dieynaba dimitri dina dirk djamel djamila djibril dolores dominique donald donna dora doriane
dorothee douglas driss dylan eddy edgar edith edmond edouard edward edwige eileen elaine eleanor elena eleonore
eliane elias elie eliot elisa elisabeth elise elizabeth ella ellen elodie eloise elsa elvire emeline emile emilie
emilien emily emma emmanuel emmanuelle enora enzo eric erica erika erin erwan esma esteban estelle esther ethan
etienne eugene eugenie eulalie eva evan eve eveline evelyne fabien fabienne fabio fabrice fadila fanny fanta farid
farida fatiha fatima fatou fatoumata faustine felicie felix ferdinand fernand fernando fiona firmin flavie flavien
fleur florence florent florian fode francesca francesco francis francisco franck francois francoise frank fred
frederic frederique gabin gabriel gabriela gabrielle gael gaelle gaetan garance gary gaspard gaston gauthier
genevieve geoffrey geoffroy george georges georgette gerald geraldine gerard germain germaine ghislain ghislaine
gilbert gilles gillian ginette giovanni gisele giulia gladys goran gordon greg gregoire gregory guillaume gustave
guy gwen gwenael gwenaelle habib hadrien hafid hakim halima hamid hamza hana hannah hans harold harry hasna hassan
hatice hector helen helena helene henri henry herbert hermine herve hicham hilary hippolyte hortense houria hubert
hugh hugo hugues hussein ian ibrahim ibrahima idriss ilan ilham ilyes iman imane imran ines ingrid irene irina isaac
isabel isabella isabelle isadora ismael issa ivan jack jackie jacky jacob jacqueline jacques jade jake jalil james
jamila jan jana jane janet janine jasmine jason javier jayden jean jeanette jeanine jeanne jeff jennifer jenny
jeremie jeremy jerome jesse jessica jessie jill jim jimmy joan joanna joao joaquin jocelyn jocelyne joe joel joelle
johan johanna john jonas jonathan jordan jordi jorge jose josef joseph josephine joshua josiane josie joyce juan
judith judy jules julia julian juliana julie julien juliette justin justine kader kadiatou kaltoum kamal kamel
kamila karen karim karima karin karine karl katarina kate katherine kathleen kathy katia kayla keith kelly ken
kenneth kenza kerry kevin khadija khaled khalid kilian koffi kofi krystel kyle laetitia laila lamia lamine lara
latifa laura laure laureen laurence laurent laurie lea leah leane leila lena leo leon leona leonard leonardo leonie
leopold leslie leticia lewis leyla lia liam lila lilia liliane lily lina linda lindsay line lionel lisa lise liv
loic lola lorena lorenzo lorraine lou louane louis louisa louise louka lounes luc luca lucas lucia lucie lucien
lucienne lucile lucy ludivine ludovic luigi luis luka luke lydia lydie lyes lyna mael maelle maeva magali magalie
mahamadou mahmoud maimouna maite malek malik malika mamadou manon manuel manuela marc marceau marcel marceline
marcelle marco marcos margaret margaux margot marguerite maria mariam mariama marianne marie marielle marina marine
mario marion marius mark marlene marta marthe martin martine marwa mary maryam maryse maryvonne mateo mathew mathias
mathieu mathilde mathis mathurin matteo matthew matthias matthieu maud maureen maurice mauricette max maxence maxim
maxime maya medhi megan mehdi mehmet melanie melina melissa melodie mercedes meriem meryem michael michel michele
micheline michelle miguel mike mila milan milena milo mina mireille miriam mohamed mohammed moise molly momar mona
monica monique morgan morgane mouna mounir moussa moustapha muriel mustapha myriam nabil nabila nacer nadege nadia
nadine nadir naima nancy naomi narcisse nassim natacha natalia natalie natasha nathalie nathan nathanael nawal ndeye
neil nell nelly nicholas nicolas nicole niels nigel nina nino noa noah noam noe noelle noemie nolan nora nordine
norma nour oceane octave octavie odette odile olga olivia olivier olympe omar orane oriane oscar othmane ousmane
pablo paco pamela paola paolo pascal pascale pascaline patrice patricia patrick paul paula paulette pauline paulo
pedro penelope perrine peter petra philip philippe philippine pia pierre pierrette pierrick prisca priscilla quentin
rabah rachel rachid rachida rafael raja ralph ramon raoul raphael raphaelle raul raymond raymonde rebecca regine
regis reine remi remy renaud rene renee richard rita rob robert roberta roberto robin rodolphe rodrigue roger roland
rolande romain romane romeo ronald ronan rosa rosalie rose roseline rosemary roxane roy ruben ruth ryad ryan sabah
sabine sabri sabrina sacha said salima salimata salma salome saloua sam samantha sami samia samir samira samuel samy
sandra sandrine sandy sanjay santiago sara sarah sasha saul scott sebastian sebastien segolene selim selma serena
serge sergio servane severine seydou shaun shirley sidonie sigrid simon simone sina sixtine sofia sofiane solange
solene sonia sophia sophie soraya soufiane souleymane stacey stan stanislas stefan stella stephan stephane stephanie
stephen steve steven stuart sue suzanne suzie sven sybille sylvain sylvaine sylvestre sylvia sylviane sylvie tamara
tania tara tarek tatiana teddy teresa terry thea theo theodore theophile therese thibaud thibault thibaut thierry
thomas tiago tim timothee timothy tina titouan tobias todd tom tomas tommy tony tracy trevor tristan ugo ulysse
valentin valentina valentine valerie vanessa vera veronique vicky victor victoria viktor vincent viola violaine
violette virginia virginie vivian viviane vladimir wafa wahiba walid walter wassim wendy wilfried william willy
xavier yacine yann yannick yannis yasmina yasmine yassine yoann yohan yolande youcef youssef yuri yusuf yvan yves
yvette yvon yvonne zacharie zachary zahia zahra zaid zakaria zelie zeynep zineb zoe zohra zoubida
"""

_ORDINARY = """
abus accès afin ailleurs ain ainsi alors anglais anis après aren asker assez aujourd aussi aussitôt autant autrice
aux avant avant-hier avec avis barnum bas beaucoup ben bien bois bras bus car cas cent cependant certes cheffe chez
choix cinq cinquante codev colis combien comme comment compromis concours confus contre contributeur contributor
contributrice corps couldn courriel courriels cours craftspeople croix curieux davantage debout dedans dehors delors
delà demain depuis derrière dessous dessus deux devant devis deçà didn discours divers dix doesn don donc dont dos
doux douze dès décès déjà encore enfin ensuite entre environ exclus excès facilitateur facilitator facilitatrice
faux fils flyer flyers fois frais français gras gros guère hadn hasn haven hein her hers heureux hier his hors huit
inclus isn its jaloux jamais joyeux jus jusqu jusque las logis loin longtemps lors lorsque mail mails mais mal
malgré mars mauvais mieux mille moins mois mustn needn neuf nez noix nombreux non néanmoins offeror offreur offreuse
onze oui our ours outre paix palais par paradis parcours parfois parmi partout pas pays pendant permis peu pis plein
pleins plus plusieurs plutôt poids pour pourquoi pourtant presque printemps prix procès progrès près précieux précis
puis puisque puissent puits quand quarante quatorze quatre que quelqu qui quinze quoi quoique radis ras rdv recours
refus relais repas roux sans sauf secours seize selon sept shan shouldn sinon six soi soixante souris sous souvent
succès sur surtout sérieux talus tandis tant tapis tard temps tennis than that their theirs them then these this
those thus toujours toutefois travers treize trente trois trop très tôt vers vieux vingt visio visios vite voici
voilà voix vraiment wasn weren whom whose wifi won wouldn your yours
"""

PARTICLES = frozenset(_PARTICLES.split())
"""Parts of names that identify nobody: articles, particles, titles."""
COMMON = frozenset(_COMMON.split())
"""Names that are everyday words too: certain with a capital, a doubt without."""
NOBODY = frozenset(_NOBODY.split()) | {
    "tout le monde", "le groupe", "the group", "the team", "l'equipe", "une personne", "le collectif", "les autres",
    "the offeror", "the facilitator", "le facilitateur", "la facilitatrice",
}  # fmt: skip
"""What a name field may contain instead of a name."""
FIRST_NAMES = {"fr": tuple(_FRENCH.split()), "en": tuple(_ENGLISH.split())}
"""Pseudonyms: first names that suit anybody."""
NOUNS: dict[str, dict[str, tuple[str, str, str]]] = {
    "fr": {
        "place": ("une ville", "une autre ville", "une ville ({n})"),
        "organisation": ("une structure", "une autre structure", "une structure ({n})"),
        "group": ("un groupe", "un autre groupe", "un groupe ({n})"),
        "person": ("une personne", "une autre personne", "une personne ({n})"),
    },
    "en": {
        "place": ("a town", "another town", "a town ({n})"),
        "organisation": ("an organisation", "another organisation", "an organisation ({n})"),
        "group": ("a group", "another group", "a group ({n})"),
        "person": ("someone", "someone else", "someone ({n})"),
    },
}
"""The nouns that replace the first, the second and each further name of a kind."""
REACH = {
    "fr": {"mail": "une adresse", "link": "un lien", "phone": "un numéro", "account": "un compte"},
    "en": {"mail": "an address", "link": "a link", "phone": "a number", "account": "an account"},
}
"""The nouns that replace contact details, by kind."""
NO_CANDIDATES = frozenset(_NO_CANDIDATES.split())
"""Capitalised words that are not names."""
FREQUENT_FIRST_NAMES = frozenset(_FREQUENT.split())
"""Frequent French and English first names, without accents: each is at least a doubt."""
ORDINARY_WORDS = frozenset(_ORDINARY.split())
"""Invariable words, which lists of lemmas leave out, and words of workshops."""

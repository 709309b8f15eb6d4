"""Lists that finding and replacing names need, by language: they are data, not sentences of the program."""

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

PARTICLES = frozenset(_PARTICLES.split())
"""Parts of names that say nothing of who it is."""
COMMON = frozenset(_COMMON.split())
"""First and last names that are words as well: found with a capital only; else they are doubts."""
NOBODY = frozenset(_NOBODY.split()) | {
    "tout le monde", "le groupe", "the group", "the team", "l'equipe", "une personne", "le collectif", "les autres",
    "the offeror", "the facilitator", "le facilitateur", "la facilitatrice",
}  # fmt: skip
"""What stands in the place of a name and names nobody."""
FIRST_NAMES = {"fr": tuple(_FRENCH.split()), "en": tuple(_ENGLISH.split())}
"""First names that say nothing of who it is."""
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
"""What stands for the first, the second, any further place, employer, group, or person whose name is gone."""
REACH = {
    "fr": {"mail": "une adresse", "link": "un lien", "phone": "un numéro", "account": "un compte"},
    "en": {"mail": "an address", "link": "a link", "phone": "a number", "account": "an account"},
}
"""What stands for a way of reaching somebody."""
NO_CANDIDATES = frozenset(_NO_CANDIDATES.split())
"""Words with a capital that are no names."""

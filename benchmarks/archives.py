"""Invented archives in French, always the same from the same seed, as large as one likes."""

from __future__ import annotations

import datetime
import random
from typing import TYPE_CHECKING

from entraide_tui.common.text import slug
from entraide_tui.common.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

_LISTS = """\
Awa Jean Inès Marc Léa Paul Nadia Bruno Hélène Gaëlle Loïc Chloé Zoé Cécile Éloïse Raphaël Anaïs Benoît Noé
Sofiane Maïa Yanis Rosalie Théo Hugo Claire Fatou Mehdi Agnès Solène Thérèse René Françoise Moïse Océane Jérôme
Aïcha Émile Salomé Gwenaël

Morel Diallo Lefèvre Nguyen Garcia Bénard Rousseau Petit Kaya Lemoine Hervé Fabre Chevalier Sœur Noël Barré

comité équipe réunion habitant bénévole marché projet demande année commune association accueil atelier séance
groupe personne idée question réponse travail place partage école jeune famille mairie salle budget matin soir
semaine mois quartier besoin parole œuvre cœur vœu sœur nœud délégation hélice héritage hôtel îlot naïveté
ambiguïté maçonnerie garçon reçu leçon façade placier kermesse récolte compost verger tricot vélo remorque
chaudière toiture grenier cave recyclage réemploi ressourcerie médiathèque bibliothèque lecture conte théâtre
chorale fanfare guinguette fresque jardin potager serre ruche miel pain four cuisine cantine régie comptable
trésorerie subvention mécène convention bail assurance sinistre litige médiation écoute silence colère peur joie
fatigue repos relève tuilage passation mémoire archive portrait exposition vernissage brochure affiche tract
courriel téléphone porte-à-porte enquête sondage assemblée vote consensus objection compromis charte règlement
statut bureau présidence secrétariat élection mandat parrainage planning horaire local clé loyer chauffage devis
facture dossier formulaire rapport bilan objectif critère indicateur calendrier délai retard urgence priorité
liste tableau carte plan chemin étape relais tandem binôme duo cercle tour table chaise café goûter repas
pique-nique fête bal concert film débat rencontre voisin parent enfant ado aîné retraité salarié stagiaire élu
maire adjoint directrice voisinage immeuble cour rue parking gare bus marche balade forêt rivière étang graine
semis taille haie outil atelier-bois

déléguer éluder relancer rassurer alléger simplifier reporter refuser négocier recruter former documenter
raconter célébrer remercier évaluer mesurer chiffrer planifier improviser bricoler réparer écouter parler
proposer demander trouver chercher donner garder laisser arriver rester partager organiser animer préparer
inviter appeler rencontrer motiver fatiguer lasser douter oser essayer tester changer avancer reculer bloquer
débloquer aider porter confier répéter

le la les un une des de du en à au aux pour par avec sans dans sur et ou mais que qui ne pas plus très
"""
_FIRST, _LAST, _NOUNS, _VERBS, _LITTLE = (part.split() for part in _LISTS.split("\n\n"))
_GROUPS = (
    "Réseau lecture publique",
    "Maison de quartier des Écluses",
    "La recyclerie",
    "Cœur de bourg",
    "Équipe du jeudi",
)
_THEMES = (
    "participation", "bénévolat", "vie d’équipe", "organisation", "conflits", "financement", "communication", "accueil",
    "jeunesse", "coopération", "gouvernance", "réunions", "délégation", "épuisement", "partenariats", "numérique",
)  # fmt: skip
_ENDINGS = ("er", "e", "es", "ons", "ez", "ent", "é", "ée", "és", "ait", "aient", "era", "ant")


def _vocabulary() -> tuple[list[str], list[float]]:
    """Words, and how often each is used: the first ones in most records, the last ones in few."""
    words = [form for noun in _NOUNS for form in (noun, f"{noun}s")]
    words += [verb.removesuffix("er") + ending for verb in _VERBS for ending in _ENDINGS]
    random.Random(3).shuffle(words)  # noqa: S311 - any order will do
    words.sort(key=lambda word: word not in ("réunion", "habitants", "bénévoles", "équipe", "projet"))
    weights, total = [], 0.0
    for rank in range(len(words)):
        total += 1 / (rank + 3)
        weights.append(total)
    return words, weights


_WORDS, _OFTEN = _vocabulary()


def _words(random_: random.Random, number: int) -> str:
    out = random_.choices(_WORDS, cum_weights=_OFTEN, k=number)
    for index in range(0, number, 2):
        out[index] = random_.choice(_LITTLE)
    if random_.random() < 0.2:
        out[-1] = f"l’{out[-1]}"
    return " ".join(out)


def _sentence(random_: random.Random, number: int) -> str:
    text = _words(random_, number)
    return text[0].upper() + text[1:] + random_.choice((".", ".", " ?", "…"))


def text(random_: random.Random, day: datetime.date, number: int) -> tuple[str, str]:
    """The id and the file of one record, about 2.6 kB."""
    people = [f"{random_.choice(_FIRST)} {random_.choice(_LAST)}" for _n in range(6)]
    title = _sentence(random_, random_.randint(3, 6)).rstrip(".?… \u202f")
    name = f"{day.isoformat()}-{slug(title)}-{number:06x}"
    names = ", ".join(f'"{p}"' for p in people[2:])
    lines = [
        "format = 1", f'id = "{name}"', f'title = "{title}"', f"date = {day.isoformat()}",
        f"start = {day.isoformat()}T09:02:11+01:00", 'language = "fr"', f'group = "{random_.choice(_GROUPS)}"',
        f'themes = ["{random_.choice(_THEMES)}", "{random_.choice(_THEMES)}"]',
        'kit = { id = "atelier-entraide", version = 1, title = "Atelier d’entraide" }', "",
        "[people]", f'offeror = "{people[0]}"', f'facilitator = "{people[1]}"', f"contributors = [{names}]", "",
        "[request]", f'text = "{_sentence(random_, 14)}"', f'context = "{_sentence(random_, 30)}"', "",
    ]  # fmt: skip
    for _n in range(2):
        lines += ["[[ideas]]", f'text = "{_sentence(random_, 9)}"', f'by = ["{random_.choice(people[2:])}"]', ""]
    for _n in range(random_.randint(1, 3)):
        due = day + datetime.timedelta(random_.randint(5, 40))
        status = random_.choice(("open", "done", "done", "dropped"))
        lines += [
            "[[actions]]", f'what = "{_sentence(random_, 7)}"', f'who = "{random_.choice(people)}"',
            f"due = {due.isoformat()}", f'first_step = "{_sentence(random_, 5)}"', "idea = 1", f'status = "{status}"',
            f'outcome = "{_sentence(random_, 6)}"', "",
        ]  # fmt: skip
    for section, count, size in (("topics", 3, 8), ("questions", 2, 7), ("contributions", 4, 10), ("learnings", 2, 6)):
        for _n in range(count):
            lines += [f"[[{section}]]", f'text = "{_sentence(random_, size)}"', f'by = "{random_.choice(people)}"', ""]
    return name, "\n".join(lines)


def make(folder: Path, number: int) -> Workspace:
    """A workspace of so many records, spread over about ten years."""
    random_ = random.Random(number)  # noqa: S311 - the same archive each time
    first = datetime.date(2017, 1, 2)
    made: set[Path] = set()
    for index in range(number):
        day = first + datetime.timedelta(index * 3650 // number)
        name, content = text(random_, day, index)
        place = folder / "sessions" / str(day.year)
        if place not in made:
            place.mkdir(parents=True)
            made.add(place)
        (place / f"{name}.toml").write_text(content, encoding="utf-8")
    return Workspace(folder)


QUERIES = (
    "comité", "comi", "reun", "équipe", "equipe", "helene", "Hélène", "coeur", "cœur", "œuvre", "deleg", "marché",
    "bénévoles", "mairie", "verger", "theatre", "remorq", "mediation", "trésorerie", "fatigue", "com", "par", "ben",
    "hab", "l’équipe", "porte-à-porte", "comité marché", "réunion bénévoles", "équipe relancer", "coeur bourg",
    "awa comité", "jardin potager", "écouter silence", "vote consensus", "habitants quartier salle",
    "bénévoles fatigue relève", "compost verger jardin", "budget mairie subvention", "offeror:awa comité",
    "theme:participation marché", "by:hélène idée", "is:open verger", "after:2024 comité", "group:recyclerie réemploi",
)  # fmt: skip
"""What people may look for: rare and frequent words, beginnings, accents or none, several words, filters."""

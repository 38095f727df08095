"""The words by which references name places, in the languages of editions.

… stands for the number, or for what is named. Pages, lines and notes are abbreviated as
bibliographies in each language do it.
"""

from __future__ import annotations

from collections.abc import Mapping

# What each says is told in reading/settings.py.
ReferenceTerms = Mapping[str, str]

REFERENCE_TERMS: dict[str, ReferenceTerms] = {
    "en": {
        "page": "p. …", "pages": "pp. …", "line": "l. …", "lines": "ll. …",
        "above": "above, …", "below": "below, …",
        "clause": "clause … of …", "note": "n. … on …",
        "remark": "note on …", "entry": "entry on …", "quoted": "“…”",
    },
    "la": {
        "page": "p. …", "pages": "pp. …", "line": "l. …", "lines": "ll. …",
        "above": "supra, …", "below": "infra, …",
        "clause": "cap. … in …", "note": "adn. … ad …",
        "remark": "adn. ad …", "entry": "app. ad …", "quoted": "‘…’",
    },
    "de": {
        "page": "S. …", "pages": "S. …", "line": "Z. …", "lines": "Z. …",
        "above": "oben, …", "below": "unten, …",
        "clause": "Punkt … von …", "note": "Anm. … auf …",
        "remark": "Anm. zu …", "entry": "Eintrag zu …", "quoted": "„…“",
    },
    "fr": {
        "page": "p. …", "pages": "p. …", "line": "l. …", "lines": "l. …",
        "above": "ci-dessus, …", "below": "ci-dessous, …",
        "clause": "clause … de …", "note": "n. …, …",
        "remark": "note sur …", "entry": "variante de …", "quoted": "« … »",
    },
    "it": {
        "page": "p. …", "pages": "pp. …", "line": "r. …", "lines": "rr. …",
        "above": "sopra, …", "below": "sotto, …",
        "clause": "punto … di …", "note": "n. … a …",
        "remark": "nota a …", "entry": "variante di …", "quoted": "«…»",
    },
    "es": {
        "page": "p. …", "pages": "pp. …", "line": "l. …", "lines": "ll. …",
        "above": "más arriba, …", "below": "más abajo, …",
        "clause": "cláusula … de …", "note": "n. …, …",
        "remark": "nota sobre …", "entry": "variante de …", "quoted": "«…»",
    },
    "ru": {
        "page": "с. …", "pages": "с. …", "line": "стк. …", "lines": "стк. …",
        "above": "выше, …", "below": "ниже, …",
        "clause": "пункт … в …", "note": "прим. … на …",
        "remark": "прим. к …", "entry": "разночтение к …", "quoted": "«…»",
    },
}  # fmt: skip


def reference_terms(lang: str, own: Mapping[str, str]) -> ReferenceTerms:
    """The words of a language (BCP 47), English where it has none here; an edition's own first."""
    words = REFERENCE_TERMS.get(lang.partition("-")[0].lower(), REFERENCE_TERMS["en"])
    return {**words, **own}

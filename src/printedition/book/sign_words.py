"""What the editorial signs mean, in the languages of editions; for the list of signs of a book.

English is that of the signs themselves, which the manual lists.
"""

from __future__ import annotations

from collections.abc import Mapping

from printedition.edition.signs import SIGNS

BRACKETS = "brackets"  # of the heads of letters and of dates

_ENGLISH = {kind: sign.meaning for kind, sign in SIGNS.items()} | {
    BRACKETS: "in heads of letters and in dates: supplied by the editor",
}

MEANINGS: dict[str, Mapping[str, str]] = {
    "en": _ENGLISH,
    "de": {
        "supplied": "vom Herausgeber ergänzt",
        "surplus": "in der Vorlage, vom Herausgeber getilgt",
        "deleted": "in der Vorlage von derselben Hand getilgt",
        "addition": "in der Vorlage zwischen den Zeilen oder am Rand hinzugefügt",
        "expansion": "eine vom Herausgeber aufgelöste Abkürzung",
        "unclear": "unsicher gelesen (unterpunktet)",
        "crux": "verderbt",
        "lacuna": "verloren; darin Punkte oder eine Vermutung",
        "gloss": "ein Wort der Herausgeber der Vorlage",
        BRACKETS: "in Briefköpfen und Daten: vom Herausgeber ergänzt",
    },
    "fr": {
        "supplied": "ajouté par l’éditeur",
        "surplus": "dans la source, supprimé par l’éditeur",
        "deleted": "supprimé dans la source par la même main",
        "addition": "ajouté dans la source entre les lignes ou dans la marge",
        "expansion": "abréviation développée par l’éditeur",
        "unclear": "de lecture douteuse (pointé au-dessous)",
        "crux": "corrompu",
        "lacuna": "perdu ; des points ou une conjecture à l’intérieur",
        "gloss": "un mot des éditeurs de la source",
        BRACKETS: "dans les en-têtes de lettres et les dates : suppléé par l’éditeur",
    },
    "it": {
        "supplied": "integrato dal curatore",
        "surplus": "nella fonte, espunto dal curatore",
        "deleted": "cancellato nella fonte dalla stessa mano",
        "addition": "aggiunto nella fonte tra le righe o nel margine",
        "expansion": "abbreviazione sciolta dal curatore",
        "unclear": "di lettura incerta (puntato in basso)",
        "crux": "corrotto",
        "lacuna": "perduto; all’interno punti o una congettura",
        "gloss": "una parola dei curatori della fonte",
        BRACKETS: "nelle intestazioni delle lettere e nelle date: integrato dal curatore",
    },
    "es": {
        "supplied": "suplido por el editor",
        "surplus": "en la fuente, suprimido por el editor",
        "deleted": "tachado en la fuente por la misma mano",
        "addition": "añadido en la fuente entre líneas o al margen",
        "expansion": "abreviatura desarrollada por el editor",
        "unclear": "de lectura dudosa (con puntos debajo)",
        "crux": "corrupto",
        "lacuna": "perdido; dentro, puntos o una conjetura",
        "gloss": "una palabra de los editores de la fuente",
        BRACKETS: "en los encabezamientos de cartas y en las fechas: suplido por el editor",
    },
    "ru": {
        "supplied": "восстановлено издателем",
        "surplus": "есть в источнике, исключено издателем",
        "deleted": "зачёркнуто в источнике той же рукой",
        "addition": "вписано в источнике между строк или на полях",
        "expansion": "сокращение, раскрытое издателем",
        "unclear": "прочтено предположительно (точки под буквами)",
        "crux": "испорченное место",
        "lacuna": "утрачено; внутри точки или предположение",
        "gloss": "слово издателей источника",
        BRACKETS: "в заголовках писем и в датах: дополнено издателем",
    },
    "la": {
        "supplied": "ab editore suppletum",
        "surplus": "in fonte, ab editore deletum",
        "deleted": "in fonte eadem manu deletum",
        "addition": "in fonte inter lineas vel in margine additum",
        "expansion": "compendium ab editore solutum",
        "unclear": "dubie lectum (punctis suppositis)",
        "crux": "corruptum",
        "lacuna": "deperditum; insunt puncta vel coniectura",
        "gloss": "verbum editorum fontis",
        BRACKETS: "in titulis epistularum et in diebus: ab editore suppletum",
    },
}


def meanings_of_signs(lang: str) -> Mapping[str, str]:
    """By the kind of a sign, what it means in a language (BCP 47), English where it has none."""
    return MEANINGS.get(lang.partition("-")[0].lower(), _ENGLISH)

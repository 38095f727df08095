"""How the alphabets of languages differ from the default order of Unicode, and what lists skip.

pyuca has the default table only (DUCET), in which a letter with an accent follows the letter
without it. What is a letter of its own in a language is told here, as the collation charts of the
Unicode CLDR tell it; only the letters that a language itself uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

_T = TypeVar("_T")

# After each letter those that follow it; in one item, apart by blanks, what counts as one letter.
Letters = Mapping[str, tuple[str, ...]]

_NORDIC_END: Letters = {"z": ("æ ä", "ø ö", "å aa")}
_SOUTH_SLAVIC: Letters = {
    "c": ("č", "ć"), "d": ("dž", "đ"), "l": ("lj",), "n": ("nj",), "s": ("š",), "z": ("ž",),
}  # fmt: skip

TAILORINGS: Mapping[str, Letters] = {
    "az": {
        "c": ("ç",), "e": ("ə",), "g": ("ğ",), "h": ("x", "ı", "i"), "k": ("q",), "o": ("ö",),
        "s": ("ş",), "u": ("ü",),
    },
    "bs": _SOUTH_SLAVIC,
    "cs": {"c": ("č",), "h": ("ch",), "r": ("ř",), "s": ("š",), "z": ("ž",)},
    "da": _NORDIC_END,
    "eo": {"c": ("ĉ",), "g": ("ĝ",), "h": ("ĥ",), "j": ("ĵ",), "s": ("ŝ",), "u": ("ŭ",)},
    "es": {"n": ("ñ",)},
    "et": {"s": ("š", "z", "ž"), "w": ("õ", "ä", "ö", "ü")},
    "fi": {"z": ("å", "ä æ", "ö ø")},
    "gl": {"n": ("ñ",)},
    "hr": _SOUTH_SLAVIC,
    "hu": {
        "c": ("cs",), "d": ("dz", "dzs"), "g": ("gy",), "l": ("ly",), "n": ("ny",),
        "o": ("ö ő",), "s": ("sz",), "t": ("ty",), "u": ("ü ű",), "z": ("zs",),
    },
    "is": {
        "a": ("á",), "d": ("ð",), "e": ("é",), "i": ("í",), "o": ("ó",), "u": ("ú",),
        "y": ("ý",), "z": ("þ", "æ", "ö ø", "å"),
    },
    "lt": {"c": ("č",), "s": ("š",), "z": ("ž",)},
    "lv": {
        "c": ("č",), "g": ("ģ",), "k": ("ķ",), "l": ("ļ",), "n": ("ņ",), "s": ("š",), "z": ("ž",),
    },
    "nb": _NORDIC_END,
    "nn": _NORDIC_END,
    "no": _NORDIC_END,
    "pl": {
        "a": ("ą",), "c": ("ć",), "e": ("ę",), "l": ("ł",), "n": ("ń",), "o": ("ó",),
        "s": ("ś",), "z": ("ź", "ż"),
    },
    "ro": {"a": ("ă", "â"), "i": ("î",), "s": ("ș ş",), "t": ("ț ţ",)},
    "sk": {
        "a": ("ä",), "c": ("č",), "h": ("ch",), "o": ("ô",), "s": ("š",), "z": ("ž",),
    },
    "sl": {"c": ("č", "ć"), "d": ("đ",), "s": ("š",), "z": ("ž",)},
    "sq": {
        "c": ("ç",), "d": ("dh",), "e": ("ë",), "g": ("gj",), "l": ("ll",), "n": ("nj",),
        "r": ("rr",), "s": ("sh",), "t": ("th",), "x": ("xh",), "z": ("zh",),
    },
    "sr-latn": _SOUTH_SLAVIC,
    "sv": {"z": ("å", "ä æ", "ö ø")},
    "tr": {
        "c": ("ç",), "g": ("ğ",), "h": ("ı", "i"), "o": ("ö",), "s": ("ş",), "u": ("ü",),
    },
    "uk": {"г": ("ґ",), "і": ("ї",)},
}  # fmt: skip

# A language in another script than Latin has its own before the others.
SCRIPTS: Mapping[str, str] = {
    **dict.fromkeys(("be", "bg", "cu", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"), "Cyrillic"),
    **dict.fromkeys(("el", "grc"), "Greek"),
}
_SERBIAN_IN_LATIN = "sr-latn"

# Words that sorting passes over at the head of a heading; those with an apostrophe are joined.
ARTICLES: Mapping[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "ca": "el la els les l’ un una",
        "da": "en et den det",
        "de": "der die das ein eine",
        "en": "a an the",
        "es": "el la los las un una",
        "fr": "le la les l’ un une",
        "hu": "a az egy",
        "it": "il lo la i gli le l’ un uno una un’",
        "nb": "en ei et den det",
        "nl": "de het een",
        "nn": "ein ei eit den det",
        "pt": "o a os as um uma",
        "sv": "en ett den det",
    }.items()
}
# In these a name such as “Le Goff, Jacques” begins with what is otherwise an article.
ARTICLES_IN_NAMES = frozenset(("ca", "es", "fr", "it", "pt"))

# Of a subheading the other small words count as little (Chicago Manual of Style, 17th ed., 16.68).
PARTICLES: Mapping[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "de": "als am an auf aus bei der die das dem den des durch für gegen im in ins mit nach "
        "über um und unter vom von vor zu zum zur zwischen",
        "en": "about after against among and as at before between by during for from in into of "
        "on or over to toward towards under upon with within without",
        "es": "a al ante bajo como con contra de del desde en entre hacia para por sin sobre y",
        "fr": "à au aux avec chez comme contre d’ dans de des du en entre et par pour sans sous "
        "sur vers",
        "it": "a al alla ai con contro da dal dalla del dell’ della dei di e in nel nella per su "
        "sul sulla tra",
        "ru": "в во и из за к ко на о об от по при про с со у",
    }.items()
}


def of_language(table: Mapping[str, _T], lang: str) -> _T | None:
    """What a table has for a language (BCP 47), or for the language without its region."""
    whole, first = lang.lower(), lang.partition("-")[0].lower()
    if first == "sr" and _SERBIAN_IN_LATIN.partition("-")[2] in whole.split("-"):
        return table.get(_SERBIAN_IN_LATIN)
    return table.get(whole, table.get(first))

"""How words of a language change that still name the same: its possessives and plurals.

Only what is regular is known here, and only of languages in which that can be told from the word's
end; an index lists the other forms of a name one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from printedition.edition.index import Inflection

_Rule = Callable[[str], tuple[str, ...]]

_HISSES = ("s", "x", "z")


def _of_english(word: str) -> tuple[str, ...]:
    bare = (f"{word}’", f"{word}'") if word[-1:].lower() in _HISSES else ()
    return f"{word}’s", f"{word}'s", *bare


def _of_dutch(word: str) -> tuple[str, ...]:
    return f"{word}s", f"{word}’s", f"{word}'s", f"{word}’", f"{word}'"


def _with_s(word: str) -> tuple[str, ...]:
    """German and Scandinavian: Lenins; after s, x and z an apostrophe, if anything."""
    return (f"{word}’", f"{word}'") if word[-1:].lower() in _HISSES else (f"{word}s",)


def _many_in_english(word: str) -> tuple[str, ...]:
    low = word.lower()
    if low.endswith(("s", "x", "z", "ch", "sh")):
        return (f"{word}es",)
    if low.endswith("y") and low[-2:-1] not in ("", *"aeiou"):
        return f"{word[:-1]}ies", f"{word}s"  # cities, but Kennedys
    return (f"{word}s", f"{word}es") if low.endswith("o") else (f"{word}s",)


def _many_in_french(word: str) -> tuple[str, ...]:
    low = word.lower()
    if low.endswith(_HISSES):
        return ()
    if low.endswith("al"):
        return f"{word[:-1]}ux", f"{word}s"
    return (f"{word}x", f"{word}s") if low.endswith(("au", "eu", "ou")) else (f"{word}s",)


def _many_in_spanish(word: str) -> tuple[str, ...]:
    low = word.lower()
    if low.endswith("z"):
        return (f"{word[:-1]}ces",)
    if low[-1:] in "aeiouáéó":
        return (f"{word}s",)
    for ending, plain in (("ión", "ion"), ("és", "es"), ("án", "an"), ("ín", "in"), ("ón", "on")):
        if low.endswith(ending):
            return (f"{word[: -len(ending)]}{plain}es",)
    return (f"{word}es", word) if low.endswith("s") else (f"{word}es",)


def _many_in_italian(word: str) -> tuple[str, ...]:
    stem, last = word[:-1], word[-1:].lower()
    if last == "a":
        hard = word[-2:-1].lower() in ("c", "g")
        return f"{stem}{'h' if hard else ''}e", f"{stem}{'h' if hard else ''}i"
    if word.lower().endswith("io"):
        return (stem,)
    if word.lower().endswith(("co", "go")):
        return f"{stem}hi", f"{stem}i"
    return (f"{stem}i",) if last in ("o", "e") else ()


_RULES: Mapping[Inflection, Mapping[str, _Rule]] = {
    Inflection.POSSESSIVE: {
        "en": _of_english,
        "nl": _of_dutch,
        **dict.fromkeys(("de", "da", "nb", "nn", "no", "sv"), _with_s),
    },
    Inflection.PLURAL: {
        "en": _many_in_english,
        "es": _many_in_spanish,
        "fr": _many_in_french,
        "it": _many_in_italian,
    },
}


def is_known(inflection: Inflection, lang: str) -> bool:
    """Whether the words of a language (BCP 47) can be inflected so."""
    return _primary(lang) in _RULES[inflection]


def inflected(form: str, inflections: Collection[Inflection], lang: str) -> Iterator[str]:
    """The other forms that a form has by declaration: its last word in the plural, possessive."""
    many = _by_rule(form, Inflection.PLURAL, inflections, lang)
    yield from many
    for each in (form, *many):
        yield from _by_rule(each, Inflection.POSSESSIVE, inflections, lang)


def _by_rule(
    form: str, inflection: Inflection, wanted: Collection[Inflection], lang: str
) -> tuple[str, ...]:
    rule = _RULES[inflection].get(_primary(lang))
    if rule is None or inflection not in wanted or not form[-1:].isalnum():
        return ()
    return rule(form)


def _primary(lang: str) -> str:
    return lang.partition("-")[0].lower()

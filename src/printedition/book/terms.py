"""The words of the apparatus (om., add., cett.) in the languages of editions, and their meaning.

Latin is that of the trade (West 1973, 74–75; the list of the ekdosis manual; Maurer and Scullion,
Commonest Abbreviations Used in the Apparatus to a Classical Text). Editions in other languages say
the same in their own. German is that of editions of sources and letters: *fehlt*, not
“ausgelassen”, which knows why (Monumenta Germaniae Historica; the edition of Francke's letters has
*gestrichen*, *korrigiert aus*, *unleserlich*). Russian is that of the rules for editing acts:
*нет*, *повторено*, and *чистое место*, since “пропуск” is an omission too (Каштанов, Актовая
археография, 1998). French has *suppr.*, since “supp.” is a supplement, and like Italian and Spanish
says of what a witness lacks that it is absent, not that it is “not in”.
"""

from __future__ import annotations

from collections.abc import Mapping

# What is said, and what it means; the same where the words explain themselves.
Terms = Mapping[str, tuple[str, str]]

TERMS: dict[str, Terms] = {
    "en": {
        "om": ("om.", "omitted in"),
        "add": ("add.", "added in"),
        "transp": ("transp.", "transposed in"),
        "del": ("del.", "deleted in"),
        "corr": ("corr. from", "corrected from"),
        "iter": ("rep.", "repeated in"),
        "lacuna": ("lacuna", "lacuna"),
        "illegible": ("illegible", "illegible"),
        "blank": ("left blank", "left blank"),
        "line": ("line", "line"),
        "lines": ("lines", "lines"),
        "rest": ("rest", "all other witnesses"),
        "all": ("all", "all witnesses"),
        "after": ("after", "after"),
        "before": ("before", "before"),
        "without": ("not in", "not in"),
    },
    "la": {
        "om": ("om.", "omisit"),
        "add": ("add.", "addidit"),
        "transp": ("transp.", "transposuit"),
        "del": ("del.", "delevit"),
        "corr": ("corr. ex", "correctum ex"),
        "iter": ("iter.", "iteravit"),
        "lacuna": ("lac.", "lacuna"),
        "illegible": ("legi nequit", "legi nequit"),
        "blank": ("spat. vac.", "spatium vacuum"),
        "line": ("vers.", "versum"),
        "lines": ("vers.", "versus"),
        "rest": ("cett.", "ceteri codices"),
        "all": ("codd.", "codices omnes"),
        "after": ("post", "post"),
        "before": ("ante", "ante"),
        "without": ("non hab.", "non habet"),
    },
    "de": {
        "om": ("fehlt", "fehlt"),
        "add": ("hinzugef.", "hinzugefügt in"),
        "transp": ("umgest.", "umgestellt in"),
        "del": ("gestr.", "gestrichen in"),
        "corr": ("korr. aus", "korrigiert aus"),
        "iter": ("wdh.", "wiederholt in"),
        "lacuna": ("Lücke", "Lücke"),
        "illegible": ("unleserlich", "unleserlich"),
        "blank": ("freigelassen", "freigelassen"),
        "line": ("Vers", "Vers"),
        "lines": ("Verse", "Verse"),
        "rest": ("übr.", "die übrigen Zeugen"),
        "all": ("alle", "alle Zeugen"),
        "after": ("nach", "nach"),
        "before": ("vor", "vor"),
        "without": ("nicht in", "nicht in"),
    },
    "fr": {
        "om": ("om.", "omis dans"),
        "add": ("aj.", "ajouté dans"),
        "transp": ("transp.", "transposé dans"),
        "del": ("suppr.", "supprimé dans"),
        "corr": ("corr. à partir de", "corrigé à partir de"),
        "iter": ("rép.", "répété dans"),
        "lacuna": ("lacune", "lacune"),
        "illegible": ("illisible", "illisible"),
        "blank": ("laissé en blanc", "laissé en blanc"),
        "line": ("vers", "vers"),
        "lines": ("vers", "vers"),
        "rest": ("les autres", "tous les autres témoins"),
        "all": ("tous", "tous les témoins"),
        "after": ("après", "après"),
        "before": ("avant", "avant"),
        "without": ("absent de", "absent de"),
    },
    "it": {
        "om": ("om.", "omesso in"),
        "add": ("agg.", "aggiunto in"),
        "transp": ("trasp.", "trasposto in"),
        "del": ("canc.", "cancellato in"),
        "corr": ("corr. da", "corretto da"),
        "iter": ("rip.", "ripetuto in"),
        "lacuna": ("lacuna", "lacuna"),
        "illegible": ("illeggibile", "illeggibile"),
        "blank": ("spazio bianco", "spazio bianco"),
        "line": ("verso", "verso"),
        "lines": ("versi", "versi"),
        "rest": ("gli altri", "tutti gli altri testimoni"),
        "all": ("tutti", "tutti i testimoni"),
        "after": ("dopo", "dopo"),
        "before": ("prima di", "prima di"),
        "without": ("manca in", "manca in"),
    },
    "es": {
        "om": ("om.", "omitido en"),
        "add": ("añad.", "añadido en"),
        "transp": ("transp.", "transpuesto en"),
        "del": ("tach.", "tachado en"),
        "corr": ("corr. de", "corregido de"),
        "iter": ("rep.", "repetido en"),
        "lacuna": ("laguna", "laguna"),
        "illegible": ("ilegible", "ilegible"),
        "blank": ("espacio en blanco", "espacio en blanco"),
        "line": ("verso", "verso"),
        "lines": ("versos", "versos"),
        "rest": ("los demás", "los demás testimonios"),
        "all": ("todos", "todos los testimonios"),
        "after": ("después de", "después de"),
        "before": ("antes de", "antes de"),
        "without": ("falta en", "falta en"),
    },
    "ru": {
        "om": ("нет", "нет"),
        "add": ("доб.", "добавлено в"),
        "transp": ("перест.", "переставлено в"),
        "del": ("зач.", "зачеркнуто в"),
        "corr": ("испр. из", "исправлено из"),
        "iter": ("повт.", "повторено в"),
        "lacuna": ("лакуна", "лакуна"),
        "illegible": ("нрзб.", "неразборчиво"),
        "blank": ("чистое место", "чистое место"),
        "line": ("стих", "стих"),
        "lines": ("стихи", "стихи"),
        "rest": ("прочие", "все прочие источники"),
        "all": ("все", "все источники"),
        "after": ("после", "после"),
        "before": ("перед", "перед"),
        "without": ("нет в", "нет в"),
    },
}


# Where what is said agrees with the line or lines that it is said of.
_AGREEING = {
    "Verse fehlt": "Verse fehlen",
    "стих нет": "стиха нет",
    "стихи нет": "стихов нет",
}


# What the conspectus says of the form of the apparatus, by the word that declares it.
FORMS: dict[str, Mapping[str, str]] = {
    "en": {
        "positive": "The apparatus is positive: entries name the witnesses that agree with the "
        "text.",
        "negative": "The apparatus is negative: a witness that is not named agrees with the text.",
        "mixed": "A witness that is not named agrees with the text, but where an entry names those "
        "that agree.",
    },
    "la": {
        "positive": "Apparatus positivus: nominantur testes qui cum textu consentiunt.",
        "negative": "Apparatus negativus: testis qui non nominatur cum textu consentit.",
        "mixed": "Testis qui non nominatur cum textu consentit, nisi ubi consentientes nominantur.",
    },
    "de": {
        "positive": "Positiver Apparat: Genannt werden die Zeugen, die mit dem Text "
        "übereinstimmen.",
        "negative": "Negativer Apparat: Ein Zeuge, der nicht genannt wird, stimmt mit dem Text "
        "überein.",
        "mixed": "Ein Zeuge, der nicht genannt wird, stimmt mit dem Text überein, außer wo die "
        "übereinstimmenden genannt sind.",
    },
    "fr": {
        "positive": "Apparat positif : les témoins qui s’accordent avec le texte sont nommés.",
        "negative": "Apparat négatif : un témoin qui n’est pas nommé s’accorde avec le texte.",
        "mixed": "Un témoin qui n’est pas nommé s’accorde avec le texte, sauf là où ceux qui "
        "s’accordent sont nommés.",
    },
    "it": {
        "positive": "Apparato positivo: sono nominati i testimoni che concordano con il testo.",
        "negative": "Apparato negativo: un testimone non nominato concorda con il testo.",
        "mixed": "Un testimone non nominato concorda con il testo, salvo dove sono nominati quelli "
        "che concordano.",
    },
    "es": {
        "positive": "Aparato positivo: se nombran los testimonios que concuerdan con el texto.",
        "negative": "Aparato negativo: un testimonio no nombrado concuerda con el texto.",
        "mixed": "Un testimonio no nombrado concuerda con el texto, salvo donde se nombran los que "
        "concuerdan.",
    },
    "ru": {
        "positive": "Аппарат позитивный: названы источники, согласные с текстом.",
        "negative": "Аппарат негативный: источник, который не назван, согласен с текстом.",
        "mixed": "Источник, который не назван, согласен с текстом, кроме мест, где названы "
        "согласные.",
    },
}


def terms_of(lang: str, own: Mapping[str, str]) -> Terms:
    """The terms of a language (BCP 47), Latin where it has none here; an edition's own first."""
    terms = TERMS.get(_language(lang), TERMS["la"])
    return {key: (own.get(key, said), meaning) for key, (said, meaning) in terms.items()}


def said_of_lines(lines: str, said: str) -> str:
    """What is said of one line or several, as these are called in the same language."""
    words = f"{lines} {said}"
    return _AGREEING.get(words, words)


def meaning_of(term: str, lang: str) -> str:
    """What a term means in the language of the book, English where that has none here."""
    return TERMS.get(_language(lang), TERMS["en"])[term][1]


def form_in_words(form: str, lang: str) -> str:
    """What the form of the apparatus means, in the language of the book or in English."""
    return FORMS.get(_language(lang), FORMS["en"])[form]


def _language(lang: str) -> str:
    return lang.partition("-")[0].lower()

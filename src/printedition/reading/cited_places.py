"""What may stand before the number of a place in a work: p., vol., fol., in several languages.

The names on the left are those of CSL 1.0.2 (locators), by which styles word the place anew.
"""

from __future__ import annotations

_WORDS: dict[str, str] = {
    "page": "p. pp. page pages s. seite seiten pág. págs. pag. pagg. с. стр. страница",
    "volume": "vol. vols. volume volumes bd. bde. band bände t. tom. tome т. тт. том тома",
    "chapter": "ch. chs. chap. chaps. chapter chapters kap. kapitel cap. capp. caps. гл. глава",
    "section": "sec. secs. section sections abschn. abschnitt sect. sez. разд. § §§",
    "paragraph": "para. paras. par. paragraph paragraphs abs. absatz ¶ ¶¶",
    "line": "l. ll. line lines z. zeile zeilen",
    "verse": "v. vv. verse verses vers verso versos ст. стих",
    "note": "n. nn. note notes anm. anmerkung nota прим.",
    "issue": "no. nos. nr. number numbers num. núm. № heft",
    "folio": "fol. fols. folio folios f. bl. blatt л. лист",
    "column": "col. cols. column columns sp. spalte spalten столб.",
    "figure": "fig. figs. figure figures abb. abbildung рис.",
    "table": "tab. tabs. table tables tabelle табл.",
    "book": "bk. bks. book books buch книга кн.",
    "part": "pt. pts. part parts teil ч. часть",
    "act": "act acts akt",
    "scene": "sc. scene scenes szene",
    "article": "art. arts. article articles artikel",
    "appendix": "app. apps. appendix appendices anhang прил.",
    "opus": "op. opp. opus",
    "sub-verbo": "s.v. s.vv. s. v.",
}
LABELS: dict[str, str] = {
    form.replace(" ", ""): label
    for label, forms in _WORDS.items()
    for form in forms.replace("s. v.", "").split()
}


def label_of(words: str) -> str | None:
    """The kind of place (a CSL label) that words such as `pp.` or `Bd.` name, or None."""
    return LABELS.get("".join(words.split()).lower())

"""The words of the picture of the clauses' ways, in the languages of editions."""

from __future__ import annotations

from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class WaysWords:
    """What is said round the picture and in it; {} stands for what is named.

    `part` is the title of one of several pictures; `listed` and `told` say where the picture is
    told in words; `one`, `few` and `many` count words, `few` 2 to 4 and the like in Russian;
    `moved` names words, how many they are, and the places from and to.
    """

    title: str
    part: str
    listed: str
    told: str
    caption: str
    summary: str
    one: str
    few: str
    many: str
    both: str
    absent: str
    moved: str
    quoted: str

    def count(self, words: int) -> str:
        """So many words."""
        if words == 1:
            return self.one.format(words)
        ones, tens = words % 10, words // 10 % 10
        if self.few != self.many and tens != 1 and 1 <= ones <= 4:
            return (self.one if ones == 1 else self.few).format(words)
        return self.many.format(words)


_WORDS = {
    "en": WaysWords(
        title="The ways of the clauses through the versions",
        part="The ways of the clauses through the versions, part {} of {}",
        listed="The list after the picture says the same.",
        told="The first part tells it in words.",
        caption="Each box is a clause, or several that belong together, and is as high as they "
        "have words. A shaded band leads to what answers it in the next version that has it, a "
        "black band to the place where its words were moved to. A bar: no later version has it.",
        summary="The picture in words",
        one="{} word", few="{} words", many="{} words",
        both=" and ",
        absent="not in {}",
        moved="Moved: {} ({}), from {} to {}.",
        quoted="“{}”",
    ),
    "de": WaysWords(
        title="Die Wege der Punkte durch die Fassungen",
        part="Die Wege der Punkte durch die Fassungen, Teil {} von {}",
        listed="Die Liste nach dem Bild sagt dasselbe.",
        told="Der erste Teil sagt es in Worten.",
        caption="Jedes Kästchen ist ein Punkt, oder mehrere, die zusammengehören, und so hoch, wie "
        "sie Wörter haben. Ein schattiertes Band führt zu dem, was ihm in der nächsten Fassung "
        "entspricht, die es hat, ein schwarzes dorthin, wohin seine Wörter verschoben wurden. Ein "
        "Strich: Keine spätere Fassung hat es.",
        summary="Das Bild in Worten",
        one="{} Wort", few="{} Wörter", many="{} Wörter",
        both=" und ",
        absent="nicht in {}",
        moved="Verschoben: {} ({}), von {} nach {}.",
        quoted="„{}“",
    ),
    "fr": WaysWords(
        title="Le chemin des clauses à travers les versions",
        part="Le chemin des clauses à travers les versions, partie {} de {}",
        listed="La liste après l’image dit la même chose.",
        told="La première partie le dit en mots.",
        caption="Chaque case est une clause, ou plusieurs qui vont ensemble, et sa hauteur répond "
        "au nombre de leurs mots. Une bande ombrée mène à ce qui lui correspond dans la version "
        "suivante qui l’a, une bande noire à l’endroit où ses mots ont été déplacés. Un trait : "
        "aucune version ultérieure ne l’a.",
        summary="L’image en mots",
        one="{} mot", few="{} mots", many="{} mots",
        both=" et ",
        absent="absent de {}",
        moved="Déplacé : {} ({}), de {} à {}.",
        quoted="«\u00a0{}\u00a0»",
    ),
    "it": WaysWords(
        title="Il cammino dei punti attraverso le versioni",
        part="Il cammino dei punti attraverso le versioni, parte {} di {}",
        listed="L’elenco dopo la figura dice lo stesso.",
        told="La prima parte lo dice a parole.",
        caption="Ogni riquadro è un punto, o più punti che vanno insieme, ed è alto quanto sono le "
        "loro parole. Una fascia ombreggiata porta a ciò che gli corrisponde nella versione "
        "successiva che lo ha, una nera al luogo in cui le sue parole sono state spostate. Una "
        "barra: nessuna versione successiva lo ha.",
        summary="La figura a parole",
        one="{} parola", few="{} parole", many="{} parole",
        both=" e ",
        absent="manca in {}",
        moved="Spostato: {} ({}), da {} a {}.",
        quoted="«{}»",
    ),
    "es": WaysWords(
        title="El camino de las cláusulas por las versiones",
        part="El camino de las cláusulas por las versiones, parte {} de {}",
        listed="La lista que sigue a la figura dice lo mismo.",
        told="La primera parte lo dice con palabras.",
        caption="Cada recuadro es una cláusula, o varias que van juntas, y es tan alto como "
        "palabras tienen. Una banda sombreada lleva a lo que le corresponde en la siguiente "
        "versión que lo tiene, una negra al lugar adonde se trasladaron sus palabras. Una barra: "
        "ninguna versión posterior lo tiene.",
        summary="La figura en palabras",
        one="{} palabra", few="{} palabras", many="{} palabras",
        both=" y ",
        absent="falta en {}",
        moved="Trasladado: {} ({}), de {} a {}.",
        quoted="«{}»",
    ),
    "ru": WaysWords(
        title="Пути пунктов через редакции",
        part="Пути пунктов через редакции, часть {} из {}",
        listed="То же сказано в списке после рисунка.",
        told="В первой части то же сказано словами.",
        caption="Каждый прямоугольник — пункт или несколько пунктов, относящихся друг к другу; "
        "высота его соответствует числу слов. Затенённая полоса ведёт к тому, что ему отвечает в "
        "следующей редакции, где это есть, чёрная — туда, куда перемещены его слова. Черта: ни в "
        "одной более поздней редакции этого нет.",
        summary="Рисунок в словах",
        one="{} слово", few="{} слова", many="{} слов",
        both=" и ",
        absent="нет в {}",
        moved="Перемещено: {} ({}), из {} в {}.",
        quoted="«{}»",
    ),
    "la": WaysWords(
        title="Itinera capitum per versiones",
        part="Itinera capitum per versiones, pars {} ex {}",
        listed="Index post imaginem idem dicit.",
        told="Pars prima idem verbis dicit.",
        caption="Quaevis arca caput est, vel plura quae inter se cohaerent, tam alta quam multa "
        "verba habent. Fascia cana ad id ducit quod ei in proxima versione respondet quae id "
        "habet, nigra ad locum quo verba eius mota sunt. Linea transversa: nulla versio posterior "
        "id habet.",
        summary="Imago verbis expressa",
        one="{} verbum", few="{} verba", many="{} verba",
        both=" et ",
        absent="deest in {}",
        moved="Motum: {} ({}), ex {} ad {}.",
        quoted="‘{}’",
    ),
}  # fmt: skip


def words_of_ways(lang: str) -> WaysWords:
    """The words of a language (BCP 47), English where it has none here."""
    return _WORDS.get(lang.partition("-")[0].lower(), _WORDS["en"])

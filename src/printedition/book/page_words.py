"""The words that the house prints itself, on pages and in the e-book, in the languages of editions.

Heads of tables, titles of sections that were given none, names of bands, what leads back from a
note. … stands for what is named. An edition that wants other words has templates of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

LANGUAGES = ("en", "de", "fr", "it", "es", "ru", "la")

_WORDS: dict[str, tuple[str, ...]] = {
    # Titles
    "contents": ("Contents", "Inhalt", "Table des matières", "Sommario", "Contenido",
                 "Содержание", "Conspectus libri"),
    "imprint": ("Imprint", "Impressum", "Mentions légales", "Colophon", "Créditos",
                "Выходные данные", "De editione"),
    "index": ("Index", "Register", "Index", "Indice", "Índice", "Указатель", "Index"),
    "errata": ("Errata", "Berichtigungen", "Errata", "Errata corrige", "Fe de erratas",
               "Опечатки и исправления", "Corrigenda"),
    "register": ("Register", "Verzeichnis", "Répertoire", "Repertorio", "Repertorio", "Перечень",
                 "Elenchus"),
    "title_page": ("Title page", "Titelseite", "Page de titre", "Frontespizio", "Portada",
                   "Титульный лист", "Titulus"),
    "cover": ("Cover", "Umschlag", "Couverture", "Copertina", "Cubierta", "Обложка", "Involucrum"),
    "plain_cover": ("the title on a plain cover", "der Titel auf einem schlichten Umschlag",
                    "le titre sur une couverture sans image", "il titolo su una copertina semplice",
                    "el título en una cubierta sencilla", "заглавие на простой обложке",
                    "titulus in involucro simplici"),
    "start": ("Start of the text", "Beginn des Textes", "Début du texte", "Inizio del testo",
              "Comienzo del texto", "Начало текста", "Initium textus"),
    "landmarks": ("Landmarks", "Orientierungspunkte", "Repères", "Punti di riferimento",
                  "Puntos de referencia", "Ориентиры", "Loci praecipui"),
    "print_pages": ("Pages of the printed book", "Seiten des gedruckten Buches",
                    "Pages du livre imprimé", "Pagine del libro a stampa",
                    "Páginas del libro impreso", "Страницы печатной книги",
                    "Paginae libri impressi"),
    "pdf_edition": ("PDF edition", "PDF-Ausgabe", "édition PDF", "edizione PDF", "edición PDF",
                    "издание в формате PDF", "editio in PDF"),
    # What the e-book states of itself to those who do not see it
    "linked_notes": ("Entries of the apparatus and notes stand at the end of their section, linked "
                     "both ways with the words that they are about.",
                     "Einträge des Apparats und Anmerkungen stehen am Ende ihres Abschnitts, in "
                     "beiden Richtungen mit den Wörtern verknüpft, die sie betreffen.",
                     "Les entrées de l’apparat et les notes se trouvent à la fin de leur section, "
                     "liées dans les deux sens aux mots qu’elles concernent.",
                     "Le voci dell’apparato e le note stanno alla fine della loro sezione, "
                     "collegate nei due sensi alle parole a cui si riferiscono.",
                     "Las entradas del aparato y las notas están al final de su sección, enlazadas "
                     "en ambos sentidos con las palabras a las que se refieren.",
                     "Разночтения и примечания стоят в конце своего раздела и связаны ссылками в "
                     "обе стороны со словами, к которым относятся.",
                     "Lectiones apparatus et adnotationes in fine suae partis stant, utrimque cum "
                     "verbis conexae ad quae pertinent."),
    "printed_pages": ("Page numbers, and numbers of lines where they are marked, are those of the "
                      "printed book.",
                      "Seitenzahlen, und Zeilenzahlen, wo sie stehen, sind die des gedruckten "
                      "Buches.",
                      "Les numéros de page, et ceux des lignes où ils sont marqués, sont ceux du "
                      "livre imprimé.",
                      "I numeri di pagina, e quelli di riga dove sono segnati, sono quelli del "
                      "libro a stampa.",
                      "Los números de página, y los de línea donde se marcan, son los del libro "
                      "impreso.",
                      "Номера страниц и отмеченные номера строк — те же, что в печатной книге.",
                      "Numeri paginarum, et linearum ubi notantur, libri impressi sunt."),
    "linked_index": ("The index leads to the passages themselves.",
                     "Das Register führt zu den Stellen selbst.",
                     "L’index mène aux passages eux-mêmes.",
                     "L’indice porta ai passi stessi.",
                     "El índice lleva a los pasajes mismos.",
                     "Указатель ведёт к самим местам текста.",
                     "Index ad ipsos locos ducit."),
    # Notes
    "text-notes": ("Notes of the text", "Anmerkungen des Textes", "Notes du texte",
                   "Note del testo", "Notas del texto", "Примечания в тексте",
                   "Adnotationes textus"),
    "variants": ("Apparatus", "Apparat", "Apparat critique", "Apparato", "Aparato crítico",
                 "Разночтения", "Apparatus"),
    "notes": ("Notes", "Anmerkungen", "Notes", "Note", "Notas", "Примечания", "Adnotationes"),
    "back": ("Back to note … in the text", "Zurück zu Anmerkung … im Text",
             "Retour à l’appel … dans le texte", "Torna alla nota … nel testo",
             "Volver a la nota … en el texto", "Назад к примечанию … в тексте",
             "Ad notam … in textu redi"),
    "back_to_words": ("Back to these words in the text", "Zurück zu diesen Wörtern im Text",
                      "Retour à ces mots dans le texte", "Torna a queste parole nel testo",
                      "Volver a estas palabras en el texto", "Назад к этим словам в тексте",
                      "Ad haec verba in textu redi"),
    "goes_on": ("Note … goes on", "Anmerkung … wird fortgesetzt", "Suite de la note …",
                "Continua la nota …", "Continúa la nota …", "Продолжение примечания …",
                "Nota … pergit"),
    "notes_to_page": ("Notes to p. …", "Anmerkungen zu S. …", "Notes de la p. …", "Note a p. …",
                      "Notas a la p. …", "Примечания к с. …", "Adnotationes ad p. …"),
    "notes_to_pages": ("Notes to pp. …", "Anmerkungen zu S. …", "Notes des p. …", "Note alle pp. …",
                       "Notas a las pp. …", "Примечания к с. …", "Adnotationes ad pp. …"),
    # Questions
    "questions": ("Questions", "Fragen", "Questions", "Domande", "Preguntas", "Вопросы",
                  "Quaestiones"),
    "question": ("Question", "Frage", "Question", "Domanda", "Pregunta", "Вопрос", "Quaestio"),
    "answer": ("Answer", "Antwort", "Réponse", "Risposta", "Respuesta", "Ответ", "Responsum"),
    "hint": ("Hint", "Hinweis", "Indice", "Suggerimento", "Pista", "Подсказка", "Monitum"),
    # The imprint and the title page
    "source": ("Source", "Quelle", "Source", "Fonte", "Fuente", "Источник", "Fons"),
    "rights": ("Rights", "Rechte", "Droits", "Diritti", "Derechos", "Права", "Iura"),
    "cite": ("How to cite", "Zitierweise", "Comment citer", "Come citare", "Cómo citar",
             "Как ссылаться", "Quomodo laudetur"),
    "revision": ("Revision …", "Revision …", "Révision …", "Revisione …", "Revisión …",
                 "Редакция …", "Recensio …"),
    "edited": ("Edited by …", "Herausgegeben von …", "Édité par …", "A cura di …",
               "Edición de …", "Издание подготовил(а) …", "Edidit …"),
    "translated": ("Translated by …", "Übersetzt von …", "Traduit par …", "Traduzione di …",
                   "Traducción de …", "Перевод: …", "Vertit …"),
    "annotated": ("With notes by …", "Mit Anmerkungen von …", "Notes de …", "Note di …",
                  "Notas de …", "Примечания: …", "Adnotavit …"),
    "introduced": ("With an introduction by …", "Mit einer Einleitung von …", "Introduction de …",
                   "Introduzione di …", "Introducción de …", "Вступительная статья: …",
                   "Praefatus est …"),
    "transcribed": ("Transcribed by …", "Transkribiert von …", "Transcrit par …",
                    "Trascrizione di …", "Transcripción de …", "Расшифровка: …", "Transcripsit …"),
    # Heads of texts, and the list of their sources
    "pages_here": ("here …", "hier …", "ici …", "qui …", "aquí …", "здесь …", "hic …"),
    "keywords": ("Keywords", "Schlagwörter", "Mots-clés", "Parole chiave", "Palabras clave",
                 "Ключевые слова", "Verba gravissima"),
    "reading": ("… page to read", "… Seite zu lesen", "… page à lire", "… pagina da leggere",
                "… página de lectura", "Страниц для чтения: …", "pagina legenda …"),
    "readings": ("… pages to read", "… Seiten zu lesen", "… pages à lire", "… pagine da leggere",
                 "… páginas de lectura", "Страниц для чтения: …", "paginae legendae …"),
    # Tables
    "witnesses": ("Witnesses", "Textzeugen", "Témoins", "Testimoni", "Testimonios", "Источники",
                  "Testes"),
    "versions": ("Versions", "Fassungen", "Versions", "Versioni", "Versiones", "Редакции",
                 "Versiones"),
    "scholars": ("Editions and scholars", "Ausgaben und Forscher", "Éditions et savants",
                 "Edizioni e studiosi", "Ediciones y estudiosos", "Издания и исследователи",
                 "Editiones et viri docti"),
    "terms": ("Terms of the apparatus", "Begriffe des Apparats", "Termes de l’apparat",
              "Termini dell’apparato", "Términos del aparato", "Термины аппарата",
              "Verba apparatus"),
    "abbreviations": ("Abbreviations", "Abkürzungen", "Abréviations", "Abbreviazioni",
                      "Abreviaturas", "Сокращения", "Compendia"),
    "signs": ("Signs", "Zeichen", "Signes", "Segni", "Signos", "Знаки", "Signa"),
    "place": ("Place", "Stelle", "Passage", "Luogo", "Lugar", "Место", "Locus"),
    "page": ("Page", "Seite", "Page", "Pagina", "Página", "Страница", "Pagina"),
    "here": ("Here", "Hier", "Ici", "Qui", "Aquí", "Здесь", "Hic"),
    "errata_of": ("Printing …", "Druck …", "Tirage …", "Ristampa …", "Impresión …", "Тираж …",
                  "Impressio …"),
    "errata_note": (
        "Corrected here. Pages and lines are those of the earlier printing.",
        "Hier berichtigt. Seiten und Zeilen sind die des früheren Druckes.",
        "Corrigés ici. Pages et lignes sont celles du tirage antérieur.",
        "Corretti in questa edizione. Pagine e righe sono quelle della stampa precedente.",
        "Corregidas aquí. Páginas y líneas son las de la impresión anterior.",
        "Здесь исправлено. Страницы и строки указаны по прежнему тиражу.",
        "Hic correcta. Paginae et lineae sunt impressionis prioris.",
    ),
    "date": ("Date", "Datum", "Date", "Data", "Fecha", "Дата", "Dies"),
    "event": ("Event", "Ereignis", "Événement", "Evento", "Acontecimiento", "Событие", "Res"),
    "page_end": ("a page of the source ends", "eine Seite der Vorlage endet",
                 "fin d’une page de la source", "finisce una pagina della fonte",
                 "termina una página de la fuente", "конец страницы источника",
                 "pagina fontis desinit"),
    "likely_page_end": ("a page of the source probably ends",
                        "eine Seite der Vorlage endet wahrscheinlich",
                        "fin probable d’une page de la source",
                        "finisce probabilmente una pagina della fonte",
                        "termina probablemente una página de la fuente",
                        "вероятный конец страницы источника",
                        "pagina fontis, ut videtur, desinit"),
    # Versions
    "continued": ("(continued)", "(Fortsetzung)", "(suite)", "(continua)", "(continuación)",
                  "(продолжение)", "(continuatur)"),
    "version": ("Version …", "Fassung …", "Version …", "Versione …", "Versión …", "Редакция …",
                "Versio …"),
    "absent": ("not in …", "nicht in …", "absent de …", "manca in …", "falta en …", "нет в …",
               "deest in …"),
    "marks": ("Marks of changes", "Zeichen für Änderungen", "Signes des changements",
              "Segni delle modifiche", "Signos de los cambios", "Знаки изменений",
              "Signa mutationum"),
    "words": ("words", "Wörter", "mots", "parole", "palabras", "слова", "verba"),
    "not_before": ("not in the version before", "nicht in der Fassung davor",
                   "absents de la version précédente", "mancano nella versione precedente",
                   "faltan en la versión anterior", "нет в предыдущей редакции",
                   "desunt in versione priore"),
    "not_next": ("not in the next version", "nicht in der nächsten Fassung",
                 "absents de la version suivante", "mancano nella versione successiva",
                 "faltan en la versión siguiente", "нет в следующей редакции",
                 "desunt in versione sequenti"),
    "not_compared": ("not in a version compared with it", "nicht in einer verglichenen Fassung",
                     "absents d’une version comparée", "mancano in una versione confrontata",
                     "faltan en una versión comparada", "нет в сравниваемой редакции",
                     "desunt in versione collata"),
    "moved_there": ("in a later version there, ← in an earlier one",
                    "in einer späteren Fassung dort, ← in einer früheren",
                    "à cet endroit dans une version ultérieure, ← dans une antérieure",
                    "lì in una versione successiva, ← in una precedente",
                    "allí en una versión posterior, ← en una anterior",
                    "в более поздней редакции там, ← в более ранней",
                    "ibi in versione posteriore, ← in priore"),
    "nothing_here": ("nothing here, where another version has words",
                     "hier nichts, wo eine andere Fassung Wörter hat",
                     "rien ici, où une autre version a des mots",
                     "nulla qui, dove un’altra versione ha parole",
                     "nada aquí, donde otra versión tiene palabras",
                     "здесь ничего, где в другой редакции есть слова",
                     "nihil hic, ubi alia versio verba habet"),
    "this_alone": ("in this version alone", "nur in dieser Fassung", "dans cette seule version",
                   "solo in questa versione", "solo en esta versión", "только в этой редакции",
                   "in hac sola versione"),
    "in_neither": ("in neither of them", "in keiner von beiden", "dans aucune des deux",
                   "in nessuna delle due", "en ninguna de las dos", "ни в одной из них",
                   "in neutra"),
    # Spoken, to those who do not see the marks
    "and": (" and ", " und ", " et ", " e ", " y ", " и ", " et "),
    "new": ("new", "neu", "nouveau", "nuovo", "nuevo", "новое", "novum"),
    "dropped": ("dropped", "weggefallen", "supprimé", "soppresso", "suprimido", "исключено",
                "omissum"),
    "moved": ("moved", "verschoben", "déplacé", "spostato", "trasladado", "перемещено", "motum"),
    "one_word": ("… word", "… (ein Wort)", "mot …", "… (una parola)", "… (una palabra)",
                 "… (одно слово)", "verbum …"),
    "end_of": ("end of …", "Ende von …", "fin de …", "fine di …", "fin de …", "конец: …",
               "finis: …"),
    "moved_to": ("moved to", "verschoben nach", "déplacé vers", "spostato in", "trasladado a",
                 "перемещено в", "motum ad"),
    "moved_from": ("moved from", "verschoben von", "déplacé de", "spostato da", "trasladado de",
                   "перемещено из", "motum ex"),
    "more_in": ("more in …", "mehr in …", "davantage dans …", "di più in …", "más en …",
                "больше в …", "plura in …"),
}  # fmt: skip


@cache
def page_words(lang: str) -> Mapping[str, str]:
    """The words of a language (BCP 47), English where it has none here."""
    main = lang.partition("-")[0].lower()
    number = LANGUAGES.index(main) if main in LANGUAGES else 0
    return MappingProxyType({key: said[number] for key, said in _WORDS.items()})


def filled(words: str, named: object) -> str:
    """The words with what is named in the place of …"""
    return words.replace("…", str(named))

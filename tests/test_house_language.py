"""A book speaks its own language: in one of Russian words alone no English ones are left.

What is printed, what is read aloud, and what the e-book states of itself.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from printedition import pipeline
from printedition.sources import MemorySources

EDITION = """slug: 'pravila'
title: 'Правила'
subtitle: 'В двух редакциях'
lang: 'ru'
date: '2026-01-31'
revision: '2'
publisher: 'Издательство'
people:
  - name: 'И. Иванов'
    role: 'author'
  - name: 'П. Петров'
    role: 'introducer'
witnesses:
  - siglum: 'А'
    description: 'Первая рукопись'
    base: true
  - siglum: 'Б'
    description: 'Вторая рукопись'
abbreviations:
  - abbr: 'ЦК'
    expansion: 'Центральный комитет'
source:
  - 'Рукопись.'
rights:
  - 'Свободно.'
cite:
  - 'Так.'
texts:
  - id: 'pismo'
    file: 'pismo/pismo.md'
    title: 'Письмо'
    letter:
      sender:
        - name: 'И. Иванов'
      addressee:
        - name: 'П. Петров'
    dates:
      - event: 'написано'
        when: '1922-09-26'
        inferred: 'year'
  - id: 'C'
    file: 'pravila/first.md'
  - id: 'D'
    file: 'pravila/second.md'
book:
  - front: 'half-title'
  - front: 'title-page'
  - front: 'imprint'
  - front: 'contents'
  - sigla: 'Источники'
  - text: 'pismo'
  - parallel: 'pravila/parallel.yaml'
  - commentary: 'Комментарий'
  - corrections: 'А'
    title: 'Исправления'
  - chronology: 'Хронология'
  - index: 'index.yaml'
"""
RULE = "{#c1 .clause}\n1. Члены платят взнос. "
MOVED = "Книги выдаются всем членам кружка."
FILES = {
    "edition.yaml": EDITION,
    "index.yaml": "- heading: 'книги'\n  forms:\n    - 'Книги'\n",
    "pismo/pismo.md": "# Письмо\n\n{#p1}\nТоварищ [дорогой]{.supplied}, ЦК [очень]{.unclear} прошу "
    "обдумать[]{.page-break} это [слово]{.deleted} и[]{.page-break cert=low} ответить.[^1]\n\n"
    "{#p2}\nСм. [правила]{ref=C/c1} и [это]{ref=p1}. Привет вам.\n\n[^1]: Примечание автора.\n",
    "pismo/apparatus.yaml": "- lemma: 'обдумать'\n  in: 'p1'\n  readings:\n    - wit: 'Б'\n"
    "      om: true\n- lemma: 'ответить'\n  in: 'p1'\n  readings:\n    - wit: 'Б'\n"
    "      text: 'молчать'\n- lemma: 'Привет'\n  in: 'p2'\n  kind: 'accidental'\n"
    "  readings:\n    - wit: 'А'\n      text: 'Превет'\n",
    "pismo/commentary.md": "## p1 “прошу”\n\nОн просил и раньше.\n\n## p2 “Привет” {.margin}\n\n"
    "Приветствие\n\n## p2 “вам” {.end}\n\nВсем.\n",
    "pravila/first.md": f"{RULE}\n\n{{#c2 .clause}}\n2. {MOVED}\n\n{{#c3 .clause}}\n3. Пасха.\n",
    "pravila/second.md": f"{{#c1 .clause}}\n1. {MOVED}\n\n{{#c2 .clause}}\n2. Члены платят.\n",
    "pravila/parallel.yaml": "versions:\n  - text: 'C'\n    title: 'Первая'\n  - text: 'D'\n"
    "    title: 'Вторая'\nrows:\n  - id: 'fees'\n    title: 'Взносы'\n    blocks:\n"
    "      - 'C/c1'\n      - 'D/c2'\n  - id: 'books'\n    title: 'Книги'\n    blocks:\n"
    "      - 'C/c2'\n      - 'D/c1'\n"
    "  - id: 'easter'\n    title: 'Пасха'\n    blocks:\n      - 'C/c3'\n",
}
LATIN = re.compile(r"(?![ivx]+\b)[A-Za-z]?[a-z]{2,}")  # but for folios of front matter
SAID = ("title", "aria-label", "alt")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("russian")
    done = pipeline.build(MemorySources(FILES), output=folder, formats=frozenset({"pdf", "epub"}))
    assert not done.diagnostics, done.diagnostics
    return folder


def english(words: str | None) -> list[str]:
    return LATIN.findall(words or "")


def test_no_english_is_in_the_ebook(built: Path) -> None:
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        pages = {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xhtml", ".ncx"))
        }
    assert any("svg" in str(each.tag) for page in pages.values() for each in page.iter())
    for name, page in pages.items():
        for element in page.iter():
            where = f"{name}: {etree.tostring(element, encoding='unicode')[:300]}"
            assert not english(element.text) and not english(element.tail), where
            for key in SAID:
                assert not english(element.get(key)), where


def test_a_sign_that_only_a_style_shows_has_it_in_the_list_of_signs(built: Path) -> None:
    """Its row had plain words, as if these bore no sign."""
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if "-section-5" in name or "sigla" in name)
        page = etree.fromstring(archive.read(name))
    shown = page.xpath("//*[local-name()='span'][@class='unclear']")
    assert [each.text for each in shown] == ["слова"]


def test_no_english_is_in_what_the_ebook_states(built: Path) -> None:
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        package = etree.fromstring(archive.read("OEBPS/content.opf"))
    stated = {
        element.get("property", element.tag): element.text
        for element in package.iter()
        if "purl.org/dc" in str(element.tag) or element.get("property") in (
            "pageBreakSource", "schema:accessibilitySummary"
        )
    }  # fmt: skip
    assert {"pageBreakSource", "schema:accessibilitySummary"} <= set(stated)
    for name, words in stated.items():
        if not name.endswith(("}language", "}identifier")):
            assert not english(words), name


def test_no_english_is_on_the_pages(built: Path) -> None:
    (path,) = built.glob("*.pdf")
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        words = document[number].get_textpage().get_text_range()
        assert not english(words), words

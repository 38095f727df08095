"""The index of the real edition, held against the finished books: what it says is so, and is all.

Both ways: at each place that it names stand the words of its heading, and of each place at which
they stand it tells, unless a rule leaves them out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.etree
import pytest

from indexing import (
    CONTENT,
    SIGLA,
    Heading,
    Printed,
    Spot,
    bounded,
    entries,
    headings,
    locators_in,
    own_spots,
    own_words,
    rule_for,
    spots,
)
from printedition import pipeline
from printedition.sources import MemorySources


@pytest.fixture(scope="module")
def printed(built: Path) -> Printed:
    return Printed(built / "letter-to-kamenev.pdf")


# What must be so


def untrue(printed: Printed, said: dict[tuple[str, ...], list[Spot]]) -> list[Any]:
    """The locators at whose places no words stand by which their heading is found."""
    known = {heading.name: heading for heading in headings()}
    found = []
    for name, spots_said in said.items():
        own = own_spots(printed, known[name])
        found += [(name, spot) for spot in spots_said if spot not in own]
    return found


@dataclass(frozen=True)
class Missing:
    """A form that stands where the index does not say, the rule for that, and what is around."""

    rule: str
    form: str
    around: str

    @property
    def is_right(self) -> bool:
        """Whether a rule leaves the words out, or a mark puts them under another heading."""
        return self.rule in LEFT_OUT or self.rule.startswith("index=")


LEFT_OUT = {"citations", "entries", "events", "headings", "lemmas"}


def missing(printed: Printed, said: dict[tuple[str, ...], list[Spot]]) -> list[Missing]:
    """Where forms stand without the index saying so, each with the rule that leaves it out."""
    claims: dict[str, list[Heading]] = {}
    for heading in headings():
        for form in heading.forms:
            claims.setdefault(form, []).append(heading)
    found = []
    pattern = bounded(*claims)
    for place, words in printed.words.items():
        for match in pattern.finditer(words.text):
            block = words.block(match.start())
            by_context = [h for h in claims[match[0]] if any(c in block for c in h.context)]
            claimed = by_context or [h for h in claims[match[0]] if not h.context]
            own = printed.spots_at(match.start(), place)
            listed = {spot for heading in claimed for spot in said.get(heading.name, ())}
            if not claimed or listed & own:
                continue
            rule = rule_for(words, match.start(), match[0], printed.left_out)
            around = words.text[max(match.start() - 40, 0) : match.end() + 40]
            found.append(Missing(rule, match[0], around))
    heads = (match[0] for match in pattern.finditer(printed.heads.text))
    return [*found, *(Missing("headings", form, "") for form in heads)]


def said_by(printed: Printed) -> dict[tuple[str, ...], list[Spot]]:
    return {name: spots(rest, printed.folios) for name, rest in entries(printed).items()}


def test_the_words_of_a_heading_stand_where_the_index_says(printed: Printed) -> None:
    said = said_by(printed)
    assert sum(map(len, said.values())) > 300
    assert untrue(printed, said) == []


def test_every_page_on_which_a_form_stands_is_in_the_index(printed: Printed) -> None:
    found = missing(printed, said_by(printed))
    assert [each for each in found if not each.is_right] == []
    assert {each.rule for each in found} >= {"headings", "index=no", "lemmas"}


def test_an_index_of_other_pages_would_be_found_out(printed: Printed) -> None:
    """The two tests above can fail."""
    said = said_by(printed)
    after = dict(zip(printed.folios, printed.folios[1:], strict=False))
    late = {n: [Spot(after[s.folio], s.place) for s in each] for n, each in said.items()}
    assert len(untrue(printed, late)) > 100
    assert sum(not each.is_right for each in missing(printed, late)) > 50
    short = {name: each[:-1] for name, each in said.items()}
    assert sum(not each.is_right for each in missing(printed, short)) > 30


@pytest.mark.slow
@pytest.mark.slower
def test_lines_are_those_of_the_words(tmp_path: Path) -> None:
    files = {
        path.relative_to(CONTENT).as_posix(): path.read_bytes()
        for path in CONTENT.rglob("*")
        if path.is_file()
    }
    record = files["edition.yaml"].decode()
    files["edition.yaml"] = record.replace("\nindex:\n", "\nindex:\n  locators: 'line'\n").encode()
    formats = frozenset(("pdf",))
    made = pipeline.build(MemorySources(files), output=tmp_path, formats=formats)
    assert not made.has_errors, made.diagnostics
    printed = Printed(tmp_path / "letter-to-kamenev.pdf", by_line=True)
    said = said_by(printed)
    assert sum(1 for each in said.values() for spot in each if spot.line) > 250
    assert untrue(printed, said) == []
    assert [each for each in missing(printed, said) if not each.is_right] == []


# The e-book


class Ebook:
    """The pages of the e-book, and of its index each item with its links."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xhtml")]
            pages = {name: lxml.etree.fromstring(archive.read(name)) for name in names}
        self.pages = {name.rpartition("/")[2]: page for name, page in pages.items()}
        self.own = next(n for n, p in self.pages.items() if p.xpath("//*[@role='doc-index']"))
        (self.index,) = self.pages[self.own].xpath("//*[@role='doc-index']")

    def items(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Each heading and subheading, with its item."""
        for item in self.index.iterfind(".//{*}section/{*}ul/{*}li"):
            top = _heading_of(item)
            yield (top,), item
            subs = item.iterfind("{*}ul/{*}li")
            yield from (((top, _heading_of(sub)), sub) for sub in subs if _heading_of(sub))

    def target(self, link: Any) -> Any:
        """What a link leads to."""
        file, _, name = link.get("href").partition("#")
        (found,) = self.pages[file or self.own].xpath("//*[@id=$name]", name=name)
        return found


def _heading_of(item: Any) -> str:
    return str(item.xpath("string(*[@class='heading'])"))


def locators_of(item: Any) -> list[Any]:
    links = (a for a in item.iter("{*}a") if a.get("class") == "locator")
    return [link for link in links if next(link.iterancestors("{*}li")) is item]


def _told(item: Any) -> str:
    """The locators of an item as it has them."""
    words = ""
    for link in locators_of(item):
        more = link.text in SIGLA
        words += link.text if more else f", {link.text}"
    return words.replace("\u00a0", " ")


BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "td", "th", "figcaption", "caption", "div")
SILENT = {"line-number", "spoken", "change-sign", "nothing", "elsewhere", "page-turn", "call"}


def _words_from(target: Any) -> str:
    """The words that begin with an element, without calls, signs and what is only heard."""
    block = next(e for e in target.iterancestors() if e.tag.rpartition("}")[2] in BLOCKS)
    words, begun = "", False
    for event, element in lxml.etree.iterwalk(block, events=("start", "end")):
        begun = begun or element is target
        around = (
            [element, *element.iterancestors()] if event == "start" else element.iterancestors()
        )
        silent = any(SILENT & {*(each.get("class") or "").split()} for each in around)
        if begun and not silent and element is not block:
            words += (element.text if event == "start" else element.tail) or ""
    return " ".join(words.split())


@pytest.fixture(scope="module")
def ebook(built: Path) -> Ebook:
    return Ebook(built / "letter-to-kamenev.epub")


def test_both_books_have_one_index(printed: Printed, ebook: Ebook) -> None:
    """Page by page: what the printed one says is proved above."""
    told = {name: _told(item) for name, item in ebook.items()}
    said = entries(printed)
    assert told.keys() == said.keys()
    for name, rest in said.items():
        assert told[name] == "".join(match[0] for match in locators_in(rest)), name


def test_each_locator_of_the_e_book_leads_to_words_of_its_heading(ebook: Ebook) -> None:
    known = {heading.name: heading for heading in headings()}
    wrong = []
    for name, item in ebook.items():
        links = locators_of(item)
        assert len({link.get("href") for link in links}) == len(links), f"{name}: twice the same"
        for link in links:
            words = _words_from(ebook.target(link))
            if not any(words.startswith(own) for own in own_words(known[name])):
                wrong.append((name, link.text, words[:60]))
    assert wrong == []


def test_references_of_the_e_book_lead_to_their_headings(ebook: Ebook) -> None:
    links = [a for a in ebook.index.iter("{*}a") if a.get("class") != "locator"]
    assert len(links) > 50
    for link in links:
        assert _heading_of(ebook.target(link).getparent()) == "".join(link.itertext())


def test_no_link_of_the_index_is_taken_for_a_note(ebook: Ebook) -> None:
    """Kindle and Kobo show a pair of links, or a link to few words, as the call of a note."""
    targets = {ebook.target(link) for link in ebook.index.iter("{*}a")}
    for page in ebook.pages.values():
        for link in page.iter("{*}a"):
            around = {link, *link.iterancestors()}
            assert ebook.own not in (link.get("href") or "") or not around & targets
    for link in ebook.index.iter("{*}a"):
        assert link.get("id") is None
        if link.get("class") != "locator":
            assert "".join(ebook.target(link).itertext()) == ""


def test_ranges_are_read_aloud(ebook: Ebook) -> None:
    links = [a for a in ebook.index.iter("{*}a") if "–" in (a.text or "") and a.get("class")]
    assert links
    for link in links:
        first, last = link.text.split("\u00a0")[0].split("–")
        assert re.match(rf"{first} to \d*{last}", link.get("aria-label"))


def test_no_other_locator_has_a_name_without_what_is_seen(ebook: Ebook) -> None:
    """Who speaks to a device says what is seen: “8n5”, not “8, note 5” (WCAG 2.2, 2.5.3)."""
    links = [a for a in ebook.index.iter("{*}a") if a.get("class") and "–" not in (a.text or "")]
    assert any(re.fullmatch(r"\d+, note \d+", link.get("title") or "") for link in links)
    assert not [link.get("aria-label") for link in links if link.get("aria-label")]

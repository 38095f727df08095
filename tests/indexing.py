"""The index of the real edition as its record and the finished book have it.

Nothing of the program's gathering or of its map is used: the book is read by PDFium, the headings
by PyYAML. The rules are those of the manual: a form is bounded by words, of two the longer counts,
and words that a text marks stand under the heading that the mark names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from printed import PrintedPage, Words, read, without_calls

CONTENT = Path(__file__).resolve().parent.parent / "content"
SIGLA = "ABC"
FOLIO, GUTTER = 8.5, 20  # pt: folios are set in 9, figures in 7.4
ROMAN = r"[ivxl]+"
LOCATOR = re.compile(
    rf", (?P<first>{ROMAN}|\d+)(?:\.(?P<line>\d+))?(?:–(?P<last>{ROMAN}|[\d.]+))?(?P<note>n[\d*]*)?"
    rf"(?: (?P<sigla>[{SIGLA}]+))?(?=[,.;:( ]|$)"
)
HEAD = re.compile(r"H\d|TH")
MARK = re.compile(r'\[([^\]]*)\]\{[^}]*\bindex=(?:"([^"]*)"|([^\s}]+))[^}]*\}')


# The headings


@dataclass
class Heading:
    """A heading or subheading as index.yaml has it, with the words that it is found by.

    Its name is without the asterisks of emphasis.
    """

    name: tuple[str, ...]
    description: str = ""
    forms: list[str] = field(default_factory=list)
    context: list[str] = field(default_factory=list)
    passages: list[dict[str, str]] = field(default_factory=list)


@cache
def headings() -> list[Heading]:
    made = []
    for each in yaml.safe_load((CONTENT / "index.yaml").read_text(encoding="utf-8")):
        heading = _heading(each, ())
        made += [heading, *(_heading(sub, heading.name) for sub in each.get("subheadings", ()))]
    return made


def _heading(each: dict[str, Any], above: tuple[str, ...]) -> Heading:
    ways = each.get("inflected", ())
    forms = [new for form in each.get("forms", ()) for new in _inflected(str(form), ways)]
    context = [str(words) for words in each.get("context", ())]
    name = (*above, each["heading"].replace("*", ""))
    return Heading(
        name, each.get("description", ""), forms, context, list(each.get("passages", ()))
    )


def _inflected(form: str, ways: Any) -> Iterator[str]:
    many = [form]
    if "plural" in ways:
        ended = f"{form[:-1]}ies" if form.endswith("y") else f"{form}s"
        many += [f"{form}es" if form.endswith(("s", "x", "ch", "sh")) else ended]
    for each in many:
        yield each
        if "possessive" in ways:
            yield f"{each}’" if each.endswith("s") else f"{each}’s"


# The printed book


@dataclass(frozen=True)
class Spot:
    """A page by its folio, the place on it (text, notes, column of a version), maybe a line."""

    folio: str
    place: str
    line: int = 0


class Printed:
    """The pages of the book: its running words by their place, and its index."""

    def __init__(self, path: Path, *, by_line: bool = False) -> None:
        self.pages, self.by_line = read(path), by_line
        self.folios = [page.label for page in self.pages]
        record = yaml.safe_load((CONTENT / "edition.yaml").read_text(encoding="utf-8"))
        self.left_out = record.get("index", {}).get("leave_out", [])
        self.words = {place: Words() for place in ("text", "notes", *SIGLA)}
        self.heads = Words()
        self.index: list[PrintedPage] = []
        wanted, kind = _kinds(record), ""
        for number, page in enumerate(self.pages):
            title = _title(page)
            kind = wanted.get(title, "other") if title else kind
            if kind == "index":
                self.index.append(page)
            elif kind in ("prose", "text", "commentary", "parallel", "chronology"):
                self._read(number, page, kind)
        self.lines = {
            place: sorted({(each.page, -round(each.base)) for each in words.places})
            for place, words in self.words.items()
        }

    def _read(self, number: int, page: PrintedPage, kind: str) -> None:
        columns = _columns(page)
        for piece in without_calls(page.pieces):
            place = "notes" if kind == "commentary" or "Note" in piece.kinds else "text"
            if "TD" in piece.kinds and place == "text" and columns:
                place = max((left, s) for left, s in columns if left <= piece.left + 2)[1]
            if "headings" in self.left_out and any(HEAD.fullmatch(k) for k in piece.kinds):
                self.heads.add(number, piece)  # in which passages may stand all the same
            else:
                self.words[place].add(number, piece)

    def spots_at(self, at: int, place: str) -> set[Spot]:
        """Where a letter of the running words of a place stands.

        Its line is counted from each number printed beside the column; 0 stands for any.
        """
        letter = self.words[place].places[at]
        folio = self.folios[letter.page]
        if not self.by_line or place == "notes":
            return {Spot(folio, place)}
        lines = self._lines(letter.page, place, letter.base)
        return {Spot(folio, place, line) for line in lines} | {Spot(folio, place)}

    def _lines(self, number: int, place: str, base: float) -> set[int]:
        """The number of a line, told by the next numbers above and below it, or by the top.

        Lines of texts are counted by the page, those of a version from its first.
        """
        lines = self.lines[place]
        if place == "text":
            lines = [line for line in lines if line[0] == number]
        at = lines.index((number, -round(base)))
        figures = [
            (lines.index(line), n)
            for page in {page for page, _ in lines}
            for line, n in self._figures(page, place)
            if line in lines
        ]
        above = max((f for f in figures if f[0] <= at), default=None)
        below = min((f for f in figures if f[0] >= at), default=None)
        return {n + at - index for index, n in filter(None, (above, below))} or {at + 1}

    def _figures(self, number: int, place: str) -> list[tuple[tuple[int, int], int]]:
        """The numbers printed beside the lines of a column, by page and height."""
        page = self.pages[number]
        figures = [p for p in page.seen if p.text.strip().isdigit() and p.size < FOLIO]
        if place != "text":
            left = dict((s, x) for x, s in _columns(page)).get(place, 0.0)
            figures = [p for p in figures if left - GUTTER < p.left < left]
        return [((number, -round(p.base)), int(p.text)) for p in figures]


def _kinds(record: dict[str, Any]) -> dict[str, str]:
    """The kind of each section by its title."""
    texts = {text["id"]: text["title"] for text in record["texts"]}
    found = {}
    for entry in record["book"]:
        kind = next(k for k in entry if k not in ("title", "short_title"))
        subject = entry[kind]
        title = entry.get("title") or texts.get(subject, subject)
        if kind == "prose" and "title" not in entry:
            title = (CONTENT / subject).read_text(encoding="utf-8").split("\n")[0].lstrip("# ")
        if kind == "parallel" and "title" not in entry:
            title = yaml.safe_load((CONTENT / subject).read_text(encoding="utf-8"))["title"]
        found[_letters(title)] = kind
    return found


def _title(page: PrintedPage) -> str:
    return _letters("".join(p.text for p in without_calls(page.pieces) if "H1" in p.kinds))


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _columns(page: PrintedPage) -> list[tuple[float, str]]:
    """The left edges of the columns of versions, by the sigla at their heads."""
    heads = [p for p in page.pieces if "THead" in p.kinds] or list(page.seen)
    found = [(p.left, p.text.strip()) for p in heads if p.text.strip() in [*SIGLA]]
    return found if len(found) == len(SIGLA) else []


@cache
def bounded(*forms: str) -> re.Pattern[str]:
    """Any of the forms, bounded by words; of those that begin at one place the longest."""
    longest = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, longest)) + r")(?![^\W_])")


# Its index


def entries(printed: Printed) -> dict[tuple[str, ...], str]:
    """What prints behind each heading and subheading."""
    known = {heading.name: heading for heading in headings()}
    found: dict[tuple[str, ...], str] = {}
    top: tuple[str, ...] = ()
    for depth, text in _items(printed.index):
        if text.startswith("See also "):
            continue
        above = top[:1] if depth > 1 else ()
        fitting = [n for n in known if n[:-1] == above and text.startswith(n[-1])]
        assert fitting, f"no heading begins “{text}”"
        name = max(fitting, key=lambda n: len(n[-1]))
        rest = text[len(name[-1]) :]
        if known[name].description:
            rest = rest.removeprefix(f", {known[name].description}")
        assert name not in found, f"{name} stands twice"
        found[name] = rest
        top = name if depth == 1 else top
    return found


def _items(pages: list[PrintedPage]) -> Iterator[tuple[int, str]]:
    """The items of the index, how deep, and their words."""
    last, words = (0, 0), Words()
    depth = 0
    for number, page in enumerate(pages):
        for piece in page.pieces:
            if "LI" not in piece.kinds:
                continue
            if (number, piece.item) != last:
                if words.text:
                    yield depth, words.text.strip()
                last, words = (number, piece.item), Words()
                depth = piece.kinds.count("LI")
            words.add(number, piece)
    yield depth, words.text.strip()


def spots(rest: str, folios: list[str]) -> list[Spot]:
    """The places that the locators behind a heading name."""
    made = []
    for found in locators_in(rest):
        first, last = found["first"], found["last"] or found["first"]
        line = int(found["line"] or 0)
        last = first if line else last
        if last.isdigit() and len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        for folio in folios[folios.index(first) : folios.index(last) + 1]:
            for place in found["sigla"] or ["notes" if found["note"] else "text"]:
                made.append(Spot(folio, place, line))
    return made


def locators_in(rest: str) -> Iterator[re.Match[str]]:
    at = 0
    while found := LOCATOR.match(rest, at):
        at = found.end()
        yield found
    assert not re.match(r", \d", rest[at:]), f"no locators: {rest}"


# Marks and lemmas, which the texts themselves say


@dataclass(frozen=True)
class Marked:
    """Words that a text marks for the index, with the first of what stands behind them."""

    words: str
    heading: str
    behind: str


@cache
def marks() -> list[Marked]:
    found = []
    texts = (path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*.md")))
    for paragraph in (one for text in texts for one in text.split("\n\n")):
        plain = " ".join(paragraph.split())
        for mark in MARK.finditer(plain):
            behind = re.match(r"[^\[\]{}*|]*", plain[mark.end() :])
            assert behind
            found.append(Marked(mark[1], mark[2] or mark[3], behind[0].strip()[:12]))
    return found


def rule_for(words: Words, at: int, form: str, rules: list[str]) -> str:
    """The rule by which words are left out, empty where there is none."""
    block = words.block(at)
    inside = at - (words.text.rfind("\u00b6", 0, at) + 1)
    if re.match(r"(?:[A-C] )?[\d.,–]* ?[^\]]{1,90}\]", block):
        return "entries"
    for lemma in _lemmas() if "lemmas" in rules else ():
        start = block.find(lemma)
        if 0 <= start <= 8 and start <= inside < start + len(lemma):
            return "lemmas"
    for event in _events():
        start = block.find(event)
        if 0 <= start <= inside < start + len(event):
            return "events"
    for mark in marks():
        start = words.text.find(mark.words, max(at - len(mark.words), 0), at + len(form) + 60)
        behind = words.text[start + len(mark.words) :].lstrip(" ")
        if start <= at < start + len(mark.words) and behind.startswith(mark.behind):
            return f"index={mark.heading}"
    around = words.text[max(at - 10, 0) : at + len(form) + 10]
    return "citations" if form in _works() and around not in _sources() else ""


@cache
def _works() -> str:
    """The bibliography, of which citations are made: they are no words of a text."""
    path = CONTENT / "bibliography.yaml"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@cache
def _sources() -> str:
    """All words of texts and prose, without the signs of emphasis."""
    found = (path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*.md")))
    return " ".join(" ".join(found).replace("*", "").split())


@cache
def _events() -> list[str]:
    """What the dates of an edition say has happened: they are told in the editor's words."""
    record = (CONTENT / "edition.yaml").read_text(encoding="utf-8")
    return [str(words) for words in _under("event", yaml.safe_load(record))]


def _under(key: str, record: Any) -> Iterator[Any]:
    """All values of a key, however deep."""
    if isinstance(record, dict):
        yield from (value for name, value in record.items() if name == key)
        record = list(record.values())
    for each in record if isinstance(record, list) else ():
        yield from _under(key, each)


@cache
def _lemmas() -> list[str]:
    """The words that the notes of the commentary are about."""
    found = (path.read_text(encoding="utf-8") for path in CONTENT.rglob("commentary.md"))
    return [words for text in found for words in re.findall(r"^## .*?“(.*)”", text, re.M)]


def own_words(heading: Heading) -> list[str]:
    own = [*heading.forms, *(str(each["words"]) for each in heading.passages)]
    return own + [mark.words for mark in marks() if mark.heading == ": ".join(heading.name)]


def own_spots(printed: Printed, heading: Heading) -> set[Spot]:
    """Where the words stand by which a heading is found."""
    own = own_words(heading)
    found = set()
    for quoted in [str(each["words"]) for each in heading.passages]:
        for match in bounded(quoted).finditer(printed.heads.text):
            found.add(Spot(printed.folios[printed.heads.places[match.start()].page], "text"))
    for place, words in printed.words.items():
        for form in own:
            for match in bounded(form).finditer(words.text):
                found |= printed.spots_at(match.start(), place)
        for each in (each for each in heading.passages if "to" in each):
            for match in bounded(str(each["words"])).finditer(words.text):
                stop = words.text.find(str(each["to"]), match.start())
                if stop >= 0:
                    ends = words.places[match.start()].page, words.places[stop].page
                    folios = printed.folios[ends[0] : ends[1] + 1]
                    found |= {Spot(folio, place) for folio in folios}
    return found

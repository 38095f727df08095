"""The variant of an e-book for Kobo's readers, made of the e-book itself.

They show a book by their own engine where its name ends in .kepub.epub, and find places again,
words that a reader marked too, by spans round the sentences: kobo.<block>.<sentence>.
"""

from __future__ import annotations

import io
import re
import zipfile

from printedition.ebook.archive import pack

_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>[\w:-]+)[^>]*>|<[^>]*>|(?P<words>[^<]+)", re.S
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "blockquote",
        "figure",
        "figcaption",
        "caption",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_AS_THEY_ARE = frozenset(["head", "svg", "math"])
_ENDS = re.compile(r"(?<=[.!?…])(?=\s)|(?<=[.!?…][”’»)])(?=\s)")
_OPENING, _CLOSING = '<div id="book-columns"><div id="book-inner">', "</div></div>"


def kepub_of(ebook: bytes) -> bytes:
    """The variant's bytes; the same words in the same order, the same for the same e-book."""
    with zipfile.ZipFile(io.BytesIO(ebook)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for name, content in contents.items():
        if re.fullmatch(r"OEBPS/text/.*\.xhtml", name):
            contents[name] = spanned(content.decode()).encode()
    return pack(contents)


def spanned(page: str) -> str:
    """A page with a span round every sentence, and the two boxes that hold Kobo's columns.

    A call is marked as endnote too: that is what opens a box there.
    """
    made: list[str] = []
    apart = block = sentence = 0
    for token in _TOKEN.finditer(page):
        whole, name, words = token[0], token["name"], token["words"]
        if name in _AS_THEY_ARE and not whole.endswith("/>"):
            apart += -1 if token["end"] else 1
        if name in _BLOCKS:
            block, sentence = block + 1, 0
        if name == "body":
            whole = f"{_CLOSING}{whole}" if token["end"] else f"{whole}{_OPENING}"
        elif words and words.strip() and not apart:
            whole = ""
            for each in _ENDS.split(words):
                sentence += 1
                number = f"kobo.{block}.{sentence}"
                whole += f'<span class="koboSpan" id="{number}">{each}</span>' if each else ""
        made.append(whole.replace('epub:type="noteref"', 'epub:type="noteref endnote"'))
    return "".join(made)

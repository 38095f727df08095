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
_STYLE = (
    '<style type="text/css" id="kobostylehacks">'
    "div#book-inner { margin-top: 0; margin-bottom: 0; }</style>"
)
_OPENING, _CLOSING = '<div id="book-columns"><div id="book-inner">', "</div></div>"


def kepub_of(ebook: bytes) -> bytes:
    """The variant's bytes; the same words in the same order, the same for the same e-book."""
    with zipfile.ZipFile(io.BytesIO(ebook)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for name, content in contents.items():
        if name.endswith(".xhtml"):
            contents[name] = spanned(content.decode()).encode()
    return pack(contents)


def spanned(page: str) -> str:
    """A page with a span round every sentence, and the two boxes that hold Kobo's columns.

    A picture is a sentence, and so is a blank between two marks of a paragraph. A call is marked as
    endnote too: that is what opens a box there. These are the rules of kepubify 4, found by
    comparing books that Kobo sold (kepub/transform.go).
    """
    made: list[str] = []
    opened: list[str] = []
    apart = block = sentence = 0

    def span(words: str) -> str:
        nonlocal sentence
        sentence += 1
        return f'<span class="koboSpan" id="kobo.{block}.{sentence}">{words}</span>'

    for token in _TOKEN.finditer(page):
        whole, name, words = token[0], token["name"], token["words"]
        if name in _AS_THEY_ARE and not whole.endswith("/>"):
            apart += -1 if token["end"] else 1
        if name in _BLOCKS or name == "img":
            block, sentence = block + 1, 0
        if name == "body":
            whole = f"{_CLOSING}{whole}" if token["end"] else f"{whole}{_OPENING}"
        elif name == "head" and token["end"]:
            whole = f"{_STYLE}{whole}"
        elif name == "img" and not apart:
            whole = span(whole)
        elif words and not apart and (words.strip() or opened[-1:] == ["p"]):
            whole = "".join(span(each) for each in _ENDS.split(words) if each)
        if name and token["end"]:
            opened.pop()
        elif name and not whole.endswith("/>") and name != "img":
            opened.append(name)
        made.append(whole.replace('epub:type="noteref"', 'epub:type="noteref endnote"'))
    return "".join(made)

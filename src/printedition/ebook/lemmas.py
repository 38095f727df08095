"""Lemmas that are themselves the calls of their entries, in place of raised letters."""

from __future__ import annotations

import re

# The last letters of a lemma, the ends of what they stand in, calls of notes; then the letter.
_CALLED = re.compile(
    r"(?P<word>(?:&[#\w]+;|[^\s<>&])+)"
    r'(?P<between>(?:</(?!a>)\w+>|<sup class="call (?:text-)?note"><a [^>]*>[^<]*</a></sup>)*)'
    r'<sup class="call entry">(?P<call><a [^>]*>)[^<]*</a></sup>'
)


def mark_lemmas(page: str) -> str:
    """The page with its entries called by the last word of the lemma, where that is plain.

    An entry keeps its letter where its lemma ends in a picture or a link.
    """
    return _CALLED.sub(
        lambda found: (
            found["call"].replace("<a ", '<a class="lemma-call" ', 1)
            + f"{found['word']}</a>{found['between']}"
        ),
        page,
    )

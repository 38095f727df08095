"""Where references lead in an e-book: to a word, since a whole paragraph would pop up.

Kobo shows what a link leads forward to in a box, as if it were a note, where that has nine to
5,000 characters (“Kobo ePub Guidelines”, Footnotes/Endnotes). The reader who follows a reference
wants to go there; so it leads to the first word of its target, or a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.sax.saxutils import quoteattr

LONGEST = 8  # characters

_REFERENCE = re.compile(r'(<a class="reference"[^>]* href="#)([^"]*)"')
_TAG = re.compile(r"<(/?)([\w:]+)([^>]*?)(/?)>")
_WORD = re.compile(rf"(?:&[#\w]+;|[^\s<&]){{1,{LONGEST}}}")

# Words in these are none of a text: calls of notes, signs, what is only spoken.
_APART = re.compile(r'class="(?:[^"]* )?(?:call|spoken|change-sign|label|margin)[ "]')


def targets_in(page: str) -> set[str]:
    """The ids that the references of a page lead to."""
    return {found[2] for found in _REFERENCE.finditer(page)}


def aim(page: str, aims: Collection[str]) -> str:
    """The page with its references led to the words that are named for them."""

    def aimed(found: re.Match[str]) -> str:
        name = aim_of(found[2])
        return f'{found[1]}{name}"' if name in aims else found[0]

    return _REFERENCE.sub(aimed, page)


def aim_of(target: str) -> str:
    """The id of the word by which a target is reached."""
    return f"{target}._"


def name_words(page: str, targets: Collection[str]) -> tuple[str, set[str]]:
    """The page with an id on the first word of each target that it holds, and these ids.

    What a note pops up for is a note still.
    """
    words: dict[tuple[int, int], list[str]] = {}
    for target in sorted(targets):
        at = page.find(f" id={quoteattr(target)}")
        inside = page.find(">", at) + 1
        tag = page[page.rfind("<", 0, at) : inside]
        if at < 0 or 'epub:type="footnote"' in tag or 'role="note"' in tag:
            continue
        if word := _first_word(page, inside):
            words.setdefault(word, []).append(aim_of(target))
    made, last = [], 0
    for (start, end), names in sorted(words.items()):
        named = page[start:end]
        for name in names:
            named = f"<span id={quoteattr(name)}>{named}</span>"
        made += [page[last:start], named]
        last = end
    return "".join([*made, page[last:]]), {name for names in words.values() for name in names}


def _first_word(page: str, start: int) -> tuple[int, int] | None:
    """Where the first word behind an opening tag stands; None where its element has none."""
    apart = [False]  # of each element that is open, whether its words are none of the text's
    at = start
    while apart and (tag := _TAG.search(page, at)):
        word = _WORD.search(page, at, tag.start())
        if word and not apart[-1]:
            return word.span()
        if tag[1]:
            apart.pop()
        elif not tag[4]:
            apart.append(apart[-1] or bool(_APART.search(tag[3])))
        at = tag.end()
    return None

"""An edition made up of words that refer to one another, to be read back from its books.

What a reference leads to begins with a word that stands nowhere else, Aim and a capital; before
the reference stands Ref and the same. So that neither book needs be believed.
"""

from __future__ import annotations

from editions import Author

EDITION = """\
slug: 'refer'
title: 'Places'
lang: 'en'
date: '2026-01-31'
people:
  - name: 'A. Author'
    role: 'author'
source:
  - 'RefA []{ref=letter/far} is told here.'
witnesses:
  - siglum: 'T'
    description: 'The only one'
texts:
  - id: 'letter'
    file: 'letter.md'
    title: 'A Letter'
    short_title: 'Letter'
  - id: 'A'
    file: 'versions/a.md'
    title: 'A: The first rules'
    short_title: 'A'
  - id: 'B'
    file: 'versions/b.md'
    title: 'B: The second rules'
    short_title: 'B'
book:
  - front: 'title-page'
  - front: 'imprint'
  - front: 'contents'
  - prose: 'preface.md'
  - text: 'letter'
  - commentary: 'Commentary'
  - parallel: 'versions/parallel.yaml'
  - corrections: 'T'
    title: 'Corrections'
"""

PREFACE = """\
# AimP Preface

RefB []{ref=letter/near} and RefC []{ref=letter/far} and RefD []{ref=letter/word}. RefE
[]{ref=A/c2} and RefF []{ref=A/c2 form=page}; RefG []{ref=row-2}. RefH []{ref=on-lamp}, RefI
[]{ref=at-end}, RefJ []{ref=in-margin}, RefK []{ref=reading}. RefL []{ref=letter/part}, RefM
[]{ref=letter}. [The far paragraph]{ref=letter/far form=page} is RefN, and
[the near one]{ref=letter/near} has words alone.

{#p2}
AimQ of the preface: RefO []{ref=letter/near to=letter/far form=page}, RefR
[]{ref=letter/word to=letter/word2}, RefT []{ref=letter/near form=above}, RefU
[]{ref=letter/near form=locus}.
"""

COMMENTARY = """\
## letter/near “lamp” {#on-lamp .foot}

AimH is a note, RefV []{ref=letter/far form=above}, RefW []{ref=preface/p2}, RefX []{ref=at-end}.

## letter/far “window” {#at-end .end}

AimI is a long note, RefY []{ref=letter/near}, RefZ []{ref=B/c2 form=line}.

## letter/far “AimC” {#in-margin .margin}

AimJ here
"""

APPARATUS = """\
- lemma: 'window'
  in: 'letter/far'
  id: 'reading'
  readings:
    - wit: 'T'
      text: 'AimK'
"""

VERSION = """\
{#c1 .clause}
1. %s

{#c2 .clause}
2. %s
"""

PARALLEL = """\
title: 'Two Versions'
versions:
  - text: 'A'
    title: 'The first rules'
  - text: 'B'
    title: 'The second rules'
rows:
  - id: 'row-1'
    title: 'Row the first'
    blocks:
      - 'A/c1'
      - 'B/c1'
  - id: 'row-2'
    title: 'AimG Row'
    blocks:
      - 'A/c2'
      - 'B/c2'
"""


def letter(author: Author) -> str:
    """A letter of some pages, with what is referred to in it."""

    def words(number: int) -> str:
        return " ".join(author.rare() for _ in range(number))

    plain = "\n\n".join(words(60) for _ in range(5))
    return (
        f"# A Letter\n\n{words(40)}\n\n{{#near}}\nAimB {words(9)} lamp {words(20)}\n\n{plain}\n\n"
        f"{words(55)} [AimD]{{#word}} {words(20)} [AimS]{{#word2}} {words(12)}\n\n"
        f"{{#part}}\n## AimL Part\n\n{plain}\n\n{plain}\n\n"
        f"{{#far}}\nAimC {words(9)} window {words(20)} AimO\n\n{plain}\n"
    )


def files() -> dict[str, str]:
    """The files of the edition."""
    author = Author(6)

    def words(number: int) -> str:
        return " ".join(author.rare() for _ in range(number))

    return {
        "edition.yaml": EDITION,
        "preface.md": PREFACE,
        "letter.md": letter(author),
        "commentary.md": COMMENTARY,
        "apparatus.yaml": APPARATUS,
        "versions/a.md": VERSION % (words(40), f"AimE {words(30)}"),
        "versions/b.md": VERSION % (words(40), f"AimZ {words(30)}"),
        "versions/parallel.yaml": PARALLEL,
    }

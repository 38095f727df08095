"""Small editions made by code, and a volume that includes them."""

from __future__ import annotations

from collections.abc import Mapping


def edition(
    slug: str,
    *,
    title: str,
    words: str,
    siglum: str = "T",
    witness: str = "",
    more: str = "",
    book: str = "",
) -> dict[str, str]:
    """An edition of one text in a folder of its own name, with whatever its record has more."""
    described = witness or f"The print of {title}"
    return {
        "edition.yaml": (
            f"slug: '{slug}'\n"
            f"title: '{title}'\n"
            "lang: 'en'\n"
            "source:\n"
            "  - 'Papers, p. 7.'\n"
            "rights:\n"
            "  - 'Free of rights.'\n"
            "witnesses:\n"
            f"  - siglum: '{siglum}'\n"
            f"    description: '{described}'\n"
            "texts:\n"
            "  - id: 'main'\n"
            "    file: 'text/main.md'\n"
            f"{more}"
            "book:\n"
            "  - front: 'title-page'\n"
            "  - text: 'main'\n"
            f"{book}"
        ),
        "text/main.md": f"# {title}\n\n{{#p1}}\n{words}\n",
    }


def inside(folder: str, files: Mapping[str, str]) -> dict[str, str]:
    """Files of an edition, in a folder of another."""
    return {f"{folder}/{path}": text for path, text in files.items()}


DECREE = {
    **edition(
        "decree",
        title="A decree",
        words="The council gives the land to the village.[^1]\n\n[^1]: Its own note.",
        book="  - commentary: 'Notes'\n  - index: 'index.yaml'\n",
    ),
    "text/apparatus.yaml": (
        "- lemma: 'council'\n  in: 'p1'\n  readings:\n    - wit: 'T'\n      text: 'assembly'\n"
    ),
    "text/commentary.md": "## p1 “land” {.end}\n\nAs [the decree]{ref=main/p1} has it.\n",
    "index.yaml": (
        "- heading: 'council'\n"
        "  forms:\n"
        "    - 'council'\n"
        "- heading: 'Smith, Anna'\n"
        "  authority: 'wikidata:Q1'\n"
        "  passages:\n"
        "    - in: 'p1'\n"
        "      words: 'village'\n"
    ),
}
MEMO = {
    **edition(
        "memo",
        title="A memorandum",
        words="The council met in the village, and A. Smith spoke.",
        witness="The typescript of the memorandum",
        book="  - index: 'index.yaml'\n",
    ),
    "text/apparatus.yaml": (
        "- lemma: 'met'\n  in: 'p1'\n  readings:\n    - wit: 'T'\n      text: 'sat'\n"
    ),
    "index.yaml": (
        "- heading: 'council'\n"
        "  forms:\n"
        "    - 'council'\n"
        "- heading: 'Smith, A.'\n"
        "  authority: 'https://www.wikidata.org/entity/Q1'\n"
        "  forms:\n"
        "    - 'A. Smith'\n"
    ),
}
RECORD = (
    "slug: 'reader'\n"
    "title: 'A reader'\n"
    "lang: 'en'\n"
    "texts:\n"
    "  - id: 'decree'\n"
    "    include: 'texts/decree'\n"
    "  - id: 'memo'\n"
    "    include: 'texts/memo'\n"
    "  - id: 'own'\n"
    "    file: 'own.md'\n"
    "    source: 'Written for this book.'\n"
    "    pages: 'none'\n"
    "    rights: 'Ours.'\n"
    "book:\n"
    "  - front: 'title-page'\n"
    "  - front: 'contents'\n"
    "  - part: 'Part one'\n"
    "  - text: 'decree'\n"
    "  - text: 'memo'\n"
    "  - part: 'Part two'\n"
    "  - text: 'own'\n"
    "  - sigla: 'Sigla'\n"
    "  - permissions: 'Sources and rights'\n"
    "  - index: 'index.yaml'\n"
)
VOLUME = {
    "edition.yaml": RECORD,
    "own.md": "# Of our own\n\n{#p1}\nA council, as in [the decree]{ref=decree:main/p1}.\n",
    "index.yaml": "- heading: 'village'\n  forms:\n    - 'village'\n",
    **inside("texts/decree", DECREE),
    **inside("texts/memo", MEMO),
}

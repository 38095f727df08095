"""The characters of the book that none of its fonts has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes

from printedition.book.house import house_folder
from printedition.book.places import BOOK
from printedition.diagnostics import Diagnostic
from printedition.page.font_files import characters_of
from printedition.page.galley import id_of
from printedition.page.sheets import Face
from printedition.sources import Span

Style: TypeAlias = tuple[tuple[str, ...], int, str]  # families, weight, style
# Of each style the characters: the id of the element that has it first, where it has one itself,
# and how often it stands.
Letters: TypeAlias = dict[Style, dict[str, tuple[str, int]]]
# What a shaper draws by another character, or not at all: blanks, controls, joiners, selectors.
_DRAWN_WITHOUT = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_SAME = {"\u2011": "\u2010", "\u00ad": "-"}


def _has(face: Face, character: str) -> bool:
    known = characters_of(face.data)
    if ord(character) in known or ord(_SAME.get(character, character)) in known:
        return True
    parts = unicodedata.normalize("NFD", character)
    return parts != character and all(ord(part) in known for part in parts)


def _is_drawn(character: str) -> bool:
    selector = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
    return not selector and unicodedata.category(character) not in _DRAWN_WITHOUT


def _chosen(faces: Iterable[Face], family: str, weight: int, style: str) -> Face | None:
    """The face of a family that a style chooses: CSS Fonts 4, 5.2, by slant, then by weight."""
    own = [face for face in faces if face.family.casefold() == family.casefold() and face.data]
    if not own:
        return None

    def distance(face: Face) -> tuple[bool, int, bool]:
        low, high = face.weights
        near = min(max(weight, low), high)
        heavier = near > weight
        return face.italic != (style != "normal"), abs(near - weight), heavier != (weight > 500)

    return min(own, key=distance)


def letters_of(found: Iterable[Any]) -> Letters:
    """The characters that boxes print, in the order of these."""
    texts: dict[Style, list[tuple[str, str]]] = {}  # with the element that holds them
    for box in found:
        if isinstance(box, boxes.TextBox) and box.text and not box.text.isspace():
            style = box.style
            key = tuple(style["font_family"]), style["font_weight"], style["font_style"]
            texts.setdefault(key, []).append((box.text, id_of(box)))
    letters: Letters = {}
    for key, held in texts.items():
        first: dict[str, str] = {}
        for text, identity in held:
            for character in text:
                if character not in first:
                    first[character] = identity
        times = Counter("".join([text for text, _ in held]))
        letters[key] = {character: (first[character], times[character]) for character in first}
    return letters


class Glyphs:
    """Holds the characters of pages against the fonts of the book."""

    def __init__(self, faces: Iterable[Face]) -> None:
        self.faces = tuple(faces)

    def missing(
        self, printed: Iterable[Letters], strangers: dict[str, str]
    ) -> Iterator[Diagnostic]:
        """A fault for each character, at its first place; `strangers` are the machine's fonts
        that have one."""
        whole: Letters = {}
        for letters in printed:
            for style, found in letters.items():
                known = whole.setdefault(style, {})
                for character, (where, times) in found.items():
                    first, before = known.get(character, (where, 0))
                    known[character] = first, before + times
        for style, found in whole.items():
            for character in sorted(self._without({*found}, style)):
                yield self._fault(character, style, *found[character], strangers)

    def _without(self, wanted: set[str], style: Style) -> Iterator[str]:
        families, weight, slant = style
        chosen = [_chosen(self.faces, family, weight, slant) for family in families]
        own = [face for face in chosen if face is not None]
        if own:
            for character in wanted:
                if _is_drawn(character) and not any(_has(face, character) for face in own):
                    yield character

    def _fault(
        self, character: str, style: Style, where: str, times: int, strangers: dict[str, str]
    ) -> Diagnostic:
        families, weight, slant = style
        name = unicodedata.name(character, "a character without a name")
        shown = f"“{character}” (U+{ord(character):04X}, {name})"
        how = " ".join(
            word for word in ("bold" if weight > 500 else "", slant if slant != "normal" else "")
            if word
        )  # fmt: skip
        font = f"“{families[0]}”" + (f" {how}" if how else "")
        more = f", {times} times in the book" if times > 1 else ""
        message = f"no font of the book has {shown} for {font}{more}"
        span = Span(BOOK + where, 0, 0)
        return Diagnostic("PDF003", message, span, hint=self._cure(character, style, strangers))

    def _cure(self, character: str, style: Style, strangers: dict[str, str]) -> str:
        for face in self.faces:
            if face.family in style[0] and face.data and _has(face, character):
                kind = "italic" if face.italic else "upright"
                kind += " bold" if face.weights[0] > 500 else ""
                return f"the {kind} of “{face.family}” has it: do not set it otherwise"
        for path in sorted((house_folder("styles") / "fonts").glob("*.[ot]tf")):
            face = Face(path.stem, False, (400, 400), path.name, path.read_bytes())
            if _has(face, character):
                return (
                    f"{path.stem} has it: add an @font-face rule with url(fonts/{path.name}) to "
                    "styles/page.css, and its family to font-family"
                )
        if character in strangers:
            return (
                f"“{strangers[character]}”, a font of this machine, has it; if its licence lets "
                "you, save it in styles/fonts and add an @font-face rule"
            )
        is_letter = unicodedata.category(character).startswith("L")
        word = unicodedata.name(character, "").split(" ")[0].capitalize() if is_letter else ""
        kind = f"for {word}" if word else "that has it"
        return f"look for a free font {kind}, and add it to styles/fonts with an @font-face rule"

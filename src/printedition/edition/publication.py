"""How an edition is published: what names each of its books, and who evaluated the e-book."""

from __future__ import annotations

import re
import unicodedata

from printedition.frozen import dataclass

_ISBN = re.compile(r"(?:urn:isbn:|isbn(?:-1[03])?:?)\s*(?P<number>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of the books of one format each, where these have their own."""

    pdf: str = ""
    epub: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Who found the e-book to conform to a standard of accessibility, and when.

    `standard` is in the words of EPUB Accessibility 1.1, 2.4; `credential` is what entitles the
    evaluator to say so, `report` the address of the report.
    """

    evaluator: str
    date: str
    standard: str
    credential: str = ""
    report: str = ""


def isbn_in(identifier: str) -> str | None:
    """The digits of an ISBN, None where the identifier is something else; not checked."""
    stated = _ISBN.fullmatch(identifier.strip())
    number = re.sub(r"[\s-]", "", stated["number"] if stated else identifier).upper()
    bare = re.fullmatch(r"97[89][0-9]{10}", number)
    return number if stated or bare else None


def fault_of_isbn(number: str) -> str:
    """What is wrong with the digits of an ISBN, in words; empty for a sound one (ISO 2108)."""
    if re.fullmatch(r"[0-9]{9}[0-9X]", number):
        return "has ten digits, as until 2006; today’s have thirteen"
    if not number.isascii() or not number.isdigit():
        return "has signs other than digits and hyphens"
    if len(number) != 13:
        return f"has {len(number)} digits in place of thirteen"
    if not number.startswith(("978", "979")):
        return "begins with neither 978 nor 979"
    wanted = _check_digit(number)
    return "" if wanted == number[-1] else f"has the check digit {number[-1]}, not {wanted}"


def _check_digit(number: str) -> str:
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(number[:12]))
    return str(-weighed % 10)


def file_words(words: str) -> str:
    """Words as they may stand in the name of a file: letters a–z, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

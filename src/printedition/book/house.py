"""The house's templates and styles, and an edition's own, which override a file of one name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment

from printedition.sources import SourceMissing, Sources

_PACKAGE = Path(__file__).resolve().parent.parent


def house_folder(name: str) -> Path:
    """`styles` or `templates` of the house: in the wheel, or at the top of a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def house_file(sources: Sources, folder: str, name: str) -> str:
    """A text file of the house, or the edition's own of that name."""
    try:
        return sources.read(f"{folder}/{name}").text
    except SourceMissing:
        return (house_folder(folder) / name).read_text(encoding="utf-8")


class _Loader(BaseLoader):
    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        try:
            text = house_file(self.sources, "templates", template)
        except OSError:
            raise TemplateNotFound(template) from None
        return text, f"templates/{template}", lambda: True


class Templates:
    """Fills templates in; what they may call is Jinja2's sandbox, and no name may be missing."""

    def __init__(self, sources: Sources) -> None:
        self._environment = SandboxedEnvironment(
            loader=_Loader(sources), autoescape=True, undefined=StrictUndefined
        )

    def render(self, name: str, **context: Any) -> str:
        """The template filled in; raises jinja2.TemplateError."""
        return self._environment.get_template(name).render(**context)

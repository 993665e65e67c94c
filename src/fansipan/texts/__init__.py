"""The words of Fansipan, in Vietnamese and English, by code.

Every ``*.toml`` file of this folder is one catalogue; a code stands in one catalogue only. An entry has ``vi`` and
``en`` and, for a fault, what to do about it: ``mend_vi`` and ``mend_en``. Words in braces are parameters.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "vi"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages: a name, a column's label, a sentence of a page; it may be a parameter of `text`."""

    vi: str
    en: str

    def of(self, lang: Language) -> str:
        """The words in `lang`."""
        return self.vi if lang == "vi" else self.en

    def in_language(self, lang: Language) -> str:
        """What `text` asks each parameter for that has it."""
        return self.of(lang)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All entries by code, from every ``*.toml`` beside this module.

    Raises RuntimeError if a code stands twice: that is a fault of the program, not of an input.
    """
    entries: dict[str, dict[str, str]] = {}
    for path in sorted(files(__package__).iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        for code, entry in tomllib.loads(path.read_text(encoding="utf8")).items():
            if code in entries:
                raise RuntimeError(f"text {code!r} stands twice, the second time in {path.name}")
            entries[code] = entry
    return entries


def text(code: str, lang: Language = "en", **params: Any) -> str:
    """The words of `code` in `lang`, with `params` filled in; one that has `in_language` is asked for its words.

    Raises KeyError for a code that no catalogue has.
    """
    return catalogue()[code][lang].format(**_said(params, lang))


def mend(code: str, lang: Language = "en", **params: Any) -> str:
    """What to do about the fault `code`, in `lang`; empty if the entry has no advice."""
    return catalogue()[code].get(f"mend_{lang}", "").format(**_said(params, lang))


def _said(params: dict[str, Any], lang: Language) -> dict[str, Any]:
    return {name: v.in_language(lang) if hasattr(v, "in_language") else v for name, v in params.items()}

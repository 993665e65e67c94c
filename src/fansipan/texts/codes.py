"""The words of a code, from the catalogues: every ``*.toml`` beside this module.

A code stands in one catalogue only. An entry has ``vi`` and ``en`` and, for a fault, what to do about it: ``mend_vi``
and ``mend_en``. Words in braces are parameters.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from fansipan.notation import LANGUAGES, Language
from fansipan.texts.values import Words, written


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All entries by code.

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


def text(code: str, lang: Language, **params: Any) -> str:
    """The words of `code` in `lang`, with `params` filled in, each as `written` in that language.

    Raises KeyError for a code that no catalogue has.
    """
    return catalogue()[code][lang].format(**_written(params, lang))


def mend(code: str, lang: Language, **params: Any) -> str:
    """What to do about the fault `code`, in `lang`; empty if the entry has no advice."""
    return catalogue()[code].get(f"mend_{lang}", "").format(**_written(params, lang))


def words(code: str, **params: Any) -> Words:
    """The words of `code` in both languages, with `params` filled in."""
    return Words(*(text(code, lang, **params) for lang in LANGUAGES))


def known_words(code: str, otherwise: Words) -> Words:
    """The words of `code`, or `otherwise` where no catalogue has it."""
    return words(code) if code in catalogue() else otherwise


def _written(params: dict[str, Any], lang: Language) -> dict[str, Any]:
    return {name: written(value, lang) for name, value in params.items()}

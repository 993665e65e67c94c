"""A name in two languages that a message can print in its own: ``{name:vi}`` or ``{name:en}``."""

from __future__ import annotations

from dataclasses import dataclass

from fansipan.texts import Language


@dataclass(frozen=True)
class Label:
    """Words in Vietnamese and English; where one is missing the other stands."""

    vi: str
    en: str = ""

    def of(self, lang: Language) -> str:
        """The words in `lang`."""
        return (self.vi or self.en) if lang == "vi" else (self.en or self.vi)

    def __format__(self, style: str) -> str:
        return self.of("vi" if style == "vi" else "en")

    def __str__(self) -> str:
        return self.of("en")


NO_WORDS = Label("")

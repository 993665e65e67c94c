"""The words of Fansipan, in Vietnamese and English: by code from the catalogues, and values that speak both."""

from fansipan.notation import DEFAULT_LANGUAGE, LANGUAGES, Language
from fansipan.texts.codes import catalogue, known_words, mend, text, words
from fansipan.texts.values import NO_WORDS, Bilingual, Quantity, Words, both, either, joined, same, written

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "NO_WORDS",
    "Bilingual",
    "Language",
    "Quantity",
    "Words",
    "both",
    "catalogue",
    "either",
    "joined",
    "known_words",
    "mend",
    "same",
    "text",
    "words",
    "written",
]

"""Vietnamese typed for the fonts of before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times), recognised and converted.

Such text holds Latin letters and signs that only these fonts draw as Vietnamese: ``C«ng ty`` is *Công ty* in TCVN3,
``Coâng ty`` in VNI. It is recognised by signs and words that no Vietnamese text has, and only where every word that
changes becomes a Vietnamese syllable, so that ``Müller``, ``½`` or a registered mark stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Font = Literal["TCVN3", "VNI"]

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# In VNI a mark follows its letter; a few letters are one sign.
_VNI_MARKS = {
    "a": dict(zip("ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
}
_VNI_SIGNS = dict(zip("ñôöæóòî", "đơưỉĩịỵ", strict=True))
_VNI = {letter + mark: made for letter, marks in _VNI_MARKS.items() for mark, made in marks.items()} | _VNI_SIGNS
_VNI |= {said.upper(): made.upper() for said, made in _VNI.items()} | {
    said[0].upper() + said[1]: made.upper() for said, made in _VNI.items() if len(said) == 2
}
_VNI_FORM = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# What text in Unicode has and text for the old fonts has not, and the other way round.
_UNICODE_ONLY = re.compile("[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9]")
SUSPICIOUS = "[µ¸¶·¹¨»¾¼½Æ©ÇË®ÎÏÑªÖ×Ø«¬æçëîïñö÷øûüþ¡¢§£¤¥¦äåÄÅÛÜÞß\u00ad]"
_SIGNS = re.compile(SUSPICIOUS)
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:(?:uya|uyu|uêu|uôi|uây|ươi|ươu|iêu|yêu|oai|oay|oao|oeo|uao|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu)"
    r"|(?:uyê|iê|oa|oă|oe|oo|uâ|uê|uô|uơ|uy|ươ|yê|[aăâeêioôơuưy])(?:ng|nh|ch|[cmnpt])?)"
)


@dataclass(frozen=True, slots=True)
class OldText:
    """Text found to be typed for an old font: which, and the same in Unicode."""

    font: Font
    converted: str


@lru_cache(maxsize=20_000)
def old_text(words: str) -> OldText | None:
    """What `words` say if they were typed for an old font; None where they were not, or it is not certain."""
    if words.isascii() or _UNICODE_ONLY.search(words):
        return None
    both = (OldText("TCVN3", _from_tcvn3(words)), OldText("VNI", _from_vni(words)))
    found = [one for one in both if _is_vietnamese(words, one.converted)]
    # Where both would read, the one that leaves fewer strange signs is right; a tie is left alone.
    if len(found) == 2:
        left = [len(_SIGNS.findall(one.converted)) for one in found]
        found = [] if left[0] == left[1] else [found[left.index(min(left))]]
    return found[0] if found else None


def _from_tcvn3(words: str) -> str:
    """Capitals have the codes of small letters in their own fonts: a text of capitals is made one again."""
    made = "".join(_TCVN3.get(sign, sign) for sign in words)
    plain = [c for c in words if c.isascii() and c.isalpha()]
    return made.upper() if len(plain) > 2 and all(c.isupper() for c in plain) else made


def _from_vni(words: str) -> str:
    return _VNI_FORM.sub(lambda found: _VNI[found[0]], words)


def _is_vietnamese(words: str, converted: str) -> bool:
    """Whether every word that changed is a syllable now, and something was none before, or had a sign that none has."""
    if converted == words or _SIGNS.search(converted):
        return False
    before = _WORD.findall(words)
    now = _WORD.findall(converted)
    changed = [word for word in now if word not in before]
    strange = _SIGNS.search(words) or not all(_is_syllable(word) for word in before if word not in now)
    return bool(strange) and sum(map(len, changed)) > 2 and all(map(_is_syllable, changed))


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = sum(ord(c) in _TONES for c in parts)
    base = unicodedata.normalize("NFC", parts.translate(_TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(base) is not None


def converted_from(words: str, font: Font) -> str:
    """`words`, known to be typed for `font`, in Unicode."""
    return _from_tcvn3(words) if font == "TCVN3" else _from_vni(words)

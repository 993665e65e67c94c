"""The language of the reader, and how it prints figures and dates: the one place where anything is rounded.

Vietnamese: ``46.100,5``, ``20/06/2024``; English: ``46,100.5``, ``2024-06-20``. Rounding is half up on the decimal
digits of the number as it prints (2.675 is 2.68), as official tables do, and never happens before printing.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "vi"  # of the commands; nothing in the library assumes it

NO_FIGURE = "–"
VIETNAMESE_MARKS = str.maketrans({",": ".", ".": ",", "-": "−"})

MOST_PLACES = 6  # of a figure that is shown as it was typed


def rounded(value: float | Decimal, places: int) -> Decimal:
    """`value` rounded half up to `places` decimals (negative places round to tens, hundreds, ...)."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: float | Decimal | None, places: int, lang: Language, *, sign: bool = False) -> str:
    """A figure with thousands and decimals in the style of `lang`; a missing figure is an en dash.

    `sign` puts a plus before a positive figure. Minus zero prints as zero.
    """
    if value is None or value != value:
        return NO_FIGURE
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    figure = rounded(value, places)
    if figure == 0:
        figure = abs(figure)
    english = f"{figure:{'+' if sign and figure > 0 else ''},.{max(places, 0)}f}"
    if lang == "en":
        return english.replace("-", "−")
    return english.translate(VIETNAMESE_MARKS)


def percent(value: float | Decimal | None, places: int, lang: Language, *, sign: bool = False) -> str:
    """A figure already in percent, with the sign ``%`` as `lang` writes it (Vietnamese without a space)."""
    shown = number(value, places, lang, sign=sign)
    return shown if shown == NO_FIGURE else f"{shown}%"


def significant(value: float | Decimal | None, digits: int, lang: Language) -> str:
    """A figure with so many digits that count and no zeros behind them: with four, 15, 0,2412, 1.000."""
    if value is None or not math.isfinite(value) or value == 0:
        return number(value, 0, lang)
    places = min(max(digits - 1 - math.floor(math.log10(abs(float(value)))), 0), digits + 4)
    shown = number(value, places, lang)
    return shown.rstrip("0").rstrip(",.") if places else shown


def unit_in_print(unit: str) -> str:
    """A unit as print has it: ``nghìn m3``, as a keyboard writes it, is ``nghìn m³``."""
    return re.sub(r"(?<![A-Za-z])([cdk]?m)([23])\b", lambda found: found[1] + "²³"[int(found[2]) - 2], unit)


def day(value: date | None, lang: Language) -> str:
    """A date as 20/06/2024 (vi) or 2024-06-20 (en)."""
    if value is None:
        return NO_FIGURE
    return f"{value:%d/%m/%Y}" if lang == "vi" else value.isoformat()


def moment(value: datetime, lang: Language) -> str:
    """A date and time of day to the second: 20/06/2024 08:30:00 (vi) or 2024-06-20 08:30:00 (en)."""
    return f"{day(value.date(), lang)} {value:%H:%M:%S}"


def decimals(value: float) -> int:
    """How many decimals print a figure just as it is, at most `MOST_PLACES`."""
    full = rounded(value, MOST_PLACES)
    return next(places for places in range(MOST_PLACES + 1) if rounded(value, places) == full)

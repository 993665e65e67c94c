"""The figures of a project's finance in words: for the score sheet and for the workbook."""

from __future__ import annotations

from fansipan.appraisal.finance.outlook import Outlook
from fansipan.appraisal.finance.province import ProvinceView
from fansipan.notation import NO_FIGURE, number, percent
from fansipan.texts import Language, text

# Code of its name, decimals, and whether it is a share to be shown in percent.
FIGURES: tuple[tuple[str, int, bool], ...] = (
    ("npv", 1, False),
    ("irr", 2, True),
    ("equity_irr", 2, True),
    ("payback", 1, False),
    ("discounted_payback", 1, False),
    ("least_cover", 2, False),
    ("mean_cover", 2, False),
    ("value_added", 1, False),
    ("budget", 1, False),
    ("jobs", 0, False),
    ("value_added_per_hectare", 1, False),
    ("land_per_value_added", 4, False),
    ("energy_per_value_added", 1, False),
    ("emissions_per_value_added", 1, False),
    ("plan_value", 1, False),
)
# Figures of the simulation in the same way.
SIMULATED: tuple[tuple[str, int, bool], ...] = (
    ("npv_low", 1, False),
    ("npv_middle", 1, False),
    ("npv_high", 1, False),
    ("loss", 1, True),
    ("irr_low", 2, True),
    ("irr_middle", 2, True),
    ("irr_high", 2, True),
    ("uncovered", 1, True),
)
# What the comparison shows of each project, of both.
COMPARED: tuple[tuple[str, int, bool], ...] = tuple(
    figure
    for figure in (*FIGURES, *SIMULATED)
    if figure[0] in ("npv", "irr", "payback", "mean_cover", "value_added", "budget", "jobs", "loss")
)


def compared_words(name: str, own: Outlook, lang: Language) -> str:
    """One of `COMPARED` in words."""
    places, is_share = next((places, share) for code, places, share in COMPARED if code == name)
    return in_words(own.simulated[name] if name in own.simulated else figure_of(name, own), places, is_share, lang)


def figure_of(name: str, own: Outlook) -> float | None:
    """One of `FIGURES` of a project, from its worth or from the province's view."""
    found = getattr(own.worth, name) if hasattr(own.worth, name) else getattr(own.province, name)
    return None if found is None else float(found)


def label_of(name: str) -> str:
    """The code of a figure's name."""
    return f"sheet.finance.{name.replace('_', '-')}"


def in_words(figure: float | None, places: int, is_share: bool, lang: Language) -> str:
    """A figure as it is printed; a share in percent."""
    if is_share:
        return percent(None if figure is None else figure * 100, places, lang)
    return number(figure, places, lang)


def finance_pairs(own: Outlook, lang: Language) -> list[tuple[str, str]]:
    """The figures of a project's finance in words, each with the code of its name. Several rates are all given."""
    pairs = []
    for name, places, is_share in FIGURES:
        figure = figure_of(name, own)
        words = in_words(figure, places, is_share, lang)
        if name == "irr" and figure is None and len(own.worth.rates) > 1:
            words = "; ".join(percent(rate * 100, places, lang) for rate in own.worth.rates)
        if name != "plan_value" or figure is not None:
            pairs.append((label_of(name), words))
    if own.worth.owed_at_end > 0:
        pairs.append((label_of("owed_at_end"), in_words(own.worth.owed_at_end, 1, is_share=False, lang=lang)))
    return [*pairs, *fit_pairs(own.province, lang)]


def fit_pairs(view: ProvinceView, lang: Language) -> list[tuple[str, str]]:
    """The portfolio group and the place in the expansion plan, where they were asked."""
    pairs = []
    if view.group is not None:
        pairs.append(("sheet.finance.group", text(f"fit.group.{view.group}", lang)))
    if view.planned is not None:
        year = (
            text("sheet.finance.in-use", lang, year=view.in_use) if view.in_use else text("sheet.finance.built", lang)
        )
        pairs.append(("sheet.finance.planned", year if view.planned else text("sheet.finance.not-built", lang)))
    return pairs


def sensitivity_rows(own: Outlook, lang: Language) -> list[list[str]]:
    """A row a driver: its name, NPV with it lower and higher, the change at which nothing is left."""
    return [
        [
            text(f"sheet.driver.{row['driver']}", lang),
            number(row["low"], 1, lang),
            number(row["high"], 1, lang),
            signed(row["switch"], lang),
        ]
        for row in own.sensitivity.iter_rows(named=True)
    ]


def signed(change: float | None, lang: Language) -> str:
    """A change in percent with its sign; a dash where there is none."""
    if change is None:
        return NO_FIGURE
    return f"{'+' if change > 0 else ''}{percent(change * 100, 1, lang)}"


def simulated_words(own: Outlook, lang: Language) -> list[str]:
    """The simulation in sentences: ranges of NPV and rate, chance of loss, what matters most, from which spreads."""
    found = own.simulated
    shares = {name: in_words(found[name], places, share, lang) for name, places, share in SIMULATED}
    lines = [text("sheet.simulated.npv", lang, draws=number(own.draws, 0, lang), **shares)]
    if found["irr_middle"] is not None:
        lines.append(text("sheet.simulated.irr", lang, **shares))
    if found["uncovered"] is not None:
        lines.append(text("sheet.simulated.uncovered", lang, **shares))
    first = own.importance.row(0, named=True)
    if first["correlation"]:
        params = {"driver": text(f"sheet.driver.{first['driver']}", lang).lower()}
        lines.append(text("sheet.simulated.first", lang, correlation=number(first["correlation"], 2, lang), **params))
    return [*lines, spreads_words(own, lang)]


def spreads_words(own: Outlook, lang: Language) -> str:
    """From which spreads the simulation drew, and whose they are."""
    parts = []
    for driver, (low, high) in own.spreads.items():
        ends = (low, high) if driver == "delay" else (low - 1, high - 1)
        said = " … ".join(number(end, 1, lang) if driver == "delay" else signed(end, lang) or "0" for end in ends)
        parts.append(f"{text(f'sheet.driver.{driver}', lang).lower()} {said}")
    return text(f"sheet.simulated.{'assumed' if own.assumed else 'given'}", lang, spreads="; ".join(parts))

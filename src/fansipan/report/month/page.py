"""The page of a month: where the province's industry stands, what moved it, and how sure the figures are."""

from __future__ import annotations

from fansipan.report.content import Page, words
from fansipan.report.month import calls as month_calls
from fansipan.report.month import imputation as month_imputation
from fansipan.report.month import measures as month_measures
from fansipan.report.month import parts as month_parts
from fansipan.report.month import quality as month_quality
from fansipan.report.month import trend as month_trend
from fansipan.report.month.data import MonthData, month_words
from fansipan.report.month.explanation import explained


def month_page(data: MonthData) -> Page:
    """The page in both languages: headlines, sections, structure, contributions, portfolio, products, plan, quality."""
    sections = (
        month_measures.headlines(data),
        month_measures.by_section(data),
        month_measures.months(data),
        month_trend.trend(data),
        month_parts.structure_of_output(data),
        month_parts.contributions(data),
        month_parts.portfolio(data),
        month_parts.products(data),
        month_parts.areas(data),
        month_measures.plan(data),
        month_quality.response(data),
        month_trend.revisions(data),
        month_imputation.imputation(data),
        month_calls.call_list(data),
        month_quality.beside_official(data),
        explained(data),
    )
    name = data.province.setting("name") or "–"
    title = words("month.title", month=month_words(data.month))
    subtitle = words("month.subtitle", province=name, day=data.known_on)
    made_up = data.province.setting("nature") == "illustrative" or "illustrative" in data.province["returns"]["source"]
    notes = (words("month.note.basis"), words("month.note.department"))
    return Page("index", title, subtitle, sections, illustrative=made_up, notes=notes)

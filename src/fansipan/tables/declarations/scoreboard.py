"""How good earlier forecasts were, kept month after month."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared

SCORED_LEVELS = [
    ("product", "sản phẩm", "product"),
    ("class", "ngành cấp 4", "class"),
    ("section", "ngành cấp 1", "section"),
    ("total", "toàn ngành", "total"),
]


@declared("forecast_scores", vi="Độ chính xác của dự báo", en="Scores of forecasts")
class ForecastScores(Table):
    """A row is the forecast of one month made at one origin, beside what came. Rows are only added."""

    as_of = column.day("Dự báo tại ngày", "Forecast as of", key=True)
    level = column.choice("Cấp", "Level", SCORED_LEVELS, key=True)
    code = column.code("Mã", "Code", key=True)
    month = column.month("Tháng được dự báo", "Month forecast", key=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    horizon = column.integer("Số tháng trước", "Months ahead", min=1)
    forecast = column.number("Dự báo", "Forecast", unit="tỷ đồng, giá 2010", scale=6)
    lo_80 = column.number("Cận dưới 80 %", "Lower bound of 80 %", unit="tỷ đồng, giá 2010", scale=6)
    hi_80 = column.number("Cận trên 80 %", "Upper bound of 80 %", unit="tỷ đồng, giá 2010", scale=6)
    lo_95 = column.number("Cận dưới 95 %", "Lower bound of 95 %", unit="tỷ đồng, giá 2010", scale=6)
    hi_95 = column.number("Cận trên 95 %", "Upper bound of 95 %", unit="tỷ đồng, giá 2010", scale=6)
    naive = column.number("Cùng kỳ năm trước", "Seasonal naive", unit="tỷ đồng, giá 2010", scale=6)
    actual = column.number("Thực tế", "Actual", unit="tỷ đồng, giá 2010", scale=6)
    error = column.number("Sai số", "Error", unit="tỷ đồng, giá 2010", scale=6)
    scaled_error = column.number("Sai số chuẩn hóa", "Scaled error", scale=6, nullable=True)
    naive_scaled_error = column.number("Sai số chuẩn hóa của cùng kỳ", "Scaled error of naive", scale=6, nullable=True)
    covered_80 = column.flag("Trong khoảng 80 %", "Within 80 %")
    covered_95 = column.flag("Trong khoảng 95 %", "Within 95 %")
    model = column.label("Mô hình", "Model")
    source = shared.source()

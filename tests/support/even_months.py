"""Returns of the small province that are the same every month, so that a year can be reckoned by hand."""

from datetime import datetime

from fansipan.periods import Month, month_range

FIRST, LAST = Month(2021, 1), Month(2023, 12)
# Ore at 2, water at 1 and power at 0.5 million đồng a unit: 2.4, 1.2 and 0.6 billion đồng a year for 100 a month.
EVEN = {"a": ("ore", 100.0), "b": ("ore", 300.0), "c": ("water", 500.0), "d": ("power", 1000.0)}


def history(quantities, first=FIRST, last=LAST):
    """A return a month of `establishment: (product, quantity a month)`, recorded on the month's last day."""
    return [
        {
            "establishment": who,
            "product": product,
            "month": str(month),
            "status": "final",
            "quantity": quantity,
            "recorded_at": datetime.combine(month.last_day, datetime.min.time()),
            "source": "reported",
        }
        for who, (product, quantity) in quantities.items()
        for month in month_range(first, last)
    ]

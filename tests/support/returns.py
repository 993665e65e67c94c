"""Rows of returns for tests."""

from datetime import datetime


def returned(establishment, product, month, quantity, *, on="2024-06-05", value=None, status="final"):
    return {
        "establishment": establishment,
        "product": product,
        "month": month,
        "quantity": quantity,
        "value": value,
        "recorded_at": datetime.fromisoformat(on),
        "status": status,
        "source": "reported",
    }

"""A small OSeMOSYS model as an otoole folder, which tests change one file at a time."""

import csv

import pytest

R, Y = "R", (2020,)


def rows(years=Y, **changes):
    """The files of a model: sun by day, a dear backstop by night, a battery between; a test's `changes`
    replace files.
    """
    files = {
        "REGION": ("VALUE", [["R"]]),
        "YEAR": ("VALUE", [[y] for y in years]),
        "TIMESLICE": ("VALUE", [["D"], ["N"]]),
        "TECHNOLOGY": ("VALUE", [["SUN"], ["BACK"], ["BATT"]]),
        "FUEL": ("VALUE", [["ELC"]]),
        "STORAGE": ("VALUE", [["BAT"]]),
        "MODE_OF_OPERATION": ("VALUE", [[1], [2]]),
        "SEASON": ("VALUE", [[1]]),
        "DAYTYPE": ("VALUE", [[1]]),
        "DAILYTIMEBRACKET": ("VALUE", [[1], [2]]),
        "YearSplit": ("TIMESLICE,YEAR,VALUE", [[s, y, 0.5] for s in "DN" for y in years]),
        "DiscountRate": ("REGION,VALUE", [["R", 0]]),
        "Conversionls": ("TIMESLICE,SEASON,VALUE", [["D", 1, 1], ["N", 1, 1]]),
        "Conversionld": ("TIMESLICE,DAYTYPE,VALUE", [["D", 1, 1], ["N", 1, 1]]),
        "Conversionlh": ("TIMESLICE,DAILYTIMEBRACKET,VALUE", [["D", 1, 1], ["N", 2, 1]]),
        "DaySplit": ("DAILYTIMEBRACKET,YEAR,VALUE", [[h, y, 0.5] for h in (1, 2) for y in years]),
        "DaysInDayType": ("SEASON,DAYTYPE,YEAR,VALUE", [[1, 1, y, 1] for y in years]),
        "SpecifiedAnnualDemand": ("REGION,FUEL,YEAR,VALUE", [["R", "ELC", y, 10] for y in years]),
        "SpecifiedDemandProfile": ("REGION,FUEL,TIMESLICE,YEAR,VALUE", [["R", "ELC", "N", y, 1] for y in years]),
        "CapacityFactor": ("REGION,TECHNOLOGY,TIMESLICE,YEAR,VALUE", [["R", "SUN", "N", y, 0] for y in years]),
        "ResidualCapacity": (
            "REGION,TECHNOLOGY,YEAR,VALUE",
            [["R", t, y, 1000] for t in ("SUN", "BACK", "BATT") for y in years],
        ),
        "OutputActivityRatio": (
            "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE",
            [["R", t, "ELC", m, y, 1] for t, m in (("SUN", 1), ("BACK", 1), ("BATT", 2)) for y in years],
        ),
        "InputActivityRatio": (
            "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE",
            [["R", "BATT", "ELC", 1, y, 1] for y in years],
        ),
        "TechnologyToStorage": ("REGION,TECHNOLOGY,STORAGE,MODE_OF_OPERATION,VALUE", [["R", "BATT", "BAT", 1, 1]]),
        "TechnologyFromStorage": ("REGION,TECHNOLOGY,STORAGE,MODE_OF_OPERATION,VALUE", [["R", "BATT", "BAT", 2, 1]]),
        "VariableCost": (
            "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE",
            [["R", t, 1, y, c] for t, c in (("SUN", 1), ("BACK", 10)) for y in years],
        ),
        "StorageMaxChargeRate": ("REGION,STORAGE,VALUE", [["R", "BAT", 1000]]),
        "StorageMaxDischargeRate": ("REGION,STORAGE,VALUE", [["R", "BAT", 1000]]),
        "ResidualStorageCapacity": ("REGION,STORAGE,YEAR,VALUE", [["R", "BAT", y, 100] for y in years]),
    }
    return files | changes


@pytest.fixture
def battery():
    """The files of the small model; call with years and changed files."""
    return rows


@pytest.fixture
def otoole(tmp_path):
    """Write files (name: (header, rows)) as an otoole folder and return its path."""

    def write(files, config=None):
        folder = tmp_path / "model"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, (header, body) in ((n, f) for n, f in files.items() if f is not None):
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf8") as stream:
                csv.writer(stream).writerows([header.split(","), *body])
        if config:
            (folder / "config.yaml").write_text(config, encoding="utf8")
        return folder

    return write

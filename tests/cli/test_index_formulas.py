"""``fansipan index bilateral | sample | splice | rebase`` as they are typed."""

import csv
import sys

import pytest

from fansipan.cli import main

# Six products over two periods: prices and quantities of t1 and t2 in the worked example of the PPI manual (Balk).
PRICES = ((1, 1.2), (1, 3), (1, 1.3), (1, 0.7), (1, 1.4), (1, 0.8))
QUANTITIES = ((1, 0.8), (1, 0.9), (2, 1.9), (1, 1.3), (4.5, 4.7), (0.5, 0.6))
KNOWN = {"laspeyres": 142.00, "paasche": 138.24, "fisher": 140.11, "tornqvist": 140.52}


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["fansipan", "index", *words, "--lang", "en"])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out + said.err

    return run


def six_products(swapped=False) -> str:
    first, second = (QUANTITIES, PRICES) if swapped else (PRICES, QUANTITIES)
    rows = ["product,period,price,quantity"]
    for product, (price, quantity) in enumerate(zip(first, second, strict=True)):
        rows += [f"p{product},t{at + 1},{price[at]},{quantity[at]}" for at in (0, 1)]
    return "\n".join(rows) + "\n"


def column(path, name):
    with path.open(encoding="utf8") as file:
        return [row[name] for row in csv.DictReader(file)]


@pytest.mark.parametrize(("formula", "known"), KNOWN.items())
def test_the_worked_example_of_the_manual(command, tmp_path, formula, known):
    (tmp_path / "data.csv").write_text(six_products())
    status, _ = command("bilateral", "data.csv", "-o", "o.csv", "--formula", formula, "--contributions", "c.csv")
    assert status == 0
    assert float(column(tmp_path / "o.csv", "index")[1]) == pytest.approx(known, abs=5e-3)
    parts = [float(part) for part in column(tmp_path / "c.csv", "contribution")]
    assert sum(parts) == pytest.approx(float(column(tmp_path / "o.csv", "index")[1]) - 100, abs=1e-10)


@pytest.mark.parametrize(("formula", "known"), KNOWN.items())
def test_prices_and_quantities_swapped_give_the_volume_index(command, tmp_path, formula, known):
    (tmp_path / "data.csv").write_text(six_products(swapped=True))
    command("bilateral", "data.csv", "-o", "o.csv", "--formula", formula, "--compared", "quantity")
    assert float(column(tmp_path / "o.csv", "index")[1]) == pytest.approx(known, abs=5e-3)


def test_a_product_in_one_period_only_is_refused_or_left_out_and_told(command, tmp_path):
    rows = six_products().splitlines()
    (tmp_path / "data.csv").write_text("\n".join(rows[:-1]) + "\n")
    status, told = command("bilateral", "data.csv", "-o", "o.csv")
    assert (status, "p5" in told) == (1, True)
    assert not (tmp_path / "o.csv").exists()
    status, told = command("bilateral", "data.csv", "-o", "o.csv", "--unmatched", "leave-out")
    assert (status, "t2: left out of the comparison: p5." in told) == (0, True)


def test_sampled_prices_are_compared_in_matched_pairs(command, tmp_path):
    (tmp_path / "w.csv").write_text("code,parent,weight\nT,,\nA,T,3\nB,T,1\n")
    (tmp_path / "p.csv").write_text(
        "product,code,period,price\na,A,2024-01,4\na,A,2024-02,5\nb,B,2024-01,2\nb,B,2024-02,\n"
    )
    assert command("sample", "p.csv", "w.csv", "-o", "o.csv")[0] == 0
    # B has no price in February and follows the total, which is A's 5/4.
    assert [float(v) for v in column(tmp_path / "o.csv", "index")] == pytest.approx([100, 125] * 3)


def test_a_new_base_is_joined_over_the_shared_periods(command, tmp_path):
    (tmp_path / "old.csv").write_text("code,period,index\nT,2020,90\nT,2021,120\nT,2022,126\nX,2020,1\n")
    (tmp_path / "new.csv").write_text("code,period,index\nT,2021,100\nT,2022,105\nT,2023,110\n")
    status, told = command("splice", "old.csv", "new.csv", "-o", "o.csv")
    assert status == 0
    assert "X: stands in one file only" in told
    assert [float(v) for v in column(tmp_path / "o.csv", "index")] == pytest.approx([75, 100, 105, 110])
    assert column(tmp_path / "o.csv", "source") == ["old", "new", "new", "new"]


def test_files_without_a_common_series_cannot_be_joined(command, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"code,period,index\n{name},2020,90\n")
    assert command("splice", "a.csv", "b.csv", "-o", "o.csv") == (
        1,
        "The two files have no code in common. Use the same code for the same series in both files.\n",
    )


def test_a_year_as_base_means_all_its_months(command, tmp_path):
    (tmp_path / "s.csv").write_text("code,period,index\nT,2020-01,90\nT,2020-02,110\nT,2021-01,150\n")
    assert command("rebase", "s.csv", "--over", "2020", "-o", "o.csv")[0] == 0
    assert [float(v) for v in column(tmp_path / "o.csv", "index")] == pytest.approx([90, 110, 150])
    assert command("rebase", "s.csv", "--over", "2021", "-o", "o.csv")[0] == 0
    assert [float(v) for v in column(tmp_path / "o.csv", "index")] == pytest.approx([60, 220 / 3, 100])
    status, told = command("rebase", "s.csv", "--over", "2019", "-o", "o.csv")
    assert (status, "no period in 2019" in told, "2021-01" in told) == (1, True, True)


@pytest.mark.parametrize("command_name", ["bilateral", "sample", "splice", "rebase"])
def test_an_unknown_ending_is_refused_before_any_work(command, tmp_path, command_name):
    files = {"bilateral": ["x"], "sample": ["x", "y"], "splice": ["x", "y"], "rebase": ["x", "--over", "1"]}
    status, told = command(command_name, *files[command_name], "-o", "o.doc")
    assert (status, ".doc" in told) == (1, True)


FIXED = "product,period,price,quantity\na,1,1,2\na,2,2,1\na,3,3,1\nb,1,4,1\nb,2,4,2\nb,3,2,5\n"


@pytest.mark.parametrize(
    # Lowe with the quantities of 2 (1 and 2): 9 in the first period, 10, 7. Young with the values of 2 (2 and 8).
    ("formula", "known"),
    [("lowe", [100, 1000 / 9, 700 / 9]), ("young", [100, 120, 100])],
)
def test_weights_of_a_named_period(command, tmp_path, formula, known):
    (tmp_path / "d.csv").write_text(FIXED)
    options = ("--formula", formula, "--weights-of", "2", "--contributions", "c.csv")
    assert command("bilateral", "d.csv", "-o", "o.csv", *options)[0] == 0
    assert [float(v) for v in column(tmp_path / "o.csv", "index")] == pytest.approx(known, rel=1e-12)
    parts = [float(v) for v in column(tmp_path / "c.csv", "contribution")]
    assert parts[2] + parts[5] == pytest.approx(known[2] - 100, rel=1e-12)


def test_lowe_is_the_same_chained_or_not(command, tmp_path):
    (tmp_path / "d.csv").write_text(FIXED)
    for out, more in (("o.csv", ()), ("c.csv", ("--chained",))):
        command("bilateral", "d.csv", "-o", out, "--formula", "lowe", "--weights-of", "3", *more)
    chained = [float(v) for v in column(tmp_path / "c.csv", "index")]
    assert chained == pytest.approx([float(v) for v in column(tmp_path / "o.csv", "index")], rel=1e-12)


@pytest.mark.parametrize(
    "options", [("--formula", "lowe"), ("--weights-of", "1"), ("--formula", "young", "--weights-of", "9")]
)
def test_a_formula_and_the_period_of_its_weights_go_together(command, tmp_path, options):
    (tmp_path / "d.csv").write_text(FIXED)
    status, told = command("bilateral", "d.csv", "-o", "o.csv", *options)
    assert (status, "--weights-of PERIOD" in told) == (1, True)


@pytest.mark.parametrize(
    ("rows", "options", "told"),
    [
        ("a,1,2,3\nb,2,2,3\n", ("--unmatched", "leave-out"), "In 2 no product can be compared"),
        ("a,1,2,0\na,2,2,0\n", (), "In 1 no product can be compared"),
        ("a,1,2,1\nb,1,2,0\na,2,2,0\nb,2,3,0\n", (), "In 2 no product can be compared"),
        ("a,1,0,3\na,2,2,3\n", (), "d.csv, row 2, column price: The number in column price must be above 0"),
        (
            "a,1,2,1\na,2,2,3\nb,2,1,1\n",
            ("--formula", "lowe", "--weights-of", "1", "--unmatched", "leave-out"),
            "b has no price and quantity in 1",
        ),
    ],
)
def test_what_cannot_be_computed_is_refused_and_nothing_is_written(command, tmp_path, rows, options, told):
    (tmp_path / "d.csv").write_text("product,period,price,quantity\n" + rows)
    status, said = command("bilateral", "d.csv", "-o", "o.csv", *options)
    assert (status, told in said, (tmp_path / "o.csv").exists()) == (1, True, False), said


def test_a_sign_for_no_figure_is_a_gap(command, tmp_path):
    (tmp_path / "w.csv").write_text("code,parent,weight\nT,,\nA,T,3\nB,T,1\n")
    (tmp_path / "p.csv").write_text("product,code,period,price\na,A,1,4\na,A,2,5\nb,B,1,2\nb,B,2,NA\n")
    assert command("sample", "p.csv", "w.csv", "-o", "o.csv")[0] == 0
    assert [float(v) for v in column(tmp_path / "o.csv", "index")] == pytest.approx([100, 125] * 3)


@pytest.mark.parametrize(
    ("rows", "where"),
    [("T,,110\nT,2020-02,120\n", "row 3"), (",2020-02,110\n", "row 3"), ("T,2020-02,110\nT,02/2020,111\n", "2020-02")],
    ids=["no period", "no code", "a month twice, in two spellings"],
)
def test_rows_without_a_name_or_twice_are_refused(command, tmp_path, rows, where):
    (tmp_path / "s.csv").write_text("code,period,index\nT,2020-01,90\n" + rows)
    status, told = command("rebase", "s.csv", "--over", "2020-01", "-o", "o.csv")
    assert (status, where in told, (tmp_path / "o.csv").exists()) == (1, True, False)

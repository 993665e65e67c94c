"""``fansipan index chain`` and ``fansipan index products`` as a user runs them."""

import polars as pl
import pytest

from fansipan.cli.index.chain import stretches_named
from fansipan.errors import FansipanError

MONTHS = [f"{year}-{month:02d}" for year in (2020, 2021) for month in range(1, 13)]
# The top weighs group g (leaves a and b) and leaf c; in 2021 the weights of a and c change places.
TREE = "code,parent,weight\ntop,,\ng,top,\na,g,{a}\nb,g,2\nc,top,{c}\n"


@pytest.fixture
def files(tmp_path):
    """Values of three leaves, constant but for a, which doubles in 2021; the weights of both years."""

    def write(absent=()):
        rows = ["code,period,index"]
        for place, month in enumerate(MONTHS):
            for code, value in (("a", 100.0 if place < 12 else 200.0), ("b", 100.0), ("c", 100.0)):
                if (code, month) not in absent:
                    rows.append(f"{code},{month},{value}")
        (tmp_path / "values.csv").write_text("\n".join(rows), encoding="utf8")
        (tmp_path / "w2020.csv").write_text(TREE.format(a=3, c=5), encoding="utf8")
        (tmp_path / "w2021.csv").write_text(TREE.format(a=5, c=3), encoding="utf8")
        return tmp_path / "values.csv"

    return write


def read(path):
    return {(code, period): row for code, period, *row in pl.read_csv(path).iter_rows()}


@pytest.mark.parametrize("link", ["year", "month"])
def test_each_year_has_its_own_weights_and_contributions_add_up(fansipan, files, tmp_path, link):
    weights = ("--weights", f"2020-01={tmp_path / 'w2020.csv'}", "--weights", f"2021-01={tmp_path / 'w2021.csv'}")
    done = fansipan("index", "chain", files(), *weights, "--link", link, "--growth", "yoy", "-o", tmp_path / "o.csv")
    assert done.returncode == 0, done.stderr
    found = read(tmp_path / "o.csv")
    assert found["top", "2020-06"][0] == pytest.approx(100.0)
    # a weighs 5 of 10 in 2021 and doubles; with the weights of 2020 it would be 130
    assert found["top", "2021-06"][0] == pytest.approx(150.0)
    assert found["g", "2021-06"][0] == pytest.approx(100 * (5 * 2 + 2) / 7)
    parts = [found[code, "2021-06"][2] for code in "abc"]
    assert sum(parts) == pytest.approx(found["top", "2021-06"][1], abs=1e-12)
    assert parts == pytest.approx([50.0, 0.0, 0.0], abs=1e-12)


def test_one_stretch_is_the_index_as_it_stands(fansipan, files, tmp_path):
    values = files()
    fansipan("index", "chain", values, "--weights", f"2020-01={tmp_path / 'w2020.csv'}", "-o", tmp_path / "chain.csv")
    fansipan("index", "aggregate", values, tmp_path / "w2020.csv", "-o", tmp_path / "plain.csv")
    chained, plain = (pl.read_csv(tmp_path / name).sort("code", "period") for name in ("chain.csv", "plain.csv"))
    assert chained["index"].to_list() == pytest.approx(plain["index"].to_list(), rel=1e-12)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (["2020=w2020.csv"], "2020=w2020.csv is no month with a file of weights"),
        (["w2020.csv"], "w2020.csv is no month"),
        (["2020-01=w2020.csv", "2020-01=w2021.csv"], "The weights from 2020-01 on are named twice"),
        (["2020-06=w2020.csv"], "There are weights from 2020-06 only"),
        (["2020-01=w2020.csv", "2020-06=w2021.csv"], "Cannot link in 2020-06: the 12 months before"),
        (["2020-01=nowhere.csv"], "There is no file"),
    ],
)
def test_stretches_that_cannot_be_are_refused(fansipan, files, tmp_path, weights, message):
    options = [part for name in weights for part in ("--weights", name)]
    done = fansipan("index", "chain", files(), *options, "-o", "o.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert not (tmp_path / "o.csv").exists()


def test_trees_of_other_codes_are_refused(fansipan, files, tmp_path):
    values = files()
    (tmp_path / "w2021.csv").write_text("code,parent,weight\ntop,,\na,top,1\nb,top,1\nc,top,1\n", encoding="utf8")
    weights = ("--weights", "2020-01=w2020.csv", "--weights", "2021-01=w2021.csv")
    done = fansipan("index", "chain", values, *weights, "-o", "o.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "has other codes or parents than the first one" in done.stderr


def test_stretches_as_named():
    assert {month: path.name for month, path in stretches_named(["2020-01=a.csv", "2024-02=b=c.csv"]).items()} == {
        "2020-01": "a.csv",
        "2024-02": "b=c.csv",
    }
    with pytest.raises(FansipanError, match="is no month"):
        stretches_named(["2020-01="])


GONE = [("b", month) for month in MONTHS[:3]] + [("c", month) for month in MONTHS[20:]]


def test_products_that_come_and_go_are_refused_by_name(fansipan, files, tmp_path):
    done = fansipan("index", "products", files(GONE), tmp_path / "w2020.csv", "-o", tmp_path / "o.csv")
    assert done.returncode == 1
    assert "The product b is new in 2020-04" in done.stderr
    assert "The product c vanished after 2021-08" in done.stderr
    assert not (tmp_path / "o.csv").exists()


def test_products_that_come_and_go_by_a_named_option_are_logged(fansipan, files, tmp_path):
    options = ("--new", "link", "--vanished", "zero", "--log", tmp_path / "log.csv", "-o", tmp_path / "o.csv")
    done = fansipan("index", "products", files(GONE), tmp_path / "w2020.csv", *options)
    assert done.returncode == 0, done.stderr
    assert "b: new in 2020-04; the 3 months before by link." in done.stdout
    assert "c: vanished after 2021-08; the 4 months after it by zero." in done.stdout
    assert pl.read_csv(tmp_path / "log.csv").rows() == [
        ("b", "new", "2020-04", "link", 3),
        ("c", "vanished", "2021-08", "zero", 4),
    ]
    found = read(tmp_path / "o.csv")
    assert found["b", "2020-01"] == [100.0]
    assert found["c", "2021-12"] == [0.0]
    whole = fansipan("index", "aggregate", tmp_path / "o.csv", tmp_path / "w2020.csv", "-o", tmp_path / "index.csv")
    assert whole.returncode == 0, whole.stderr


def test_where_none_comes_or_goes_it_is_said_in_vietnamese_too(fansipan, files, tmp_path):
    done = fansipan("index", "products", files(), tmp_path / "w2020.csv", "-o", tmp_path / "o.csv", "--lang", "vi")
    assert "Không có sản phẩm mới hoặc ngừng." in done.stdout
    assert fansipan(
        "index",
        "products",
        files(GONE),
        tmp_path / "w2020.csv",
        "--new",
        "zero",
        "--vanished",
        "link",
        "--lang",
        "vi",
        "-o",
        tmp_path / "o.csv",
    ).stdout.startswith("b: mới có từ 2020-04")


@pytest.mark.parametrize(
    ("tree", "refusal"),
    [
        ("top,,\na,b,1\nb,a,1\nc,top,1\n", "w.csv"),
        ("top,,\na,nowhere,1\nb,top,1\nc,top,1\n", "nowhere"),
        ("top,,\na,top,1\na,top,2\nb,top,1\nc,top,1\n", "w.csv"),
        ("top,,\nother,,\na,top,1\nb,top,1\nc,other,1\n", "other"),
        ("top,,\na,top,1\nb,top,1\n", "c"),
        ("top,,\na,top,1\nb,top,\nc,top,1\n", "w.csv"),
    ],
    ids=["circle", "unknown parent", "repeated", "two tops", "value of no leaf", "leaf without weight"],
)
def test_products_are_not_settled_on_a_tree_that_is_none(fansipan, files, tmp_path, tree, refusal):
    (tmp_path / "w.csv").write_text("code,parent,weight\n" + tree)
    done = fansipan("index", "products", files(), tmp_path / "w.csv", "-o", tmp_path / "o.csv")
    assert (done.returncode, refusal in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert not (tmp_path / "o.csv").exists()

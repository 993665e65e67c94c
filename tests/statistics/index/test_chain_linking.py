"""An index whose weights change, linked over a month or a year (Rule S19)."""

import numpy as np
import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.statistics import aggregate_index
from fansipan.statistics.index.trees.chain_linking import chain_linked_index
from fansipan.statistics.index.trees.weight_updating import update_weights


def weights(a, b, c):
    return pl.DataFrame(
        {"code": ["T", "P", "A", "B", "C"], "parent": [None, "T", "P", "P", "T"], "weight": [None, None, a, b, c]},
        schema_overrides={"weight": pl.Float64},
    )


def random_values(months=40, seed=7):
    levels = np.random.default_rng(seed).uniform(60, 160, (3, months))
    periods = [f"{2020 + m // 12}-{m % 12 + 1:02d}" for m in range(months)]
    wide = pl.DataFrame({"period": periods, **dict(zip("ABC", levels, strict=True))})
    return wide.unpivot(index="period", variable_name="code", value_name="index")


def levels(frame, code="T"):
    return frame.filter(code=code).sort("period")["index"].to_list()


def test_by_hand_over_one_month():
    """A 100, 120, 150 and C 100, 90, 90: equal weights until February, then 3 : 1 on February = 1."""
    rows = [("A", "2024-01", 100), ("A", "2024-02", 120), ("A", "2024-03", 150)]
    rows += [("C", "2024-01", 100), ("C", "2024-02", 90), ("C", "2024-03", 90)]
    values = pl.DataFrame(rows, schema=["code", "period", "index"], orient="row")
    flat = {"code": ["T", "A", "C"], "parent": [None, "T", "T"]}
    first, second = (pl.DataFrame({**flat, "weight": [None, a, c]}) for a, c in ((1, 1), (3, 1)))
    found = chain_linked_index(values, {"2024-01": first, "2024-03": second}, link="month", growth="mom")
    assert levels(found) == pytest.approx([100, 105, 105 * (3 * 1.25 + 1) / 4])
    march = found.filter(period="2024-03")
    assert march["contribution"].to_list() == pytest.approx([18.75, 18.75, 0])
    assert march["growth"].to_list() == pytest.approx([18.75, 25, 0])


def test_one_stretch_is_the_plain_index():
    values = random_values()
    linked = chain_linked_index(values, {"2020-01": weights(1, 2, 3)}, growth="ytd")
    plain = aggregate_index(values, weights(1, 2, 3), growth="ytd").drop("imputed")
    for column in ("index", "growth", "contribution"):
        found, expected = (f[column].fill_null(np.nan).to_list() for f in (linked, plain))
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True)


def test_price_updated_weights_continue_the_old_index_exactly():
    values, old = random_values(), weights(1, 2, 3)
    start = values.with_columns(index=pl.lit(1.0)).filter(period="2020-01")
    moved = pl.concat([start, values.filter(period="2021-12")])
    new = update_weights(old, moved, since="2020-01", until="2021-12")
    linked = chain_linked_index(values, {"2020-01": old, "2022-01": new}, link="month")
    plain = aggregate_index(values, old)
    for code in "TPABC":
        assert levels(linked, code) == pytest.approx(levels(plain, code), rel=1e-12)


@pytest.mark.parametrize("link", ["month", "year"])
@pytest.mark.parametrize("growth", ["mom", "yoy", "ytd"])
def test_contributions_add_up_across_links(link, growth):
    stretches = {"2020-01": weights(1, 2, 3), "2021-01": weights(5, 1, 1), "2022-01": weights(2, 2, 9)}
    found = chain_linked_index(random_values(), stretches, link=link, growth=growth)
    wide = found.pivot("code", index="period", values="contribution").drop_nulls()
    root = found.filter(code="T").drop_nulls("growth")
    assert wide.height >= 28
    assert wide["T"].to_list() == pytest.approx(root["growth"].to_list(), abs=1e-12)
    assert (wide["P"] + wide["C"]).to_list() == pytest.approx(wide["T"].to_list(), abs=1e-12)
    assert (wide["A"] + wide["B"]).to_list() == pytest.approx(wide["P"].to_list(), abs=1e-12)


def test_a_year_link_keeps_the_mean_of_the_year():
    values = random_values()
    found = chain_linked_index(values, {"2020-01": weights(1, 2, 3), "2021-01": weights(5, 1, 1)})
    year = values.filter(pl.col("period").str.starts_with("2020")).group_by("code").agg(mean=pl.col("index").mean())
    means = dict(year.iter_rows())
    january = dict(values.filter(period="2021-01").select("code", "index").iter_rows())
    relative = sum(w * january[c] / means[c] for c, w in zip("ABC", (5, 1, 1), strict=True)) / 7
    mean = (means["A"] + 2 * means["B"] + 3 * means["C"]) / 6
    assert levels(found)[12] == pytest.approx(mean * relative, rel=1e-12)


def test_rows_of_the_trees_may_stand_in_any_order():
    stretches = {"2020-01": weights(1, 2, 3), "2021-01": weights(5, 1, 1)}
    mixed = {"2020-01": weights(1, 2, 3), "2021-01": weights(5, 1, 1).reverse()}
    assert levels(chain_linked_index(random_values(), mixed)) == levels(chain_linked_index(random_values(), stretches))


def test_what_cannot_be_linked_is_refused_all_at_once():
    flat = {"code": ["T", "A", "B", "C"], "parent": [None, "T", "T", "T"], "weight": [None, 1.0, 1.0, 1.0]}
    stretches = {"2020-03": weights(1, 2, 3), "2020-06": pl.DataFrame(flat), "2021-01": weights(1, 1, 1)}
    with pytest.raises(InvalidInput) as refused:
        chain_linked_index(random_values(), stretches)
    found = [(f.code, f.params["period"]) for f in refused.value.faults]
    expected = ["index.trees-differ", "index.link-missing", "index.no-weights-yet"]
    assert found == list(zip(expected, ["2020-06", "2020-06", "2020-03"], strict=True))


def test_gaps_are_refused():
    gap = (pl.col("code") == "A") & (pl.col("period") == "2020-05")
    with pytest.raises(InvalidInput, match="has no value for 2020-05; a chained index needs every period") as refused:
        chain_linked_index(random_values().filter(~gap), {"2020-01": weights(1, 1, 1), "2022-01": weights(2, 1, 1)})
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize(("link", "zeros"), [("month", ["2021-12"]), ("year", [f"2021-{m:02d}" for m in range(1, 13)])])
def test_a_leaf_that_is_zero_where_it_is_linked_is_refused(link, zeros):
    nothing = pl.when((pl.col("code") == "A") & pl.col("period").is_in(zeros)).then(0.0).otherwise("index")
    values = random_values().with_columns(index=nothing)
    stretches = {"2020-01": weights(1, 1, 1), "2022-01": weights(2, 1, 1)}
    with pytest.raises(InvalidInput, match=r"Cannot link in 2022-01: the leaf A is zero"):
        chain_linked_index(values, stretches, link=link)

"""Chaining, rebasing, splicing and weight updating (Rules S12-S15 and S17)."""

import numpy as np
import polars as pl
import pytest

from fansipan.errors import FansipanError
from fansipan.statistics.index.bilateral.chaining import chain, chain_contributions, rebase, unchain
from fansipan.statistics.index.bilateral.splicing import splice
from fansipan.statistics.index.trees.weight_updating import update_weights


def series(*values, start=1, **columns):
    periods = [f"2024-{start + i:02d}" for i in range(len(values))]
    return pl.DataFrame({"period": periods, "index": list(map(float, values)), **columns})


def test_chain_multiplies_links_and_unchain_divides_levels():
    assert chain(np.array([1.0, 1.1, 0.5])).tolist() == pytest.approx([1.0, 1.1, 0.55])
    assert unchain(np.array([[100.0, 110.0, 55.0]])).tolist() == [pytest.approx([1.0, 1.1, 0.5])]


def test_chained_contributions_by_hand():
    """+10 % of which a 4 and b 6 points, then -20 %, all of it a's: at the level 1.1 that is -22 points."""
    parts = np.array([[0.0, 0.04, -0.20], [0.0, 0.06, 0.0]])
    total = chain_contributions(parts, np.array([1.0, 1.1, 0.8]))
    assert total[:, -1].tolist() == pytest.approx([0.04 - 0.22, 0.06])
    assert total[:, -1].sum() == pytest.approx(1.1 * 0.8 - 1)


def test_price_updated_links_give_the_direct_contributions():
    """Shares 1/4 and 3/4; a 1, 2, 3 and b 1, 1, 2: each link weighs with shares moved to its start (Rule S14)."""
    levels, start = np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 2.0]]), np.array([[0.25], [0.75]])
    total = (start * levels).sum(axis=0)
    updated = start * levels[:, :-1] / total[:-1]
    parts = np.concatenate([np.zeros((2, 1)), updated * (levels[:, 1:] / levels[:, :-1] - 1)], axis=1)
    found = chain_contributions(parts, unchain(total))
    assert found == pytest.approx(start * (levels - 1), abs=1e-15)


def test_rebase_on_a_month_and_on_a_mean():
    index = series(50, 100, 150, code=["A"] * 3)
    assert rebase(index, ["2024-02"])["index"].to_list() == [50.0, 100.0, 150.0]
    assert rebase(index, ["2024-01", "2024-02"])["index"].to_list() == pytest.approx([200 / 3, 400 / 3, 200])
    assert rebase(index, ["2024-01"], level=1)["index"].to_list() == [1.0, 2.0, 3.0]


def test_rebase_refuses_a_series_without_the_reference_period():
    index = pl.concat([series(50, 100, code=["A"] * 2), series(10, code=["B"]), series(0, 0, code=["C"] * 2)])
    with pytest.raises(FansipanError, match=r"Cannot rebase: B, C .* 2024-02"):
        rebase(index, ["2024-02"])


def test_splice_shows_and_judges_the_overlap():
    found = splice(series(90, 100, 110, 120), series(200, 220.2, 240.4, 250, start=2))
    assert found.ratio == pytest.approx(660.6 / 330)
    assert found.overlap["ratio"].to_list() == pytest.approx([2, 220.2 / 110, 240.4 / 120])
    assert found.spread == pytest.approx(240.4 / 120 / 2 - 1)
    assert found.verdict == "close"
    assert found.series["index"].to_list() == pytest.approx([90 * 660.6 / 330, 200, 220.2, 240.4, 250])
    assert found.series["source"].to_list() == ["old", "new", "new", "new", "new"]
    assert "the two series agree" in found.describe("en")
    assert "hệ số nối 2,0018" in found.describe("vi").lower()


def test_splice_warns_where_the_series_do_not_agree_or_cannot_be_judged():
    uneven = splice(series(90, 100, 110), series(200, 260, start=2))
    assert uneven.verdict == "uneven"
    assert "look into it before publishing" in uneven.describe("en")
    single = splice(series(90, 100), series(200, 210, start=2))
    assert (single.verdict, single.spread, single.ratio) == ("single", 0, 2)
    assert "không đánh giá được" in single.describe("vi")


def test_splice_needs_an_overlap():
    with pytest.raises(FansipanError, match="share no period"):
        splice(series(90, 100), series(200, start=3))


def test_updated_weights_move_with_the_index_and_blanks_stay_blank():
    weights = pl.DataFrame({"code": ["T", "A", "B"], "parent": [None, "T", "T"], "weight": [None, 30.0, 10.0]})
    index = pl.concat([series(100, 120, code=["A"] * 2), series(50, 25, code=["B"] * 2)])
    updated = update_weights(weights, index, since="2024-01", until="2024-02")
    assert updated.columns == weights.columns
    assert updated["weight"].to_list() == [None, pytest.approx(36), pytest.approx(5)]


def test_weights_are_not_updated_without_both_periods():
    weights = pl.DataFrame({"code": ["A", "B"], "weight": [1.0, 1.0]})
    with pytest.raises(FansipanError, match="B have no index in 2024-01 or 2024-02"):
        update_weights(weights, series(100, 120, code=["A"] * 2), since="2024-01", until="2024-02")

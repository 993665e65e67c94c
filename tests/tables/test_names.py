import polars as pl

from fansipan.tables import REGISTRY, names_of
from fansipan.texts import Words, same


def test_the_name_stands_for_both_languages_where_there_is_none_in_english():
    frame = pl.DataFrame({"zone": ["a", "b"], "name": ["Khu A", "Khu B"], "name_en": ["Park A", None]})
    assert names_of(frame, "zone") == {"a": Words("Khu A", "Park A"), "b": same("Khu B")}
    assert names_of(frame.drop("name_en"), "zone")["a"] == same("Khu A")
    assert names_of(frame, "zone", "name_en", "name")["a"] == Words("Park A", "Khu A")


def test_of_rows_with_the_same_key_the_last_counts():
    frame = pl.DataFrame({"name": ["Cũ", "Mới"]})
    assert names_of(frame.with_columns(zone=pl.lit("a")), "zone") == {"a": same("Mới")}
    assert names_of(frame, "name")["Cũ"] == same("Cũ")


def test_the_words_of_a_choice_stand_by_its_value():
    assert REGISTRY["zones"].meaning("kind").choice_words["cluster"].en == "industrial cluster"

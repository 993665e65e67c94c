"""A criterion may have any name: that of a part of the machinery, several words, signs, digits."""

import dataframely
import polars as pl
import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import rank
from fansipan.errors import InvalidInput

MACHINERY = sorted({name for thing in (dataframely.Schema, pl.DataFrame) for name in dir(thing)})
PLAIN = [
    "a b",
    "chi phí",
    "x.y",
    "2",
    "(a)",
    "a|b",
    "x|nullability",
    "None",
    "nan",
    "name",
    "row",
    "Phương án",
    "⟦0⟧",
    "%",
]


def ranked(folder, name, header=None):
    decision = read_decision(
        folder(f"alternative,{header or name},z\nA,1,2\nB,3,1\n", f"criterion,direction\n{name},max\nz,min\n")
    )
    return [standing.rank for standing in rank(decision).standings]


@pytest.mark.parametrize("name", [*PLAIN, '"giá, đồng"', '"a""b"', "primary_key", "columns", "filter", "__class__"])
def test_any_name(folder, name):
    assert ranked(folder, name) == [2, 1]


def test_every_name_of_the_machinery_at_once(folder):
    names = [name for name in MACHINERY if name.strip("_")]
    rows = "\n".join(
        f"{alternative}," + ",".join([figure] * len(names)) for alternative, figure in (("A", "1"), ("B", "3"))
    )
    criteria = "criterion,direction\n" + "".join(f"{name},max\n" for name in names)
    decision = read_decision(folder(f"alternative,{','.join(names)}\n{rows}\n", criteria))
    assert [leaf.name for leaf in decision.leaves] == names
    assert decision.figures[:, 0].tolist() == [1, 3]


@pytest.mark.parametrize("header", [" Chi Phí ", "chi_phi", "CHI PHÍ", "chi phi\u0301"])
def test_headers_without_case_and_accents(folder, header):
    assert ranked(folder, "chi phí", header) == [2, 1]


def test_names_that_differ_in_accents_alone_are_two_criteria(folder):
    decision = read_decision(folder("alternative,gia,giá\nA,1,20\nB,3,10\n", "criterion,direction\ngiá,min\ngia,max\n"))
    assert decision.figures.tolist() == [[20, 1], [10, 3]]


@pytest.mark.parametrize("name", ["alternative", "Alternative", "ALTERNATIVE"])
def test_the_column_of_names_is_no_criterion(folder, name):
    with pytest.raises(InvalidInput, match="cannot be called alternative") as caught:
        ranked(folder, name)
    (fault,) = caught.value.faults
    assert (fault.place.file, fault.place.row, fault.place.column) == ("criteria.csv", 2, "criterion")


def test_faults_name_the_column_as_the_file_does(folder):
    with pytest.raises(InvalidInput) as caught:
        read_decision(
            folder("alternative,filter,columns\nA,nhiều,1\n", "criterion,direction\nfilter,max\ncolumns,max\n")
        )
    (line,) = (fault.line("en") for fault in caught.value.faults)
    assert "alternatives.csv, row 2, column filter: Column “filter” needs a number" in line


def test_a_header_nobody_knows_is_told_with_the_names_there_are(folder):
    decision = read_decision(folder("alternative,x,colour\nA,1,red\nB,2,blue\n", "criterion,direction\nx,max\n"))
    (note,) = decision.notes
    assert note.severity == "warning"
    assert "⟦" not in note.line("en")


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_separators_endings_and_the_byte_order_mark(folder, separator, ending):
    def written(words):
        return ("\ufeff" + words.replace(",", separator).replace("\n", ending)).encode()

    alternatives, criteria = "alternative,x,z\n A ,1.5,2\nB, 3.5 ,1\n", "criterion,direction\n x ,max\nz, min \n"
    decision = read_decision(folder(written(alternatives), written(criteria)))
    assert decision.alternatives == ("A", "B")
    assert decision.figures.tolist() == [[1.5, 2], [3.5, 1]]


def test_decimal_commas_are_read_where_they_can_only_be_that(folder):
    decision = read_decision(folder('alternative,x\nA,"1,5"\nB,"2,25"\n', "criterion,direction\nx,max\n"))
    assert decision.figures.ravel().tolist() == [1.5, 2.25]
    with pytest.raises(InvalidInput, match="can be read in two ways"):
        read_decision(folder('alternative,x\nA,"1,500"\n', "criterion,direction\nx,max\n"))


def test_a_first_row_that_counts_is_data(folder):
    criteria = "criterion,direction\nx,max\ny,max\nz,max\n"
    decision = read_decision(folder("alternative,x,y,z\nA,1,2,3\nB,3,2,1\n", criteria))
    assert decision.alternatives == ("A", "B")

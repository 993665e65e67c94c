"""The portfolio group of an applicant and its place in the expansion plan."""

import json
from datetime import date
from pathlib import Path

import pytest

from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.decision.plan_fit import plan_fits
from fansipan.appraisal.decision.portfolio_fit import portfolio_group
from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.decision.surroundings import Surroundings
from fansipan.errors import InvalidInput
from fansipan.province import Province

COPPER = Path(__file__).parents[1] / "cases" / "expansion" / "copper"
ON = date(2024, 6, 20)
PORTFOLIO = (
    "line,name,portfolio_group,valid_from,valid_to,source\n"
    "wire,Dây điện,priority,2021-01-01,,illustrative\nore,Quặng,new,2021-01-01,2022-12-31,illustrative\n"
    "ore,Quặng,maintain,2023-01-01,,illustrative\n"
)
PRODUCTS = (
    "product,name,unit,version,industry,line,source\n"
    "cable,Cáp,tấn,VSIC2018,27320,wire,illustrative\nconcentrate,Tinh quặng,tấn,VSIC2018,07220,ore,illustrative\n"
    "mixed,Khác,tấn,VSIC2018,27330,wire,illustrative\nplain,Khác,tấn,VSIC2018,27330,,illustrative\n"
)
PROJECTS = (
    "project,name,kind,line,industry,source\n"
    "P1,Nhà máy cáp,production,wire,,illustrative\nP2,Tuyển quặng,production,,,illustrative\n"
    "P3,Xưởng,production,,27320,illustrative\n"
)
MADE = "project,product,capacity,source\nP2,concentrate,100,illustrative\n"


@pytest.fixture
def province(tmp_path):
    folder = tmp_path / "province"
    folder.mkdir()
    industries = "version,industry,level,name,source\n" + "".join(
        f"VSIC2018,{code},class,{code},illustrative\n" for code in ("27320", "27330", "07220")
    )
    for name, words in (
        ("portfolio", PORTFOLIO),
        ("products", PRODUCTS),
        ("projects", PROJECTS),
        ("project_products", MADE),
        ("industries", industries),
    ):
        (folder / f"{name}.csv").write_text(words, encoding="utf8")
    return folder


@pytest.mark.parametrize(
    ("asked", "group"),
    [
        ({"project": "P1", "industry": None}, "priority"),
        ({"project": "P2", "industry": None}, "maintain"),
        ({"project": "P3", "industry": None}, "priority"),
        ({"project": None, "industry": "2732"}, "priority"),
        ({"project": None, "industry": "27330"}, None),
        ({"project": None, "industry": "1410"}, "other"),
        ({"project": "Z", "industry": None}, None),
    ],
)
def test_group_by_project_its_products_or_its_class(province, asked, group):
    assert portfolio_group(Province.read(province), ON, **asked) == group


def test_group_as_it_held_on_the_day(province):
    tables = Province.read(province)
    assert portfolio_group(tables, date(2022, 6, 1), project="P2", industry=None) == "new"
    assert portfolio_group(tables, date(2020, 6, 1), project="P2", industry=None) == "other"


def test_value_in_a_plan_is_the_best_with_less_the_best_without():
    """Two lumps of the small smelter earn 10; with the big one the plan earns less than without it."""
    found = plan_fits(COPPER, {"S", "B", "unknown"})
    assert set(found) == {"S", "B"}
    assert (found["S"].planned, found["S"].in_use, found["B"].planned, found["B"].in_use) == (True, 2025, False, None)
    assert found["S"].plan_value > 0 > found["B"].plan_value


def test_a_plan_solved_before_tells_what_is_built(tmp_path):
    (tmp_path / "builds.csv").write_text(
        "\ufeffproject,process,site,year,in_use,lumps\nS,s,t,2026,2028,1\nS,s,t,2025,2027,1\n", encoding="utf8"
    )
    assert plan_fits(tmp_path, {"S", "B"}) == {"S": Fit(planned=True, in_use=2027), "B": Fit(planned=False)}


def test_group_and_plan_fill_computed_criteria(folder, province):
    files = folder(
        "alternative,group,worth\nA,,\nB,,\nC,khác,1\n",
        "criterion,direction,scale,computed,missing\n"
        "group,max,ưu tiên=1; mới=0.9; duy trì=0.5; khác=0,portfolio_group,worst\nworth,max,,plan_value,worst\n",
        heading="on = 2024-06-20\n",
        applications="alternative,industry,project\nA,2732,S\nB,,P2\n",
    )
    decision = read_decision(files, Surroundings(province, COPPER))
    assert decision.figures[:, 0].tolist() == [1, 0.5, 0]
    assert decision.figures[0, 1] == decision.fits["A"].plan_value > 0
    assert decision.fits["B"] == Fit("maintain")
    assert "C" not in decision.fits


def test_a_province_needs_the_day(folder, province):
    with pytest.raises(InvalidInput, match="gives none"):
        read_decision(folder(), Surroundings(province))


def test_the_command_takes_both(folder, province, fansipan):
    files = folder(heading="on = 2024-06-20\n", applications="alternative,industry,project\nA,2732,S\n")
    done = fansipan("appraise", files, "--province", province, "--plan", COPPER, "--json")
    (row,) = (row for row in json.loads(done.stdout)["alternatives"] if row["alternative"] == "A")
    assert (done.returncode, row["fit"]["group"], row["fit"]["planned"]) == (0, "priority", True)


def test_a_value_asked_of_a_plan_s_answer_is_told_to_be_missing(folder, tmp_path):
    """Only the planning system itself, solved with and without a project, can say what the project is worth."""
    answer = tmp_path / "answer"
    answer.mkdir()
    (answer / "builds.csv").write_text("project,process,site,year,in_use,lumps\nS,s,t,2026,2028,1\n", encoding="utf8")
    files = folder(
        "alternative,worth\nS,\nB,\nC,1\n", "criterion,direction,computed,missing\nworth,max,plan_value,worst\n"
    )
    decision = read_decision(files, Surroundings(plan=answer))
    assert [note.code for note in decision.notes] == ["fit.no-plan-value"]
    assert "candidates.csv" in decision.notes[0].line("vi")
    assert read_decision(files, Surroundings(plan=COPPER)).notes == ()


def test_the_folder_that_plan_solve_writes_is_read(folder, tmp_path, fansipan):
    """The real output of the command, not one made up for the test."""
    solved = fansipan("plan", "solve", COPPER, "-o", tmp_path / "solved")
    assert solved.returncode == 0
    found = plan_fits(tmp_path / "solved", {"S", "B"})
    assert found == {"S": Fit(planned=True, in_use=2025), "B": Fit(planned=False)}

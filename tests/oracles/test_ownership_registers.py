"""Registers of owners as others publish them: the examples of the Beneficial Ownership Data Standard 0.4, and records of the GLEIF with
the statements that Open Ownership's register made of them.

Of the expected statements two forms exist: those of 2023-11 and, of rr-updates-data2, those of 2024-02. Those of lei-data belong to the
same records updated a month later.
"""

import json
from datetime import date

import pytest
from outside import outside
from prompt import holdbook

from holdbook import api
from holdbook.importers.bods import register_of
from holdbook.importers.bods_out import statements_of
from holdbook.importers.gleif import read_records, statements
from holdbook.importers.statement import read_statements, write_statements
from holdbook.measures.ownership import rights
from holdbook.quantity.bounds import bounds
from holdbook.timeline.view import View

BODS = (
    "bods-package-entity-owning-entity",
    "bods-package",
    "fermcat",
    "indirect-ownership",
    "joint-ownership",
    "multiple-indirect-ownership",
    "nomination",
    "tecido",
)


def bods(name):
    return outside("data", "ownership", "bods_0.4", f"{name}.json").read_text(encoding="utf-8")


def gleif(name):
    return outside("data", "ownership", "gleif", f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BODS)
def test_an_example_is_read_and_written_back_without_loss(name):
    text = bods(name)
    assert json.loads(write_statements(read_statements(text))) == json.loads(text)


def test_all_examples_are_held_to_it():
    assert sorted(path.stem for path in outside("data", "ownership", "bods_0.4").iterdir()) == sorted(BODS)


def test_relationship_records_come_out_as_the_register_published_them():
    found = statements(read_records(gleif("rr-data")), date(2023, 11, 13))
    assert found == json.loads(gleif("rr-data-out"))


def test_updated_relationship_records_come_out_in_the_later_form():
    records, expected = read_records(gleif("rr-updates-data2")), json.loads(gleif("rr-updates-data2-out"))
    described = {}  # who describes whom was known to the register from records that are not here
    for record, statement in zip(records, expected, strict=True):
        for end, side in (("StartNode", "subject"), ("EndNode", "interestedParty")):
            described[record["Relationship"][end]["NodeID"]] = statement[side]["describedByEntityStatement"]
    assert len(described) == 11
    assert statements(records, date(2024, 2, 16), described=described, annotated=True) == expected


def test_entity_records_come_out_as_the_register_published_them():
    records = {record["LEI"]: record for record in read_records(gleif("lei-data"))}
    for expected in json.loads(gleif("lei-data-out")):
        record = json.loads(json.dumps(records[expected["identifiers"][0]["id"]]))
        day = record["Registration"]["LastUpdateDate"]
        record["Registration"]["LastUpdateDate"] = expected["statementDate"] + day[10:]
        assert statements([record], date(2023, 11, 6), countries={"GB": "United Kingdom"}) == [expected]


@pytest.mark.parametrize("name", ["rr-data", "lei-data"])
def test_xml_and_json_of_the_gleif_are_the_same_records(name):
    text = outside("data", "ownership", "gleif", f"{name}.xml").read_text(encoding="utf-8")
    assert read_records(text) == read_records(gleif(name))


def book_of(folder, kind, *names):
    """A new book with some files imported, checked, and imported again without a change."""
    room = "bods_0.4" if kind == "bods" else "gleif"
    files = [str(outside("data", "ownership", room, f"{name}.json")) for name in names]
    assert holdbook("new", "acme", folder=folder).code == 0
    done = holdbook("import", kind, *files, "--into", "acme", folder=folder)
    assert (done.code, done.err) == (0, "")
    again = holdbook("import", kind, *files, "--into", "acme", folder=folder)
    assert "Wrote" not in again.out
    opened = api.read(str(folder / "acme"))
    assert not api.check(opened).problems
    return opened.book


def owned(book, owner, day):
    """What an owner has in each entity on a day, in percent, with all that the book knows."""
    day = date.fromisoformat(day)
    found = rights(View(book, day, date(2024, 12, 31)), owner)
    return {asset: tuple(float(end * 100) for end in bounds(right.cash_flow).interval[:2]) for asset, right in found.items()}


def test_examples_become_dated_ownership(tmp_path):
    """The share of the founder of Tecido Ltd: all of it, 40% from 2021-09-24, 30% from 2022-09-21, nothing after 2023-03-03."""
    book = book_of(tmp_path, "bods", *BODS)
    founder, company = "maria_esteves_f6b3eb", "tecido_ltd_8d7633"
    days = {"2020-01-01": 100, "2021-12-31": 40, "2022-12-31": 30}
    assert {day: owned(book, founder, day) for day in days} == {day: {company: (part, part)} for day, part in days.items()}
    assert owned(book, founder, "2023-03-04") == {}
    assert owned(book, "shear_trust_84672b", "2023-03-31") == {company: (80, 80)}
    assert owned(book, "patrick_o_donohue_246f7c", "2022-06-30") == {"fermcat_ltd_28f889": (100, 100)}


def test_joint_shares_lead_through_their_arrangement(tmp_path):
    book = book_of(tmp_path, "bods", "joint-ownership")
    assert owned(book, "natalie_coleman_b18b99", "2019-01-01")["chrinon_ltd_425764"] == (50, 50)


def test_a_share_between_two_ends_is_an_interval(tmp_path):
    book = book_of(tmp_path, "bods", "bods-package-entity-owning-entity")
    assert owned(book, "mvj_limited_729ada", "2019-01-01") == {"jenex_limited_0770ce": (75, 100)}


def test_records_of_the_gleif_become_ties(tmp_path):
    book = book_of(tmp_path, "gleif", "rr-data", "lei-data", "repex-data", "relationship-update-data")
    found = {tie.id: (tie.from_, tie.type, tie.to) for tie in book.tables["relations"].values() if tie.id.startswith("gleif")}
    assert ("lei_5493001z012ysb2a0k51", "manages", "lei_001gpb6a9xpe8xjicc14") in found.values()
    assert ("lei_zzg38t0mdr3qy1etua76", "controls", "lei_010cmkz3von21wf2zd45") in found.values()
    assert book.name_of("lei_001gpb6a9xpe8xjicc14") == "Fidelity Advisor Leveraged Company Stock Fund"


def test_what_a_book_exports_is_of_the_standard_and_comes_back(tmp_path):
    book = book_of(tmp_path, "bods", "fermcat")
    written = write_statements(statements_of(View(book, date(2022, 6, 30), date(2024, 12, 31))))
    back = register_of(read_statements(written), "back")
    told = {(edge.start, edge.type, edge.end, edge.part) for edge in back.edges}
    assert ("per-41c0bb0cef246f7c", "owns", "ent-93c75c87ab28f889", "= 100%") in told


def without(found, paths, path=""):
    """A statement without some fields, and its interests in the order of their names."""
    if isinstance(found, list):
        return sorted((without(one, paths, path) for one in found), key=str)
    if not isinstance(found, dict):
        return found
    inner = {name: path if name == "recordDetails" else f"{path}.{name}".lstrip(".") for name in found}
    return {name: without(value, paths, inner[name]) for name, value in found.items() if inner[name] not in paths}


@pytest.mark.parametrize("name", BODS)
def test_what_a_register_stated_comes_back_through_a_book_but_for_what_the_export_names(tmp_path, name):
    book = book_of(tmp_path, "bods", name)
    written = json.loads(write_statements(statements_of(View(book, date(2024, 12, 31), date(2024, 12, 31)))))
    told = {one["statementId"]: one for one in json.loads(bods(name))}
    latest = {one["recordId"]: one for one in told.values()}  # the examples stand in order of time
    of_day = {one["statementId"] for one in latest.values() if one["recordStatus"] != "closed"}
    assert {one["statementId"] for one in written} == of_day
    for one in written:
        remarks = one.pop("annotations", [])
        lost = [path for remark in remarks for path in remark["description"].rpartition(": ")[2].split(", ")]
        assert not set(lost) & {"interests", "isComponent", "name", "source", "publicationDetails", "subject", "interestedParty"}
        told_names = [] if "names" in lost else lost
        expected = without(told[one["statementId"]], lost)
        if "names" in lost:
            expected["recordDetails"]["names"] = [{"fullName": one["recordDetails"]["names"][0]["fullName"]}]
        assert without(one, told_names) == expected

"""Registers of owners: what is refused, how days and parts are read, and what a graph for other programs looks like."""

import json
from xml.etree import ElementTree as ET

import pytest
from prompt import SOUND, book, holdbook

from holdbook import api
from holdbook.importers.bods import register_of
from holdbook.importers.bods_out import statements_of
from holdbook.importers.gleif import read_records
from holdbook.importers.register import slug
from holdbook.importers.statement import read_statements, write_statements
from holdbook.measures.ownership import rights
from holdbook.measures.ties import ties
from holdbook.render.graph import graphml, mermaid
from holdbook.timeline.view import View

TIES = """relations:
  ours: {from: acme, to: beta, type: owns, part: 60%, day: 2025-01-01, source: report p. 4}
  sells: {from: beta, to: acme, type: supplies, role: "<engines> & more", prospective: "yes", source: report p. 5}
"""


def statement(kind, name, details, day="2024-01-01", status="new"):
    return {
        "statementId": f"{name}-{day}", "statementDate": day, "declarationSubject": "x", "recordId": name, "recordType": kind,
        "recordStatus": status, "recordDetails": {"isComponent": False, **details},
    }  # fmt: skip


def company(name):
    return statement("entity", name, {"entityType": {"type": "registeredEntity"}, "name": f"Company {name}"})


def owns(interests, *, party="b", **more):
    return statement("relationship", "r", {"subject": "a", "interestedParty": party, "interests": interests}, **more)


def edges(*statements):
    return register_of(read_statements(json.dumps([company("a"), company("b"), *statements])), "bods_x")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "truncated"),
        ("{}", "list of statements"),
        ('[{"recordType": "trust"}]', "recordType 'trust'"),
        ('[{"recordType": "entity", "recordDetails": {}}]', r"\$\[0\].*isComponent"),
        (json.dumps([company("a") | {"shoeSize": 44}]), "shoeSize"),
    ],
)
def test_what_is_no_statement_is_refused_with_its_place(text, says):
    with pytest.raises(ValueError, match=says):
        read_statements(text)


@pytest.mark.parametrize("text", ["[1]", "{}", '[{"LEI": "x"}]', '[{"Relationship": {"StartNode": {"NodeID": "x"}}}]'])
def test_what_is_no_record_is_refused(text):
    with pytest.raises(ValueError, match=r"expected|no "):
        read_records(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<a><b></a>", "mismatched tag"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        ("<a>" * 40, "deep"),
        ("<r><LEIRecord><LEI>x</LEI></LEIRecord></r>", "no Relationship, Entity"),
    ],
)
def test_xml_that_is_no_register_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        read_records(text)


def test_an_empty_field_is_kept_apart_from_none():
    text = json.dumps([company("a") | {"annotations": []}])
    assert json.loads(write_statements(read_statements(text))) == json.loads(text)


@pytest.mark.parametrize(
    ("share", "part"),
    [
        ({"exact": 12.5}, "= 12.5%"),
        ({"minimum": 25, "exclusiveMaximum": 50}, "25%..50%"),
        ({"exclusiveMinimum": 75}, "75%..100%"),
        ({"maximum": 25}, "0%..25%"),
        ({}, ""),
    ],
)
def test_a_share_is_a_part_with_its_ends(share, part):
    (edge,) = edges(owns([{"type": "shareholding", "share": share}])).edges
    assert (edge.type, edge.part) == ("owns", part)


def test_interests_are_owned_commanded_led_or_invested():
    kinds = ("shareholding", "votingRights", "boardMember", "beneficiaryOfLegalArrangement")
    assert [edge.type for edge in edges(owns([{"type": kind} for kind in kinds])).edges] == ["owns", "controls", "leads", "invested_in"]


def test_another_part_ends_the_one_before_on_the_eve():
    first = owns([{"type": "shareholding", "share": {"exact": 40}, "startDate": "2020-01-01"}])
    more = owns([{"type": "shareholding", "share": {"exact": 60}, "startDate": "2020-01-01"}], day="2024-03-01", status="updated")
    same = owns([{"type": "shareholding", "share": {"exact": 60}, "startDate": "2020-01-01"}], day="2024-04-01", status="updated")
    closed = owns([{"type": "shareholding", "share": {"exact": 60}, "startDate": "2020-01-01"}], day="2024-05-01", status="closed")
    found = [(one.part, one.day, one.until, bool(one.before)) for one in edges(first, more, same, closed).edges]
    assert found == [
        ("= 40%", "2020-01-01", "", False),
        ("= 40%", "2020-01-01", "2024-02-29", True),
        ("= 60%", "2024-03-01", "", False),
        ("= 60%", "2024-03-01", "2024-05-01", True),
    ]


def test_what_is_no_edge_is_told():
    found = edges(
        owns([{"type": "shareholding"}], party={"reason": "unknown"}),
        owns([{"type": "shareholding"}], party="nobody"),
    )
    assert found.edges == []
    assert [remark.rpartition(", ")[2] for remark in found.remarks] == [
        "one end of which is not specified",
        "one end of which no statement describes",
    ]


def test_an_indirect_interest_is_told_and_counts_in_no_sum(tmp_path):
    held = owns([{"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 30}}])
    imported(tmp_path, company("a"), company("b"), held)
    view = View(api.read(str(tmp_path / "acme")).book)
    assert [tie.type for tie in ties(view) if tie.fact.place.file.endswith("bods-list.yaml")] == ["holds_through"]
    assert rights(view, "company_b_b") == {}


def test_two_interests_of_a_sort_in_one_statement_are_two_edges():
    one, two = edges(owns([{"type": "shareholding", "share": {"exact": 10}}, {"type": "shareholding", "share": {"exact": 20}}])).edges
    assert (one.part, two.part, two.before) == ("= 10%", "= 20%", "")


@pytest.mark.parametrize(
    "share", [{"minimum": 25, "exclusiveMaximum": 50}, {"exclusiveMinimum": 75}, {"maximum": 25}, {"exact": 12.5}, {"exact": 0}]
)
def test_a_statement_comes_back_with_its_id_its_publisher_and_the_ends_of_its_share(tmp_path, share):
    interest = {"type": "votingRights", "directOrIndirect": "unknown", "beneficialOwnershipOrControl": True, "share": share}
    published = {"publicationDate": "2024-02-01", "bodsVersion": "0.4", "license": "free", "publisher": {"name": "Register"}}
    source = {"type": ["officialRegister", "verified"], "assertedBy": [{"name": "A"}, {"name": "B"}], "description": "a form"}
    told = owns([interest | {"startDate": "2020-01-01"}]) | {"publicationDetails": published, "source": source, "declaration": "d1"}
    told["recordDetails"]["isComponent"] = True
    imported(tmp_path, company("a"), company("b"), told)
    done = holdbook("export", "bods", "acme", "--day", "2024-03-01", "--known-on", "2024-03-01", folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)[-1] == told
    before = holdbook("export", "bods", "acme", "--day", "2024-03-01", "--known-on", "2024-01-31", folder=tmp_path)
    assert told["statementId"] not in before.out


def test_what_a_book_does_not_keep_is_named_on_import_in_the_export_and_beside_it(tmp_path):
    party = company("b")
    party["recordDetails"]["addresses"] = [{"address": "1 High Street"}]
    done = imported(tmp_path, company("a"), party, owns([{"type": "shareholding", "details": "A shares"}]))
    assert "list.json: not kept, for want of a field: addresses (1), interests.details (1)" in done.out
    back = holdbook("export", "bods", "acme", "--day", "2024-03-01", "--known-on", "2024-03-01", folder=tmp_path)
    assert "not whole, and say so in a remark: no addresses, interests.details" in back.err
    remarks = {one["recordId"]: [remark["description"] for remark in one.get("annotations", [])] for one in json.loads(back.out)}
    kept = "not kept by the book from which this was written: "
    assert remarks == {"a": [], "b": [f"{kept}addresses"], "r": [f"{kept}interests.details"]}


def imported(folder, *statements):
    """A sound book into which some statements were imported, and what the import said."""
    book(folder / "acme", SOUND)
    (folder / "list.json").write_text(json.dumps(statements), encoding="utf-8")
    done = holdbook("import", "bods", "list.json", "--into", "acme", folder=folder)
    assert (done.code, done.err) == (0, "")
    return done


def test_a_file_that_is_no_register_is_a_problem_and_nothing_is_written(tmp_path):
    book(tmp_path / "acme", SOUND)
    (tmp_path / "list.json").write_text('{"a": 1}', encoding="utf-8")
    done = holdbook("import", "bods", "list.json", "--into", "acme", folder=tmp_path)
    assert done.code == 1
    assert "list.json:1:1: a list of statements is expected  [wrong-shape]" in done.err
    assert sorted(path.name for path in (tmp_path / "acme").iterdir()) == ["book.yaml"]


def test_an_entity_that_a_person_wrote_is_found_by_its_name(tmp_path):
    book(tmp_path / "acme", SOUND)
    told = [
        company("a"),
        company("b") | {"recordDetails": company("b")["recordDetails"] | {"name": "BETA motors"}},
        owns([{"type": "shareholding"}]),
    ]
    (tmp_path / "list.json").write_text(json.dumps(told), encoding="utf-8")
    dry = holdbook("import", "bods", "list.json", "--into", "acme", "--dry-run", folder=tmp_path)
    assert '+  bods_r_shareholding: {from: "beta", type: "owns", to: "company_a_a"' in dry.out
    assert not (tmp_path / "acme" / "bods-list.yaml").exists()


def test_ids_are_small_letters():
    assert (slug("Société Générale S.A."), slug("3i Group"), slug("株式会社")) == ("societe_generale_s_a", "party_3i_group", "party")


@pytest.fixture
def view(tmp_path):
    return View(api.read(str(book(tmp_path / "acme", SOUND + TIES))).book)


def test_graphml_is_well_formed_and_has_every_tie(view):
    space = "{http://graphml.graphdrawing.org/xmlns}"
    tree = ET.fromstring(graphml(view).encode())  # noqa: S314 - our own text
    drawn = {edge.get("id"): {data.get("key"): data.text for data in edge} for edge in tree.iter(f"{space}edge")}
    assert set(drawn) == {"relations.ours", "relations.sells", "stakes.beta"}
    assert drawn["relations.sells"]["edge_role"] == "<engines> & more"
    assert drawn["relations.ours"] | {"edge_family": "holding", "edge_part": "60%"} == drawn["relations.ours"]
    named = {key.get("id") for key in tree.iter(f"{space}key")}
    assert {key for told in drawn.values() for key in told} <= named


def test_mermaid_tells_holding_from_dependency(view):
    lines = mermaid(view).splitlines()
    assert lines[0] == "flowchart LR"
    assert '  n0 ==>|"owns 60%"| n1' in lines
    assert '  n1 -->|"supplies (to come)"| n0' in lines


def test_exported_parts_have_their_ends(view):
    shares = {one.record_id: one.record_details.interests[0].share for one in statements_of(view) if one.record_type == "relationship"}
    assert (shares["relations.ours"].minimum, shares["relations.ours"].maximum) == (59.5, 60.5)


@pytest.mark.parametrize(("form", "begins"), [("bods", "["), ("graphml", "<?xml"), ("mermaid", "flowchart LR")])
def test_the_command_line_exports_the_same_bytes_twice(form, begins, tmp_path):
    first, second = (holdbook("export", form, "softbank", folder=tmp_path) for _ in range(2))
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith(begins)
    assert first.out == second.out

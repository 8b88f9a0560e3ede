from holdbook.quantity.origin import NOWHERE, Origin, Place


def test_a_place_is_printed_as_far_as_it_is_known():
    assert str(Place("acme/book.yaml", 7, 13)) == "acme/book.yaml:7:13"
    assert str(Place("acme/book.yaml")) == "acme/book.yaml"


def test_an_origin_says_where_a_figure_stands_and_who_says_so():
    assert str(Origin(Place("acme/book.yaml", 7, 13), "Report, p. 4", "Goto", "2025-09-30", kind="spot")) == (
        "acme/book.yaml:7:13  spot, 2025-09-30, Report, p. 4, says Goto"
    )
    assert str(NOWHERE) == ""

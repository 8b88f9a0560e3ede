from holdbook.checks.check import check


def failing(book):
    return [(one.statement.id, one.what) for one in check(book, []).assertions if not one.holds]


def test_a_table_that_comes_out_of_its_parts_has_no_fault(book):
    """
    statements:
      table:
        day: 2025-09-30
        holdings: USD 16.90bn
        net_debt: USD 1.35bn
        nav: USD 15.54bn
        loan_to_value: 8.0%
        nav_per_share: USD 10.62/share
        shares: 1464m shares
        parts: {beta: USD 9.10bn, gamma: USD 7.80bn}
        bridge: {consolidated_net_debt: USD 8.94bn, hybrid_adjustment: USD 0.15bn, asset_backed_finance: USD 7.44bn}
        source: report
    """
    assert failing(book) == []
    assert {one.what for one in check(book, []).assertions} >= {
        "equity value of holdings",
        "adjusted net debt",
        "net asset value",
        "loan to value",
    }
    assert check(book, []).problems == []


def test_a_line_that_does_not_fit_is_a_fault_that_names_both_sides(book):
    """
    statements: {table: {day: 2025-09-30, holdings: USD 16.95bn, nav: USD 15.54bn, parts: {beta: USD 9.10bn, gamma: USD 7.80bn}, source: report}}
    """
    assert failing(book) == [("table", "equity value of holdings")]
    (problem,) = check(book, []).problems
    assert (problem.reason, problem.found) == ("published", "equity value of holdings is USD 16.95bn in the table")
    assert [side.says for side in problem.sides] == ["statements.table.parts.beta USD 9.10bn", "statements.table.parts.gamma USD 7.80bn"]


def test_a_table_that_says_why_it_differs_is_no_fault(book):
    """
    statements: {table: {day: 2025-09-30, holdings: USD 9bn, net_debt: USD 1bn, nav: USD 6bn, known_difference: Tax is taken off., source: report}}
    """
    assert failing(book) == [("table", "net asset value")]
    assert check(book, []).problems == []


def test_every_figure_of_a_table_is_held_against_the_others(book):
    """
    statements:
      ratio: {day: 2025-03-31, holdings: USD 43.09bn, net_debt: USD 3.705bn, loan_to_value: 8.9%, source: report}
      per_share: {day: 2025-04-30, nav: USD 150252m, shares: 431.899m shares, nav_per_share: USD 329/share, source: report}
      shares: {day: 2025-05-31, holdings_per_share: USD 100/share, net_debt_per_share: USD 10/share, nav_per_share: USD 95/share, loan_to_value: 20%, source: report}
      lines: {day: 2025-06-30, nav: USD 1bn, holdings_per_share: USD 100/share, parts_per_share: {beta: USD 60/share, gamma: USD 50/share}, source: report}
      partly: {day: 2025-07-31, nav: USD 1bn, holdings_per_share: USD 100/share, parts_per_share: {beta: USD 60/share}, partial: yes, source: report}
      split: {day: 2025-08-31, nav: USD 1bn, bridge: {self_financing_net_debt: USD 5.0bn}, self_financing: {beta: USD 4bn}, source: report}
    """
    assert set(failing(book)) == {
        ("ratio", "loan to value"),
        ("per_share", "net asset value per share"),
        ("shares", "net asset value per share"),
        ("shares", "loan to value"),
        ("lines", "holdings per share"),
        ("split", "net debt of self-financing entities"),
    }


def test_a_holding_is_held_against_its_line(book):
    """
    marks: {beta: {asset: beta, day: 2025-09-30, value: USD 5.0bn, source: report}}
    debts: {loan: {kind: margin_loan, secured_by: beta, recourse: no, day: 2025-06-30, source: report}}
    balances: {loan: {debt: loan, day: 2025-09-30, amount: USD 1.0bn, source: report}}
    statements:
      table:
        day: 2025-09-30
        nav: USD 4bn
        parts: {beta: USD 4.5bn}
        bridge: {consolidated_net_debt: USD 1bn, asset_backed_finance: USD 2.0bn}
        source: report
    """
    assert set(failing(book)) == {("table", "value of beta"), ("table", "asset-backed finance")}


def test_a_line_that_nobody_knows_refutes_nothing(book):
    """
    statements:
      table: {day: 2025-09-30, holdings: USD 16.90bn, nav: USD 15.54bn, parts: {beta: USD 9.10bn, gamma: unknown}, source: report}
      june: {day: 2025-06-30, nav: USD 15.54bn, nav_per_share: USD 10.62/share, shares: unknown, source: report}
    """
    assert failing(book) == []


def test_a_line_that_nobody_knows_is_still_refuted_by_what_is_known(book):
    """
    statements: {table: {day: 2025-09-30, holdings: USD 9.00bn, nav: USD 8bn, parts: {beta: USD 9.10bn, gamma: unknown}, source: report}}
    """
    assert failing(book) == [("table", "equity value of holdings")]


def test_the_table_of_a_period_or_one_of_several_is_held_against_itself_alone(book):
    """
    statements:
      year: {day: 2025, nav: USD 1bn, holdings: USD 9bn, net_debt: USD 1bn, source: report}
      full: {day: 2025-09-30, nav: USD 8bn, holdings: USD 9bn, net_debt: USD 1bn, parts: {beta: USD 9bn}, source: report}
      sketch: {day: 2025-09-30, nav: USD 3bn, parts: {beta: USD 1bn}, pro_forma: yes, known_difference: Prices., source: report}
    """
    assert failing(book) == []


def test_a_table_in_another_currency_than_the_book_is_held_against_itself(book):
    """
    statements:
      table:
        day: 2025-09-30
        holdings: JPY 15.87tn
        net_debt: JPY 1.75tn
        nav: JPY 14.13tn
        loan_to_value: 11.0%
        parts: {beta: JPY 9.00tn, gamma: JPY 6.87tn}
        bridge: {consolidated_net_debt: JPY 13.59tn, self_financing_net_debt: JPY 5.38tn, other_adjustments: JPY 6.46tn}
        source: report
    """
    assert check(book, []).problems == []
    assert {one.what for one in check(book, []).assertions} >= {"net asset value", "loan to value"}

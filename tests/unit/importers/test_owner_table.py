import pytest

from holdbook.importers.owner_table import owned_by, read_owner_table


@pytest.fixture
def table(tmp_path):
    def read(text):
        (tmp_path / "owners.csv").write_text(text, encoding="utf-8")
        return read_owner_table(tmp_path / "owners.csv")

    return read


def test_a_table_is_asked_for_one_owner(table):
    found = table("id,owned,part,owner\n1,beta,30%,ann\n2,gamma,0.2,beta\n3,gamma,0.3,ann\n4,beta,0.5,bob\n")
    assert owned_by(found, "ann") == pytest.approx({"gamma": 0.36, "beta": 0.3})
    assert list(owned_by(found, "ann")) == ["gamma", "beta"]
    assert owned_by(found, "gamma") == {}
    with pytest.raises(KeyError):
        owned_by(found, "nobody")


def test_treasury_shares_carry_no_right(table):
    assert owned_by(table("owner,owned,part\nann,beta,40%\nbeta,beta,20%\n"), "ann") == pytest.approx({"beta": 0.5})


def test_a_circle_elsewhere_troubles_nobody(table):
    found = table("owner,owned,part\nann,beta,40%\nc,d,100%\nd,c,100%\nann,e,1\nbob,e,1\n")
    with pytest.raises(ValueError, match="more than all of an entity is owned: e"):
        owned_by(found, "ann")
    with pytest.raises(ValueError, match="owns all of itself: c, d"):
        owned_by(found, "c")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: no column owner"),
        ("owner,owned\n", "line 1: no column part"),
        ("owner,owned,part\na,b,half\n", "line 2: 'a,b,half'"),
        ("owner,owned,part\na,b\n", "line 2: 'a,b'"),
        ("owner,owned,part\n,b,1\n", "line 2: a row without a name"),
        ("owner,owned,part\na,b,-1\n", "less than nothing, or no number: b"),
        ("owner,owned,part\na,b,nan\n", "less than nothing, or no number: b"),
        ("owner,owned,part\nb,b,1\n", "holds all of its own shares: b"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_line(table, text, says):
    with pytest.raises(ValueError, match=says):
        table(text)

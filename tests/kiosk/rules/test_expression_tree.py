"""Reading names and literals from the checked tree, against the real compiler."""

import pytest
from cel_expr_python import cel
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.tree import uses_of

T = cel.Type
ENVIRONMENT = cel.NewEnv(
    variables={"a.text": T.STRING, "a.number": T.INT, "a.real": T.DOUBLE, "a.flag": T.BOOL, "a.list": T.List(T.STRING)}
)


@pytest.mark.parametrize(
    ("text", "names", "literals"),
    [
        ("a.flag", {"a.flag"}, []),
        ("a.text == 'x'", {"a.text"}, [("a.text", "x")]),
        ("'x' != a.text", {"a.text"}, [("a.text", "x")]),
        ("a.text in ['x', '乙']", {"a.text"}, [("a.text", "x"), ("a.text", "乙")]),
        ("'x' in a.list", {"a.list"}, [("a.list", "x")]),
        ("a.number == -3", {"a.number"}, [("a.number", -3)]),
        ("a.real == 2.5", {"a.real"}, [("a.real", 2.5)]),
        ("a.flag == true", {"a.flag"}, [("a.flag", True)]),
        ("a.number > 3 && !(a.flag || a.text.startsWith('a.list'))", {"a.number", "a.flag", "a.text"}, []),
        ("a.list.exists(x, x == a.text)", {"a.list", "a.text", "x", "@result"}, []),
        ("{'k': a.number}['k'] == 1", {"a.number"}, []),
        ("(a.flag ? a.number : size(a.list)) > 1", {"a.flag", "a.number", "a.list"}, []),
    ],
)
def test_names_and_compared_values_are_found(text: str, names: set[str], literals: list[tuple[str, object]]) -> None:
    uses = uses_of(ENVIRONMENT.compile(text).serialize())
    assert uses.names == names
    assert sorted(uses.literals) == sorted(literals)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_other_bytes_are_refused_and_never_hang(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        uses_of(data)

"""The return code: what is never made, which slips are caught, and how forgivingly it is typed in."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from hemvag.line import code
from hemvag.line.content import content

CHEAP = code.Cost(n=2**4)
SECRET = bytes(range(32))
KNOWN = "482071935606"


@st.composite
def made(draw: st.DrawFn) -> str:
    body = draw(st.from_regex(r"[3-9][0-9]{10}", fullmatch=True))
    whole = body + damm.calc_check_digit(body)
    return whole if code.check(whole) else KNOWN


def test_a_made_code_checks_and_holds_no_group_that_is_never_used() -> None:
    for _ in range(300):
        one = code.make()
        assert code.check(one)
        assert one[0] not in "012"
        assert not {"112", "777"} & set(code.groups(one))


@pytest.mark.parametrize("body", ["31120000000", "38877711111"[:11], "48211200000", "12345678901", "20200504123"])
def test_a_form_that_is_never_made_does_not_check(body: str) -> None:
    body = body if body[0] in "12" else body[:3] + "112" + body[6:]
    assert not code.check(body + damm.calc_check_digit(body))


def test_seven_seven_seven_is_never_a_group() -> None:
    body = "48277793560"
    assert not code.check(body + damm.calc_check_digit(body))


@given(made(), st.integers(0, 11), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught_and_mended(one: str, at: int, shift: int) -> None:
    wrong = one[:at] + str((int(one[at]) + shift) % 10) + one[at + 1 :]
    assert not code.check(wrong)
    assert one in code.candidates(wrong)


@given(made(), st.integers(0, 10))
def test_every_swap_of_neighbours_is_caught_and_mended(one: str, at: int) -> None:
    wrong = one[:at] + one[at + 1] + one[at] + one[at + 2 :]
    if wrong != one:
        assert not code.check(wrong)
        assert one in code.candidates(wrong)


@given(made(), st.integers(0, 11))
def test_a_missing_digit_is_mended(one: str, at: int) -> None:
    assert one in code.candidates(one[:at] + one[at + 1 :])


def _share_caught(slips: list[str | None]) -> float:
    done = [slip for slip in slips if slip is not None]
    return sum(not damm.is_valid(slip) for slip in done) / len(done)


def _as_teen(one: str) -> str | None:
    """Thirteen heard as thirty, and the like: 1x becomes x0."""
    for at in range(11):
        if one[at] == "1" and one[at + 1] in "3456789":
            return one[:at] + one[at + 1] + "0" + one[at + 2 :]
    return None


def _turned(one: str, at: int) -> str | None:
    turned = one[:at] + one[at : at + 3][::-1] + one[at + 3 :]
    return turned if turned != one else None


def test_the_shares_of_slips_caught() -> None:
    chance = random.Random(20)
    codes = []
    for _ in range(6000):
        body = chance.choice("3456789") + f"{chance.randrange(10**10):010d}"
        codes.append(body + damm.calc_check_digit(body))
    assert _share_caught([_as_teen(one) for one in codes]) == 1.0
    assert _share_caught([_turned(one, chance.randrange(10)) for one in codes]) == pytest.approx(0.89, abs=0.03)


def test_about_thirteen_candidates_with_sounds_alike_first() -> None:
    wrong = KNOWN[:2] + "3" + KNOWN[3:]
    assert 10 <= len(code.candidates(wrong)) <= 17
    for at, (heard, said) in {0: ("7", "4"), 5: ("8", "1")}.items():
        assert KNOWN[at] == said
        found = code.candidates(KNOWN[:at] + heard + KNOWN[at + 1 :])
        assert KNOWN in found[:3]


def test_a_code_that_checks_has_no_candidates() -> None:
    assert code.candidates(KNOWN) == []


@pytest.mark.parametrize(
    "typed",
    [
        "482 071 935 606",
        "482-071-935-606",
        "482.071.935.606",
        "  482\u00a0071\u2011935 606\n",
        "482O7l935606",
        "482o7I9356O6",
        "٤٨٢ ٠٧١ ٩٣٥ ٦٠٦",
        "۴۸۲۰۷۱۹۳۵۶۰۶",
        "fyra åtta tvåa nolla sju ett nia trea femma sexa nolla sexa",
        "Fyra ÅTTA två noll sjua etta nio tre fem sex nollan sexan",
        "fyra a\u030atta tva noll sju en nio tre fem sex noll sex",
        "four eight two zero seven one nine three five six oh six",
        "482 nolla sju ett 935 606",
    ],
)
def test_typing_is_forgiven(typed: str) -> None:
    assert code.normalise(typed) == KNOWN


@given(made(), st.data())
def test_any_separators_and_words_are_forgiven(one: str, data: st.DataObject) -> None:
    ways = {str(digit.digit): [str(digit.digit), *digit.heard] for digit in content().digits}
    parts = [data.draw(st.sampled_from(ways[digit])) for digit in one]
    between = data.draw(st.sampled_from([" ", "-", ".", "  ", " - ", "\n"]))
    assert code.normalise(between.join(parts)) == one


@pytest.mark.parametrize("typed", ["482 071 9x5 604", "tretton", "48z"])
def test_what_is_no_digit_is_named(typed: str) -> None:
    with pytest.raises(code.NotDigits) as wrong:
        code.normalise(typed)
    assert wrong.value.part in typed


def test_the_group_to_hear_again() -> None:
    assert code.weakest_group("482 071 93 604") == 3
    assert code.weakest_group("48 071 935 604") == 1
    assert code.weakest_group("482 071 935") == 4
    assert code.weakest_group("482071935601") in {1, 2, 3, 4}
    assert code.differing_group("482 071 945 604", KNOWN) == 3
    assert code.differing_group("482 071 935", KNOWN) == 4


def test_a_sound_alike_decides_the_group() -> None:
    body = "33333300033"
    one = next(
        whole
        for middle in range(1000)
        if "4" in (whole := (b := body[:6] + f"{middle:03d}" + body[9:]) + damm.calc_check_digit(b))[6:9]
        and code.check(whole)
        and not {"4", "7", "1", "8"} & set(whole[9:])
        and sum(whole.count(digit) for digit in "4718") == 1
    )
    at = one.index("4")
    assert code.weakest_group(one[:at] + "7" + one[at + 1 :]) == 3


def test_it_is_read_in_words_that_do_not_sound_alike() -> None:
    swedish = code.spoken(KNOWN)
    assert swedish[0] == ("fyra", "åtta", "tvåa")
    assert [len(group) for group in swedish] == [3, 3, 3, 3]
    assert not {"etta", "sjua"} & {word for group in code.spoken("482071935604") for word in group}
    assert code.spoken(KNOWN, "en")[1] == ("zero", "seven", "one")


def test_derivation_gives_two_values_bound_to_code_and_secret() -> None:
    lookup, key = code.derive(KNOWN, SECRET, cost=CHEAP)
    assert (len(lookup), len(key)) == (32, 32)
    assert lookup != key
    assert code.derive(KNOWN, SECRET, cost=CHEAP) == (lookup, key)
    assert code.derive(KNOWN, SECRET[::-1], cost=CHEAP)[0] != lookup
    assert code.derive(code.candidates(KNOWN[:-1] + "0")[0], SECRET, cost=CHEAP)[0] != lookup


def test_the_full_cost_is_64_mebibytes() -> None:
    cost = code.Cost()
    assert 128 * cost.n * cost.r == 64 * 2**20
    assert len(code.derive(KNOWN, SECRET)[0]) == 32


@pytest.mark.parametrize(("typed", "secret"), [("482071935604", SECRET), (KNOWN, b"short")])
def test_derivation_refuses_what_is_no_code_and_a_short_secret(typed: str, secret: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a return code|shorter"):
        code.derive(typed, secret, cost=CHEAP)

import pytest

from corpus.references import file_numbers, reference_tokens, release_numbers


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("§ 242.611(a)(1)", ["242.611(a)(1)", "242.611(a)", "242.611", "rule:611(a)(1)", "rule:611(a)", "rule:611"]),
        ("Rule 15c3-5", ["rule:15c3-5"]),
        ("rule 17a-3(a)(25)", ["rule:17a-3(a)(25)", "rule:17a-3(a)", "rule:17a-3"]),
        ("Release No. 34-51808", ["release:34-51808", "release:51808"]),
        ("Release No. 51808", ["release:51808"]),
        ("34-50758A and 35-27404", ["release:34-50758a", "release:50758a", "release:35-27404", "release:27404"]),
        ("File No. S7-07-18", ["file:s7-07-18"]),
        ("Regulation SHO and Reg. NMS", ["regulation:sho", "regulation:nms"]),
        ("Regulation Best Interest", ["regulation:bi"]),
        ("pages 12-15 of 2019-20, $1.003 and 1,577.00", []),
    ],
)
def test_references_become_exact_tokens(text: str, tokens: list[str]) -> None:
    assert reference_tokens(text) == tokens


def test_numbers_are_found_once_each_in_their_order() -> None:
    text = "Release Nos. 34-99001; IA-5249; 34-99001 File Nos. S7-99-24 and SR-NYSE-2020-11"
    assert release_numbers(text) == ["34-99001", "IA-5249"]
    assert file_numbers(text) == ["S7-99-24", "SR-NYSE-2020-11"]

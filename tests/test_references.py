import pytest

from corpus.references import file_numbers, find_mentions, reference_tokens, release_numbers


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
        ("Rules 605 and 606", ["rule:605", "rule:606"]),
        ("Exchange Act Release No. 51808", ["release:34-51808", "release:51808"]),
        ("paragraph (a) of Rule 611", ["rule:611(a)", "rule:611"]),
        ("Rule 611(b)(1)–(3)", ["rule:611(b)(1)", "rule:611(b)", "rule:611"]),
        ("a 10b5-1 plan", ["rule:10b5-1"]),
        ("what does 242.611 say", ["242.611", "rule:611"]),
        ("the regulation a firm follows", []),
        ("15 U.S.C. 78k-1(a)", []),
        ("Release Nos. 33-8732A and IA-5249", ["release:33-8732a", "release:8732a", "release:ia-5249", "release:5249"]),
    ],
)
def test_references_become_exact_tokens(text: str, tokens: list[str]) -> None:
    assert reference_tokens(text) == tokens


def test_numbers_are_found_once_each_in_their_order() -> None:
    text = "Release Nos. 34-99001; IA-5249; 34-99001 File Nos. S7-99-24 and SR-NYSE-2020-11"
    assert release_numbers(text) == ["34-99001", "IA-5249"]
    assert file_numbers(text) == ["S7-99-24", "SR-NYSE-2020-11"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("§§ 240.17a-3 and 240.17a-4", ["§§ 240.17a-3|17 CFR|240.17a-3", "240.17a-4|17 CFR|240.17a-4"]),
        ("17 CFR Parts 200, 228, and 229", ["17 CFR Parts 200|17 CFR|200", "228|17 CFR|228", "229|17 CFR|229"]),
        ("17 CFR 230.135, 145; 17 CFR 239.25", ["17 CFR 230.135|17 CFR|230.135", "145|17 CFR|230.145",
                                                "17 CFR 239.25|17 CFR|239.25"]),
        ("Rules 17a-3(a)(1) and (2), and 17a-4 under the Exchange Act",
         ["Rules 17a-3(a)(1)|Exchange Act|17a-3(a)(1)", "(2)|Exchange Act|17a-3(a)(2)",
          "17a-4 under the Exchange Act|Exchange Act|17a-4"]),
        ("paragraphs (c)(4) and (5) of Rule 18a-3",
         ["paragraphs (c)(4)||18a-3(c)(4)", "(5) of Rule 18a-3||18a-3(c)(5)"]),
        ("(1) comply with Rule 611(a) and (2) keep records", ["Rule 611(a)||611(a)"]),
        ("Items 201 and 601 of Regulation S-B",
         ["Items 201|Regulation S-B|201", "601 of Regulation S-B|Regulation S-B|601"]),
        ("Item 7 of Form 10-K", []),
        ("FINRA Rule 2111.05, MSRB Rule G-17", ["FINRA Rule 2111.05|FINRA|2111.05", "MSRB Rule G-17|MSRB|G-17"]),
        ("see rule 305. A. for reference", ["rule 305||305"]),
        ("Rule 7.31 and Rule 12 percent", []),
        ("15 U.S.C. §§ 78k-1(a)(1)(C), 78o, and 30 days",
         ["15 U.S.C. §§ 78k-1(a)(1)(C)|15 U.S.C.|78k-1(a)(1)(C)", "78o|15 U.S.C.|78o"]),
        ("15 U.S.C. 78m( l )", ["15 U.S.C. 78m( l )|15 U.S.C.|78m(l)"]),
        ("Sections 13(a) or 15(d) of the Securities Exchange Act of 1934",
         ["Sections 13(a)|Exchange Act|13(a)", "15(d) of the Securities Exchange Act of 1934|Exchange Act|15(d)"]),
        ("Exchange Act section 11A", ["Exchange Act section 11A|Exchange Act|11A"]),
        ("Section 2 of the Quiet Markets Act of 2019",
         ["Section 2 of the Quiet Markets Act of 2019|Quiet Markets Act|2"]),
        ("Section 913 of Form ADV", []),
        ("Pub. L. No. 111-203", ["Pub. L. No. 111-203|Pub. L.|111-203"]),
        ("Sec. 626. Intermediate companies", ["Sec. 626||626"]),
        ("as follows:\nSec. 626. Intermediate companies", []),
        ("Securities Act of 1933 (“Securities Act”) Release No. 8518",
         ["Securities Act of 1933 (“Securities Act”) Release No. 8518|33|8518"]),
        ("Investment Advisers Act Release Nos. 1637 (June 16, 1997), 62 FR 33689, and 1642 (July 8, 1997)",
         ["Investment Advisers Act Release Nos. 1637|IA|1637", "62 FR 33689|62 FR|33689", "1642|IA|1642"]),
        ("Release No. 34-99001 (Apr. 18, 2018), 83 FR 21574, 21580",
         ["Release No. 34-99001|34|99001", "83 FR 21574, 21580|83 FR|21574"]),
        ("70 FR at 37496; 61 Fed. Reg. 17,108", ["70 FR at 37496|70 FR|37496", "61 Fed. Reg. 17,108|61 FR|17108"]),
        ("the Rule\n\n825 See the letter", []),
    ],
)  # fmt: skip
def test_a_mention_spans_the_words_that_name_it(text: str, found: list[str]) -> None:
    mentions = [m for m in find_mentions(text) if m.named]
    assert [f"{text[m.start : m.end]}|{m.book}|{m.number}{m.paragraphs}" for m in mentions] == found


def test_long_lists_and_unclosed_brackets_take_no_time() -> None:
    text = "Sections " + "1(a)(1), " * 20_000 + "(" * 20_000 + "[15 U.S.C. " * 5_000 + "of the " + "Very " * 20_000
    assert len(find_mentions(text)) > 19_000  # the test would hang, not fail, if a pattern ran away

"""Obligations against labels: what is found, what is wrongly listed, which fields are right; sentences that bind."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.answers import Citation
from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Voice
from evals.impact import Find, actor_words, evaluate_impact
from evals.impact_labels import LABELS, ImpactLabel, find_sentence, load_impact_labels
from evals.modality import modality_of
from evals.obligations import LabelledSentence, evaluate_obligations, load_sentences, scores
from rag.impact import Impact, Obligation
from tests.calling import measuring
from tests.made_release import Piece, release

KEEP = "Each baker must keep the bread warm within two days unless the oven is broken."
REST = "A miller may rest at noon on every quiet day."
ASKED = "Two commenters said that a baker must never sleep."
LOUD = "The oven may be damaged by loud music at night."
TEXT = f"{KEEP} {REST} {ASKED} {LOUD}"


@pytest.fixture
def bakery(empty: Library) -> Library:
    """A library with one release, of four sentences."""
    empty.add([release("ba", [Piece("I › Bread", TEXT)], release_numbers=("34-90001",))])
    return empty


def label(
    sentence: str,
    identity: str,
    *,
    binding: bool = True,
    part: str = "dev",
    actor: str | None = None,
    modality: str = "",
    act: str = "",
) -> ImpactLabel:
    words, start = sentence.split(), TEXT.index(sentence)
    check = hashlib.sha1(sentence.encode(), usedforsecurity=False).hexdigest()
    return ImpactLabel(
        identity, "34-90001", start, start + len(sentence), check, " ".join(words[:4]), " ".join(words[-4:]),
        binding, actor, modality, tuple(act.split()), None, (), part,
    )  # fmt: skip


def keep_bread() -> ImpactLabel:
    plain = label(KEEP, "keep", actor="Each baker", modality="must", act="keep bread warm")
    return replace(plain, deadline="within two days", thresholds=("unless the oven is broken",))


def obligation(
    quote: str, actor: str | None, modality: str, action: str, deadline: str | None = None, threshold: str | None = None
) -> Obligation:
    start = TEXT.index(quote)
    end = start + len(quote)
    cited = Citation("ba", "", 1, None, "I", quote, start, end, start, end, True, "", Voice.PREAMBLE)
    return Obligation(actor, modality, action, deadline, threshold, None, "I", Voice.PREAMBLE, cited, ())


def again(kept: Obligation, quote: str) -> Obligation:
    """The obligation, with a sentence that states it again."""
    return replace(kept, also=(obligation(quote, None, "", "").citation,))


def finding(*obligations: Obligation) -> Find:
    return lambda library, document: Impact(document, obligations, ())


def test_found_missed_wrongly_listed_and_fields_are_counted(bakery: Library) -> None:
    labels = [
        keep_bread(),
        label(REST, "rest", actor="A miller", modality="may", act="rest noon"),
        label(ASKED, "asked", binding=False),
        label(LOUD, "loud", binding=False, part="check"),
    ]
    find = finding(
        obligation(KEEP, "bakers", "shall", "keep the bread warm", "two days", None),
        obligation(LOUD, "oven", "may", "be damaged"),
    )
    report = evaluate_impact(bakery, labels, find)
    dev, check = report["dev"], report["check"]
    assert (dev["found"]["n"], dev["found"]["of"], dev["found"]["share"]) == (1, 2, 0.5)
    assert (dev["wrongly_listed"]["n"], dev["wrongly_listed"]["of"]) == (0, 1)
    assert (check["wrongly_listed"]["n"], check["wrongly_listed"]["of"]) == (1, 1)
    assert report["all"]["wrongly_listed"]["share"] == 0.5
    right = {field: dev[field]["n"] for field in ("actor", "modality", "deadline", "threshold", "action")}
    assert right == {"actor": 1, "modality": 1, "deadline": 1, "threshold": 0, "action": 1}
    assert check["found"] == {"n": 0, "of": 0, "share": None, "ci95": None}
    assert (report["missed"], report["listed"], report["wrong"]["threshold"]) == (["rest"], [], ["keep"])


def test_less_than_half_of_a_sentence_does_not_find_it(bakery: Library) -> None:
    short = finding(obligation("Each baker must keep the bread", "baker", "must", "keep the bread"))
    assert evaluate_impact(bakery, [keep_bread()], short)["all"]["found"]["n"] == 0
    long = finding(obligation("Each baker must keep the bread warm within two", "baker", "must", "keep"))
    assert evaluate_impact(bakery, [keep_bread()], long)["all"]["found"]["n"] == 1


def test_of_two_obligations_of_a_sentence_the_one_with_the_act_is_judged(bakery: Library) -> None:
    both = finding(
        obligation(KEEP, "oven", "may", "be broken"), obligation(KEEP, "each baker", "must", "keep the bread warm")
    )
    assert evaluate_impact(bakery, [keep_bread()], both)["all"]["actor"]["n"] == 1


def test_a_sentence_that_is_named_as_stated_again_is_found_but_not_listed_itself(bakery: Library) -> None:
    gold = [keep_bread(), label(REST, "rest", actor="A miller", modality="would be permitted", act="rest noon")]
    rest = again(obligation(KEEP, "miller", "may", "rest at noon"), REST)
    keep = obligation(KEEP, "baker", "must", "keep the bread warm", "within two days", "unless the oven is broken")
    report = evaluate_impact(bakery, gold, finding(keep, rest))["all"]
    assert (report["listed_itself"]["n"], report["found"]["n"], report["actor"]["n"]) == (1, 2, 2)
    assert report["modality"]["n"] == 1
    proposed = finding(keep, replace(rest, proposed=True))
    assert evaluate_impact(bakery, gold, proposed)["all"]["modality"]["n"] == 2


def test_a_field_that_should_be_empty_is_wrong_when_it_is_not(bakery: Library) -> None:
    gold = replace(keep_bread(), deadline=None, thresholds=(), actor=None)
    find = finding(obligation(KEEP, "baker", "must", "keep", "within two days", "unless the oven is broken"))
    found = evaluate_impact(bakery, [gold], find)["all"]
    assert [found[field]["n"] for field in ("actor", "deadline", "threshold")] == [0, 0, 0]


def test_a_lost_sentence_and_a_missing_document_count_as_missed(bakery: Library) -> None:
    report = evaluate_impact(bakery, [keep_bread(), _lost(), _elsewhere()], finding())
    assert (report["lost"], report["missing_documents"]) == (["lost"], ["34-90009"])
    assert (report["all"]["found"]["n"], report["all"]["found"]["of"]) == (0, 3)


def _lost() -> ImpactLabel:
    return ImpactLabel(
        "lost", "34-90001", 0, 5, "0" * 40, "No such", "words here", True, None, "must", (), None, (), "dev"
    )


def _elsewhere() -> ImpactLabel:
    return ImpactLabel(
        "far", "34-90009", 0, 5, "0" * 40, "No such", "words here", True, None, "must", (), None, (), "dev"
    )


def test_a_sentence_is_found_again_after_the_text_moved_or_was_set_anew() -> None:
    gold = label(REST, "rest", modality="may")
    start, end = gold.start, gold.end
    assert find_sentence(TEXT, gold) == (start, end)
    moved = "A preface of some length, on mills. " + TEXT
    assert find_sentence(moved, gold) == (start + 36, end + 36)
    assert find_sentence("A miller\nmay rest  at noon on every\nquiet day.", gold) == (0, 46)
    assert find_sentence("A miller may rest at night on every quiet day.", gold) is None


@pytest.mark.parametrize(
    ("wording", "kind", "would_be"),
    [
        ("must", "duty", False),
        ("is required to", "duty", False),
        ("would be required to", "duty", True),
        ("proposes to require", "duty", True),
        ("may not", "prohibition", False),
        ("would not be able to", "prohibition", True),
        ("may", "permission", False),
        ("would be permitted to", "permission", True),
        ("will not be required to", "permission", False),
        ("shall excuse", "permission", False),
        ("should", "advice", False),
        ("would be expected to", "advice", True),
    ],
)
def test_the_class_of_a_wording(wording: str, kind: str, would_be: bool) -> None:
    assert modality_of(wording) == (kind, would_be)


def test_actors_agree_in_head_and_modifiers_and_not_in_number_or_what_follows() -> None:
    assert actor_words("Each SCI entity that is a plan processor") == actor_words("SCI entities") == {"sci", "entity"}
    assert actor_words("broker-dealers") != actor_words("brokers")
    assert actor_words("a small bakery") != actor_words("a bakery")
    assert actor_words("businesses") == {"business"}


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    row = {"id": "a", "document": "x", "start": 0, "end": 4, "sha1": "0", "first": "a", "last": "b", "binding": False}
    path.write_text(json.dumps(row | {"part": "night"}))
    with pytest.raises(SourceError, match=r"labels\.jsonl, line 1 belongs to no part"):
        load_impact_labels(path)
    path.write_text(json.dumps(row | {"part": "dev", "end": 0}))
    with pytest.raises(SourceError, match="no span"):
        load_impact_labels(path)
    path.write_text("\n")
    with pytest.raises(SourceError, match="holds no label"):
        load_impact_labels(path)


def test_our_labels_are_whole_and_spread() -> None:
    labels = load_impact_labels(LABELS)
    binding = [gold for gold in labels if gold.binding]
    assert len(labels) >= 64
    assert len({gold.id for gold in labels}) == len(labels)
    assert len(binding) >= 48
    assert len(labels) - len(binding) >= 16
    assert sum(gold.deadline is not None for gold in binding) >= 14
    assert sum(bool(gold.thresholds) for gold in binding) >= 12
    dev = sum(gold.part == "dev" for gold in labels)
    assert abs(2 * dev - len(labels)) <= 4


def test_precision_recall_and_f1() -> None:
    found = scores([True, True, True, False, False], [True, True, False, True, False])
    assert (found["precision"], found["recall"], found["f1"]) == (0.6667, 0.6667, 0.6667)
    assert (found["n_given"], found["n_right"]) == (3, 2)
    none = scores([True, False], [False, False])
    assert (none["precision"], none["recall"], none["f1"]) == (None, 0.0, 0.0)
    assert set(none["ci95"]) == {"recall", "f1"}


def _in(part: str, stem: str) -> str:
    """A sentence of a part: numbers are tried until its checksum is of the wanted kind."""
    odd = part == "check"
    for number in range(100):
        sentence = f"{stem} {number}."
        if int(hashlib.sha1(sentence.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == odd:
            return sentence
    raise AssertionError(stem)


def test_each_part_stands_beside_its_floors() -> None:
    sentences = [
        LabelledSentence(_in("dev", "Bakers must knead"), True),
        LabelledSentence(_in("dev", "Millers grind at dawn"), True),
        LabelledSentence(_in("dev", "No oven is required"), False),
        LabelledSentence(_in("check", "Bakers shall rise"), True),
        LabelledSentence(_in("check", "The sun rises"), False),
    ]
    report = evaluate_obligations(sentences, lambda text: text.startswith(("Bakers", "Millers")))
    dev, check = report["dev"], report["check"]
    assert (dev["n"], dev["n_binding"], check["n"], check["n_binding"]) == (3, 2, 2, 1)
    assert [dev["ours"][m] for m in ("precision", "recall", "f1")] == [1.0, 1.0, 1.0]
    assert [dev["majority"][m] for m in ("precision", "recall", "f1")] == [0.6667, 1.0, 0.8]
    assert [dev["keyword"][m] for m in ("precision", "recall", "f1")] == [0.5, 0.5, 0.5]
    assert [check["majority"][m] for m in ("precision", "recall")] == [0.5, 1.0]


def test_a_file_that_is_no_list_of_sentences_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sentences.json"
    path.write_text('[{"Text": "Bakers must knead.", "Obligation": "yes"}]')
    with pytest.raises(SourceError, match=r"sentences\.json, entry 1"):
        load_sentences(path)
    path.write_text("{}")
    with pytest.raises(SourceError, match="not a list"):
        load_sentences(path)


def test_the_commands_print_tables_and_json(filled: Library, tmp_path: Path) -> None:
    run = measuring(filled.folder)
    labels = tmp_path / "labels.jsonl"
    row = {
        "id": "a", "document": "34-77777", "start": 0, "end": 4, "sha1": "0", "first": "a", "last": "b",
        "binding": True, "modality": "must", "part": "dev",
    }  # fmt: skip
    labels.write_text(json.dumps(row))
    result = run("impact", labels)
    assert result.exit_code == 1
    assert "binding, listed" in result.stdout
    assert "binding, or restated" in result.stdout
    assert "its sentences count as missed: 34-77777" in result.stdout
    sentences = tmp_path / "sentences.json"
    sentences.write_text(json.dumps([{"Text": "Bakers must knead.", "Obligation": True}]))
    found = json.loads(run("obligations", sentences, "--json").stdout)
    assert found["n_sentences"] == 1
    assert "1 sentences" in run("obligations", sentences).stdout

"""Our measures beside trec_eval's, on rankings drawn by lot: two implementations that must agree."""

import random

import ir_measures
import pytest
from ir_measures import AP, RR, R, nDCG

from evals.metrics import MEASURES, per_query

THEIRS = {"recall@10": R @ 10, "map@10": AP @ 10, "ndcg@10": nDCG @ 10, "mrr@10": RR @ 10}


def drawn(seed: int) -> tuple[dict[str, dict[str, float]], dict[str, list[str]]]:
    """Fifty queries with graded judgements; some rankings are short, some find nothing, one is missing."""
    lot = random.Random(seed)
    passages = [f"p{n}" for n in range(60)]
    qrels = {f"q{n}": {p: float(lot.randint(0, 3)) for p in lot.sample(passages, 14)} for n in range(50)}
    qrels = {query: judged | {"p0": 1.0} for query, judged in qrels.items()}
    run = {query: lot.sample(passages, lot.choice([3, 10, 40])) for query in list(qrels)[:-1]}
    return qrels, run


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", THEIRS)
def test_every_query_has_the_value_that_trec_eval_gives_it(name: str, seed: int) -> None:
    qrels, run = drawn(seed)
    judged = [ir_measures.Qrel(q, p, int(grade)) for q, row in qrels.items() for p, grade in row.items()]
    ranked = [ir_measures.ScoredDoc(q, p, -rank) for q, row in run.items() for rank, p in enumerate(row)]
    theirs = {found.query_id: found.value for found in ir_measures.iter_calc([THEIRS[name]], judged, ranked)}
    ours = per_query(run, qrels, MEASURES[name])
    assert [theirs.get(query, 0.0) for query in qrels] == pytest.approx(list(ours), abs=1e-9)
    assert len(set(ours)) > 4  # the lot did not draw the same value fifty times

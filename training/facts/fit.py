"""Weights of cues from annotated items, field by field, and where to take a candidate.

Fields with several values: logistic regression, candidate by candidate. Fields with one: a conditional logit (McFadden
1974), the candidates of a text and "none of them" against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from telecom_digest.facts.choose import BIAS, agreed
from telecom_digest.facts.when import finest
from training.facts.items import AGREED, FIELDS, ONE, PLACES, Item, is_right, most

_CERTAIN = 9.0
"""Log-odds of what was always so."""
_SLIGHT = 0.1
"""Weights below it are left out."""
AT_LEAST = {"theme": {"by:declared": 3.0}}
"""Weights that are set by hand: what a text says its theme is, is its theme, but too few say so to learn from."""

_SURE = {"city": -0.3, "country": -0.7, "dates": -0.4}
"""Log-odds that a place or date must have at least, p = 0.43, 0.33 and 0.4: half of the F that can be had, where the best
threshold is (Lipton, Elkan and Narayanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure"). The items
alone, of which one in three names a place or a date, leave it to chance."""

_FOLDS = 4


@dataclass(frozen=True)
class Settings:
    """What is chosen by cross-validation: see training/README.md."""

    regularisation: float = 0.4
    """Inverse strength, as scikit-learn has it."""
    themes: float = 0.1
    """The same for the theme, on which annotators agree least."""
    dates: float = 0.2
    """The same for dates, which have the most cues for each candidate."""
    places: float = 1.0
    """The same for the city and the country."""
    kinds: float = 0.3
    """The same for the kind."""
    fewest: int = 10
    """Candidates a cue must have."""
    rare: int = 3
    """The same for places and the kind, of which a text has few."""
    others: float = 1.0
    """Weight of the further items against the first."""
    foreign: float = 0.1
    """Weight of Arabic items in what is learned for English."""

    def of(self, name: str) -> tuple[float, int]:
        """Return the inverse regularisation of a field, and how many candidates a cue of it must have."""
        if name in PLACES:
            return self.places, self.rare
        if name == "kind":
            return self.kinds, self.rare
        return {"theme": self.themes, "dates": self.dates}.get(name, self.regularisation), self.fewest


@dataclass(frozen=True)
class Model:
    """By field the weight of each cue, and the log-odds above which a candidate is taken."""

    weights: dict[str, dict[str, float]]
    least: dict[str, float]

    def scores(self, name: str, cues: Sequence[frozenset[str]]) -> list[float]:
        weights = self.weights[name]
        return [weights[BIAS] + sum(weights.get(cue, 0.0) for cue in one) for one in cues]

    def item_scores(self, name: str, item: Item) -> list[float]:
        """Return the log-odds of the candidates of an item, of what they agree on where that is what is chosen by."""
        scores = self.scores(name, item.cues[name])
        return agreed(scores, lambda i: str(item.says[name][i])) if name in AGREED else scores

    def kind(self, cues: frozenset[str]) -> str:
        names = [name for name in self.weights if name.startswith("kind:")]
        return max(names, key=lambda name: self.scores(name, [cues])[0]).removeprefix("kind:")


def fit(items: Sequence[Item], others: Sequence[Item], settings: Settings) -> Model:
    """Learn from `items` and from further ones, `others`."""
    alike = zip(others, _likened(items, others), strict=True)
    likened = [1.0] * len(items) + [settings.others * item.weight * weight for item, weight in alike]
    weights = [1.0] * len(items) + [settings.others * item.weight for item in others]
    items = [*items, *others]
    learned: dict[str, dict[str, float]] = {}
    least: dict[str, float] = {}
    for name in FIELDS:
        learned[name] = _field(name, items, weights, settings)
    cues = [item.kind_cues for item in items]
    for kind in sorted({item.kind for item in items}):
        learned[f"kind:{kind}"] = _regression(cues, [item.kind == kind for item in items], likened, settings.of("kind"))
    for name, floors in AT_LEAST.items():
        learned[name] |= {cue: max(weight, learned[name].get(cue, weight)) for cue, weight in floors.items()}
    model = Model(learned, dict.fromkeys(FIELDS, 0.0))
    for name in FIELDS:
        scored = [model.item_scores(name, item) for item in items]
        if name in (*ONE, *PLACES, "dates"):
            scored = _unlearned(name, items, weights, settings)
        least[name] = _threshold(scored, items, weights, name)
    least |= {name: max(least[name], sure) for name, sure in _SURE.items()}
    return Model(learned, least)


def _likened(items: Sequence[Item], others: Sequence[Item]) -> list[float]:
    """Return a weight for each of `others` by which their kinds come to be as common as those of `items`.

    What is annotated further is chosen by its words, so that a kind may be three times as common or rare there.
    """
    first, further = (Counter(item.kind for item in some) for some in (items, others))
    kinds = len(first | further)

    def share(counts: Counter[str], kind: str) -> float:
        return (counts[kind] + 1) / (counts.total() + kinds)

    return [min(4.0, max(0.25, share(first, item.kind) / share(further, item.kind))) for item in others]


def _field(name: str, items: Sequence[Item], weights: Sequence[float], settings: Settings) -> dict[str, float]:
    """Return the weights of the cues of one field."""
    cues = [one for item in items for one in item.cues[name]]
    right = [label for item in items for label in labels(item, name)]
    if name in (*ONE, *PLACES):
        sizes = [len(item.cues[name]) for item in items]
        told = [bool(item.truth[name]) for item in items]
        return _conditional(cues, right, sizes, told, list(weights), settings.of(name))
    weight = [w for item, w in zip(items, weights, strict=True) for _ in item.cues[name]]
    return _regression(cues, right, weight, settings.of(name))


def _unlearned(name: str, items: Sequence[Item], weights: Sequence[float], settings: Settings) -> list[list[float]]:
    """Return the scores of the candidates of each item by what was learned from the other folds.

    Fields with hundreds of cues score what they were learned from too high to say where to take a candidate of a new text.
    """
    scored: list[list[float]] = [[] for _ in items]
    for fold in range(_FOLDS):
        rest = [i for i in range(len(items)) if i % _FOLDS != fold]
        model = Model({name: _field(name, [items[i] for i in rest], [weights[i] for i in rest], settings)}, {})
        for i in range(fold, len(items), _FOLDS):
            scored[i] = model.item_scores(name, items[i])
    return scored


def labels(item: Item, name: str) -> list[bool]:
    """Return which candidates of a field are annotated; of several that are the same one, all."""
    right = is_right(name)
    truths = item.truth[name]
    if name == "participants":  # what an organiser is it cannot be
        truths = [truth for truth in truths if truth not in item.truth["organisers"]]
    return [any(right(said, truth) for truth in truths) for said in item.says[name]]


def _matrix(cues: Sequence[frozenset[str]], fewest: int) -> tuple[list[str], sparse.csr_matrix]:
    """Return the cues that enough candidates have, and [candidates, cues] of ones and zeros."""
    counts = Counter(cue for one in cues for cue in one)
    known = sorted(cue for cue, count in counts.items() if count >= fewest)
    place = {cue: i for i, cue in enumerate(known)}
    at = [(row, place[cue]) for row, one in enumerate(cues) for cue in one if cue in place]
    rows, columns = np.array(at, dtype=int).reshape(-1, 2).T
    return known, sparse.csr_matrix((np.ones(len(at)), (rows, columns)), shape=(len(cues), len(known)))


def _named(bias: float, known: Sequence[str], weights: NDArray[np.float64]) -> dict[str, float]:
    found = {cue: round(float(weight), 3) for cue, weight in zip(known, weights, strict=True)}
    return {BIAS: round(bias, 3)} | {cue: weight for cue, weight in found.items() if abs(weight) >= _SLIGHT}


def _regression(
    cues: Sequence[frozenset[str]], right: Sequence[bool], weight: Sequence[float], setting: tuple[float, int]
) -> dict[str, float]:
    """Learn what the right candidates have; `setting` as `Settings.of` returns it."""
    if len(set(right)) < 2:  # nothing to tell apart
        return {BIAS: _CERTAIN if any(right) else -_CERTAIN}
    regularisation, fewest = setting
    known, matrix = _matrix(cues, fewest)
    if not known:
        share = np.average(right, weights=weight)
        return {BIAS: round(float(np.log(share / (1 - share))), 3)}
    model = LogisticRegression(C=regularisation, max_iter=2000)
    model.fit(matrix, np.array(right), sample_weight=np.array(weight))
    return _named(float(model.intercept_[0]), known, model.coef_[0])


def _conditional(
    cues: Sequence[frozenset[str]],
    right: Sequence[bool],
    sizes: Sequence[int],
    told: Sequence[bool],
    weight: Sequence[float],
    setting: tuple[float, int],
) -> dict[str, float]:
    """Learn to tell the right candidates of each text from its others and from none, whose score is 0.

    Args:
        sizes, told, weight: of each text, how many candidates it has, whether it has an annotated value, its weight.
            Texts whose value is no candidate teach nothing.
        setting: as `Settings.of` returns it.
    """
    if not any(right):
        return {BIAS: -_CERTAIN}
    regularisation, fewest = setting
    known, matrix = _matrix(cues, fewest)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    good = np.array(right)
    spans = [
        (start, end, w)
        for start, end, some, w in zip(starts, starts[1:], told, weight, strict=False)
        if end > start and (good[start:end].any() or not some)
    ]

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ parameters[1:] + parameters[0]
        pull = np.zeros(len(scores))  # how much each candidate's score should rise
        value = 0.5 * float(parameters[1:] @ parameters[1:]) / regularisation
        for start, end, w in spans:
            mine = scores[start:end]
            top = max(0.0, float(mine.max()))
            odds, none = np.exp(mine - top), float(np.exp(-top))
            among = odds * good[start:end] if good[start:end].any() else np.zeros(end - start)
            chosen = float(among.sum()) or none
            whole = float(odds.sum()) + none
            value -= w * float(np.log(chosen / whole))
            pull[start:end] = w * (among / chosen - odds / whole)
        slope = np.concatenate([[-pull.sum()], -(matrix.T @ pull) + parameters[1:] / regularisation])
        return value, slope

    found = minimize(loss, np.zeros(len(known) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return _named(float(found[0]), known, found[1:])


def taken(scores: Sequence[float], least: float, count: int) -> list[int]:
    """Return the indices that telecom_digest.facts.choose.Chooser.likely would take."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:count]
    return [i for i in sorted(order) if scores[i] > least]


def hits(item: Item, name: str, chosen: Sequence[int]) -> int:
    """Return how many of the chosen values are annotated, each annotation once, as eval/score.py counts."""
    right, left, found = is_right(name), list(item.truth[name]), 0
    said = [item.says[name][i] for i in chosen]
    for value in dict.fromkeys(said) if name == "dates" else said:
        match = next((truth for truth in left if right(value, truth)), None)
        if match is not None:
            left.remove(match)
            found += 1
    return found


def _usable(item: Item, name: str, chosen: Sequence[int]) -> list[int]:
    """Dates of which another says more are not shown; those without a beginning are, but not counted."""
    if name != "dates":
        return list(chosen)
    said = [item.says[name][i] for i in chosen]
    shown = finest([(start, end if end != start else None) for start, end in said])
    return [chosen[k] for k in shown if said[k][0]]


def _threshold(scored: Sequence[Sequence[float]], items: Sequence[Item], weights: Sequence[float], name: str) -> float:
    """Return the log-odds above which the F-score of the field is best, by the scores of each item's candidates.

    Best with its neighbours, a tenth and two away on either side: the peak of one point is chance.
    """
    tried = np.arange(-3.2, 2.2, 0.1)
    figures = np.zeros(len(tried))
    for i, least in enumerate(tried):
        counts = np.zeros(3)
        for item, scores, weight in zip(items, scored, weights, strict=True):
            counts += weight * np.array(counted(item, name, _usable(item, name, taken(scores, float(least), most(name)))))
        figures[i] = f_score(counts)
    level = np.convolve(figures, np.full(5, 0.2), mode="valid")
    return round(float(tried[2:-2][int(np.argmax(level))]), 2)


def counted(item: Item, name: str, chosen: Sequence[int]) -> tuple[int, int, int]:
    """Return (right, given, annotated) of one item; dates without a beginning are not counted, as by eval/score.py."""
    annotated = sum(name != "dates" or bool(truth[0]) for truth in item.truth[name])
    return hits(item, name, chosen), len(chosen), annotated


def f_score(counts: NDArray[np.float64]) -> float:
    """Return F1 of (right, given, annotated)."""
    return float(2 * counts[0] / max(1.0, counts[1] + counts[2]))


def measure(model: Model, items: Sequence[Item]) -> dict[str, NDArray[np.float64]]:
    """Return, by field, the sums of (right, given, annotated); of the kind (right, items, items)."""
    found = {name: np.zeros(3) for name in (*FIELDS, "kind")}
    for item in items:
        scores = {name: model.item_scores(name, item) for name in FIELDS}
        chosen = {name: taken(scores[name], model.least[name], most(name)) for name in FIELDS if name != "participants"}
        free = [i for i in range(len(scores["participants"])) if i not in chosen["organisers"]]
        some = taken([scores["participants"][i] for i in free], model.least["participants"], most("participants"))
        chosen["participants"] = [free[i] for i in some]
        for name in FIELDS:
            found[name] += counted(item, name, _usable(item, name, chosen[name]))
        found["kind"] += (model.kind(item.kind_cues) == item.kind, 1, 1)
    return found

"""Where sentences end, from the probability of an end after each word.

The probabilities alone make sentences of two words and of two hundred. A sentence's length is known beforehand, so the
ends are chosen together: the segmentation with the greatest sum of the log odds of its ends and, with a weight, of the
log probability of its lengths. This is Viterbi decoding of a semi-Markov chain with explicit durations (Rabiner 1989;
Sarawagi and Cohen 2004).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

_CANDIDATE = 0.02  # an end less probable than this is never chosen
_LONGEST = 200  # words; ends further apart are tried only where none stands between


def place(odds: Sequence[float], lengths: Sequence[float], *, weight: float, bias: float) -> list[int]:
    """Return the numbers of the words after which a sentence ends, the last word's not among them.

    Args:
        odds: of each word, the probability that a sentence ends after it, 0 to 1.
        lengths: log probability that a sentence has i + 1 words; longer ones have the last.
        weight: of the lengths against the probabilities.
        bias: added to the log odds of every end: above 0 for more of them.
    """
    count = len(odds)
    candidates = [i for i, p in enumerate(odds[:-1]) if p > _CANDIDATE]
    ends = [-1, *candidates, count - 1]
    longest = len(lengths) - 1
    best = [0.0] * len(ends)
    back = [0] * len(ends)
    for j in range(1, len(ends)):
        gain = 0.0
        if j < len(ends) - 1:
            p = min(max(odds[ends[j]], 1e-6), 1 - 1e-6)
            gain = math.log(p / (1 - p)) + bias
        top, source = -math.inf, 0
        for i in range(j - 1, -1, -1):
            if ends[j] - ends[i] > _LONGEST and i < j - 1:
                break
            value = best[i] + weight * lengths[min(ends[j] - ends[i] - 1, longest)]
            if value > top:
                top, source = value, i
        best[j], back[j] = top + gain, source
    chosen = []
    j = back[len(ends) - 1]
    while j:
        chosen.append(ends[j])
        j = back[j]
    return chosen[::-1]

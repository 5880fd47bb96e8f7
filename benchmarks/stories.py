"""How well copies of a release are told from other releases, and how fast: `python benchmarks/stories.py [ARTICLES]`.

Copies are made of news articles (../shared/data/news_train.txt.xz) as newspapers make them: another headline and dateline,
sentences left out, moved or cut off at the end, other quotation marks, digits and hamzas, a word here and there left out.
What is not to be taken for a copy: of each article the one most like it in its words (the highest cosine of tf-idf among
the others). Pairs over a resemblance of 0.6 would be copies already; they are left out and counted. Then a state of 10,000
documents is filled and 500 more added to it.
"""

from __future__ import annotations

import lzma
import math
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run from anywhere, with this checkout's package

from telecom_digest import language  # noqa: E402
from telecom_digest.clean import clean  # noqa: E402
from telecom_digest.daily import stories  # noqa: E402
from telecom_digest.daily.store import Store  # noqa: E402
from telecom_digest.model import Document  # noqa: E402
from telecom_digest.segment import segment  # noqa: E402

NEWS = ROOT.parent / "shared" / "data" / "news_train.txt.xz"
CASES = ROOT / "tests" / "cases" / "stories.yaml"
_COPY_ALREADY = 0.6
_LONGEST = 50  # articles in which a word is still looked at: the frequent ones make no two articles alike


@cache
def _wordings() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(CASES.read_text(encoding="utf-8"))["wordings"]
    return found


def copies(text: str, seed: str, number: int = 4) -> list[str]:
    """Return copies of a text as newspapers make them, the same ones for the same seed."""
    wordings = _wordings()["ar" if language.detect(text) == "ar" else "en"]
    sentences = [one.text for one in segment(clean(text)) if not one.heading]
    made = []
    for i in range(number):
        random = Random(f"{seed}-{i}")  # noqa: S311 - nothing here is secret
        made.append(_copy(list(sentences), wordings, random))
    return made


def _copy(sentences: list[str], wordings: dict[str, Any], random: Random) -> str:
    """Return the sentences with one to three of the changes that alter them, and any of those that do not."""
    changes: list[Callable[[list[str], Random], list[str]]] = [_one_less, _moved, _cut, _words_less]
    for change in random.sample(changes, random.randint(1, 3)):
        sentences = change(sentences, random)
    if random.random() < 0.5:
        sentences[0] = random.choice(wordings["datelines"]) + sentences[0]
    if random.random() < 0.7:
        sentences.insert(0, random.choice(wordings["headlines"]))
    if random.random() < 0.3:
        sentences.append(random.choice(wordings["endings"]))
    text = "\n".join(sentences)
    for old, new in random.choice(wordings["spellings"]):
        text = text.replace(old, new)
    return text


def _one_less(sentences: list[str], random: Random) -> list[str]:
    """Leave out a sentence other than the first, of longer texts two."""
    for _ in range(1 + (len(sentences) > 8)):
        if len(sentences) > 2:
            del sentences[random.randrange(1, len(sentences))]
    return sentences


def _moved(sentences: list[str], random: Random) -> list[str]:
    """Put the sentences after the first in another order."""
    rest = sentences[1:]
    random.shuffle(rest)
    return sentences[:1] + rest


def _cut(sentences: list[str], random: Random) -> list[str]:
    """Cut the text at its end, to 60 % at the least."""
    return sentences[: max(1, math.ceil(len(sentences) * random.uniform(0.6, 0.9)))]


def _words_less(sentences: list[str], random: Random) -> list[str]:
    """Leave out every twentieth word or so."""
    return [" ".join(word for word in one.split() if random.random() > 0.05) for one in sentences]


def alike(texts: list[str]) -> list[int]:
    """Return for each text the number of the other that is most like it in its words, by tf-idf."""
    counts = [Counter(language.keys(text)) for text in texts]
    having = Counter(key for count in counts for key in count)
    vectors = []
    for count in counts:
        weights = {key: n * math.log(len(texts) / having[key]) for key, n in count.items() if 1 < having[key] <= _LONGEST}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({key: weight / length for key, weight in weights.items()})
    places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        for key, weight in vector.items():
            places[key].append((i, weight))
    nearest = []
    for i, vector in enumerate(vectors):
        scores: defaultdict[int, float] = defaultdict(float)
        for key, weight in vector.items():
            for j, other in places[key]:
                scores[j] += weight * other
        scores.pop(i, None)
        nearest.append(max(scores, key=lambda j: (scores[j], -j)) if scores else (i + 1) % len(texts))
    return nearest


def _articles(number: int) -> list[str]:
    """Return articles of 60 to 600 words, spread over the corpus."""
    with lzma.open(NEWS, "rt", encoding="utf-8") as file:
        found = [line.rstrip("\n").replace(" ¶ ", "\n") for line in file]
    found = [text for text in found if 350 <= len(text) <= 3600]
    return found[:: max(1, len(found) // number)][:number]


def _pairs(texts: list[str]) -> None:
    """Print precision and recall over copies and neighbours."""
    signatures = [stories.signature(text) for text in texts]
    positive = [
        (signatures[i], stories.signature(copy)) for i, text in enumerate(texts) for copy in copies(text, str(i), 2)
    ]
    near = [(signatures[i], signatures[j]) for i, j in enumerate(alike(texts))]
    negative = [pair for pair in near if stories.resemblance(*pair) < _COPY_ALREADY]
    found = sum(stories.same(*pair) for pair in positive)
    false = sum(stories.same(*pair) for pair in negative)
    looked_up = sum(
        len(set(one.sketch) & set(other.sketch)) >= stories.COMMON for one, other in positive if stories.same(one, other)
    )
    print(f"copies {len(positive)}, neighbours {len(negative)} ({len(near) - len(negative)} are copies already)")
    print(f"precision {found / (found + false):.3f}, recall {found / len(positive):.3f}")
    print(f"of those found, the sketch leads to {looked_up / found:.4f}")
    likes = sorted(stories.resemblance(*pair) for pair in positive)
    others = sorted(stories.resemblance(*pair) for pair in negative)
    print(f"resemblance of copies: lowest twentieth {likes[len(likes) // 20]:.2f}; of neighbours: highest {others[-1]:.2f}")
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        recall = sum(one >= threshold for one in likes) / len(likes)
        taken = sum(one >= threshold for one in others)
        print(f"  resemblance alone from {threshold:.2f}: recall {recall:.3f}, neighbours taken for copies {taken}")


def _state(texts: list[str], before: int = 10_000, new: int = 500) -> None:
    """Print how long it takes to fill a state and to add to it."""
    today = date(2026, 1, 1)
    texts = (texts * (1 + (before + new) // len(texts)))[: before + new]
    with TemporaryDirectory() as folder, Store(Path(folder) / "daily.sqlite") as store:
        run = store.begin(today)
        for part, name in ((texts[:before], "first"), (texts[before:], "then")):
            start = time.perf_counter()
            for at in range(0, len(part), 20):  # as a source at a time
                with store.transaction():
                    for i, text in enumerate(part[at : at + 20]):
                        words = text.split()
                        k = (at + i) % len(words)  # no two alike: an article comes round with its words turned
                        turned = " ".join(words[k:] + words[:k])
                        store.add(run, Document(turned, f"{name}-{at + i}"), "bench", "{}")
            took = time.perf_counter() - start
            print(
                f"{name} {len(part)} documents: {took:.1f} s, {took / len(part) * 1000:.2f} ms each; news {store.news(run)}"
            )
        start = time.perf_counter()
        print(f"page of the day: {len(store.told(today))} stories in {time.perf_counter() - start:.2f} s")
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    print(
        f"state {size / 1e6:.0f} MB; memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


def main() -> None:
    """Measure and print."""
    if not NEWS.exists():
        sys.exit(f"{NEWS} is not here: it is lent to the project and not part of it")
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    texts = _articles(max(number, 10_500))
    _pairs(texts[:: len(texts) // number][:number])
    _state(texts)


if __name__ == "__main__":
    main()

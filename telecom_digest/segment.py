"""Sentences: rules over the places where a text may break.

Each possible break (a stop, a question mark, a semicolon, a line end) is a window: what stands left of it, the sign, and
what stands right. Rules look at it in order and answer split, join, or nothing; the first answer holds. Where
punctuation is gone, sentences are found by how they open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from telecom_digest import arabic
from telecom_digest.clean import clean
from telecom_digest.language import WORD, Lexicon, Phrases, lexicon
from telecom_digest.model import CleanText, Sentence

SPLIT, JOIN = True, False
Rule = Callable[["Break", Lexicon], bool | None]

_BREAK = re.compile(r"(?:[.!?؟…]+|؛)[\"»”’')\]]*|\n+")
_LAST_TOKEN = re.compile(r"[\w\u064b-\u0652]+(?=\W*\Z)")
_FIRST_TOKEN = re.compile(r"[\w\u064b-\u0652]+")
_REACH = 48  # code points of context a rule may need on either side
_HEADING_WORDS = 12
_TITLE_WORDS = 20


@dataclass(frozen=True)
class Break:
    """A place where the text may break: `text[start:end]` is the sign with closing quotes and brackets."""

    text: str
    start: int
    end: int

    @cached_property
    def left(self) -> str:
        return self.text[max(0, self.start - _REACH) : self.start]

    @cached_property
    def sign(self) -> str:
        return self.text[self.start : self.end]

    @cached_property
    def right(self) -> str:
        return self.text[self.end : self.end + _REACH]

    @cached_property
    def before(self) -> str:
        """The last word before the sign, where nothing but the sign follows it."""
        match = _LAST_TOKEN.search(self.left)
        return match[0] if match and match.end() == len(self.left.rstrip()) else ""

    @cached_property
    def after(self) -> str:
        """The next word, past spaces and opening quotes."""
        match = _FIRST_TOKEN.search(self.right)
        return match[0] if match and not self.right[: match.start()].strip(" \"'«“(\n") else ""


def _nothing_follows(b: Break, _: Lexicon) -> bool | None:
    return None if any(c.isalnum() for c in b.text[b.end : b.end + _REACH]) or b.text[b.end :].strip(" .\n") else JOIN


def _blank_line(b: Break, _: Lexicon) -> bool | None:
    return SPLIT if b.sign.startswith("\n\n") else None


def _line_end(b: Break, _: Lexicon) -> bool | None:
    """A line end breaks, unless the line breaks off at a comma or goes on in small letters."""
    if not b.sign.startswith("\n"):
        return None
    return JOIN if b.left.endswith(("،", ",")) or b.right[:1].islower() else SPLIT


def _stop_before_line_end(b: Break, _: Lexicon) -> bool | None:
    """The line end that follows is the break."""
    return JOIN if b.right.lstrip(" ").startswith("\n") else None


def _only_signs_between(b: Break, _: Lexicon) -> bool | None:
    """`الحكومية . .`: the last of several stops is the break."""
    return JOIN if re.match(r"\s*[.!?؟…]", b.right) else None


def _decimal(b: Break, _: Lexicon) -> bool | None:
    """`5.28`, `5 .28`, `1.1.2`: figures on both sides of a dot that touches the right one."""
    return JOIN if b.sign == "." and b.left.rstrip(" ")[-1:].isdigit() and b.right[:1].isdigit() else None


def _inside_a_name(b: Break, _: Lexicon) -> bool | None:
    """`www.itu.int`, `أ.د.محمد`, `ش.م.خ`: no space after the dot, in Latin or after a single letter."""
    if b.sign != "." or not b.right[:1].isalnum():
        return None
    return JOIN if b.right[0].isascii() or len(b.before) == 1 else None


def _after_opening(b: Break, _: Lexicon) -> bool | None:
    """`( . إمارات)`, `- " .عرب"`: nothing can end where a bracket or quote has just opened."""
    return JOIN if re.search(r"[(«“\[]\s*\Z|(?:\A|[\s(])\"\s*\Z", b.left) else None


def _domain(b: Break, lex: Lexicon) -> bool | None:
    """`. ae`, `. إمارات`, `(ae .)`: the name of a domain beside its dot."""
    if not b.sign.startswith("."):
        return None
    names = lex["domains"] + lexicon("en")["domains"]
    if b.sign[-1] in ")»" and b.before.lower() in names:
        return JOIN
    return JOIN if b.after in names or b.after.isupper() and b.after.lower() in names else None


def _abbreviation(b: Break, lex: Lexicon) -> bool | None:
    """`د.`, `م.`, `ش .م .خ`, `Dr.`, `J.`; but `عام 2014 م.` ends."""
    if b.sign != "." or not b.before:
        return None
    word = b.before
    if word.isascii():
        single = len(word) == 1 and word.isupper() and word != "I"
        if not (single or word.lower() in lexicon("en")["abbreviations"]):
            return None
        return JOIN if b.after and (b.after[0].isupper() or b.after[0].isdigit()) else None
    if word.removeprefix("و") not in lex["abbreviations"]:
        return None
    earlier = b.left.rstrip()[: -len(word)].rstrip()
    return None if earlier[-1:].isdigit() else JOIN


def _spelled_letters(b: Break, lex: Lexicon) -> bool | None:
    """`بي .أو .تي`: an acronym spelled by the names of its letters."""
    names = lex["letter_names"]
    return JOIN if b.sign == "." and b.before.removeprefix("و") in names and b.after in names else None


def _goes_on(b: Break, _: Lexicon) -> bool | None:
    """A closing bracket, a comma or a small letter follows."""
    right = b.right.lstrip(" ")
    return JOIN if right[:1] in tuple(")]»”،,؛;:%") or right[:1].islower() else None


def _ellipsis(b: Break, _: Lexicon) -> bool | None:
    """An ellipsis breaks only before a capital."""
    if not (b.sign.startswith(("..", "…"))):
        return None
    return SPLIT if b.after[:1].isupper() else JOIN


@cache
def _dependents(lex: Lexicon) -> Phrases:
    return Phrases(((p, "dependent") for p in lex["dependents"]), _exact)


def _dependent(b: Break, lex: Lexicon) -> bool | None:
    """`. الأمر الذي`, `. حيث`: a full stop by mistake, for no sentence opens so."""
    opening = _exact(b.right)[:3]
    found = _dependents(lex).find(opening)
    return JOIN if found and found[0][0] == 0 else None


def _semicolon(b: Break, _: Lexicon) -> bool | None:
    return JOIN if b.sign.startswith("؛") else None


def _sign(b: Break, _: Lexicon) -> bool | None:
    """A stop, question or exclamation mark with something like a sentence on its left."""
    return SPLIT


RULES: tuple[Rule, ...] = (
    _nothing_follows,
    _blank_line,
    _line_end,
    _stop_before_line_end,
    _only_signs_between,
    _decimal,
    _inside_a_name,
    _after_opening,
    _domain,
    _abbreviation,
    _spelled_letters,
    _goes_on,
    _ellipsis,
    _dependent,
    _semicolon,
    _sign,
)


def judge(b: Break, lex: Lexicon) -> tuple[bool, str]:
    """Return the answer for a break and the name of the rule that gave it, for tests and for finding out why."""
    for rule in RULES:
        answer = rule(b, lex)
        if answer is not None:
            return answer, rule.__name__.lstrip("_")
    raise AssertionError("the last rule always answers")  # pragma: no cover


def breaks(text: str, lex: Lexicon) -> Iterator[tuple[Break, bool, str]]:
    """Yield every possible break of `text` with the answer and the rule."""
    for match in _BREAK.finditer(text):
        b = Break(text, *match.span())
        yield b, *judge(b, lex)


def _exact(text: str) -> list[str]:
    return WORD.findall(arabic.fold(text))


# ---------------------------------------------------------------- without punctuation
_SHORTEST, _LONG, _LONGEST = 8, 40, 58  # words: none shorter; any و may open after; cut whatever stands there
_VERB_OPENING = re.compile(r"و(?:ي|سي|ست)\w{3,}")  # ويعمل, وسيتم: a conjunction and an imperfect verb
_ANY_OPENING = re.compile(r"و\w{3,}")


@cache
def _openings(lex: Lexicon, stripped: bool) -> Phrases:
    make = arabic.skeleton if stripped else arabic.fold
    return Phrases(((p, "opening") for p in lex["openings"]), lambda p: WORD.findall(make(p)))


def _by_openings(text: str, lex: Lexicon, *, stripped: bool) -> Iterator[int]:
    """Yield offsets of `text` (one paragraph) where a sentence opens, by what opens one."""
    found = list(_FIRST_TOKEN.finditer(text))
    fold = arabic.skeleton if stripped else arabic.fold
    tokens = [fold(m[0]) or m[0] for m in found]
    opening = {start for start, _, _ in _openings(lex, stripped).find(tokens)}
    since = 0
    for i, match in enumerate(found):
        run = i - since
        verb = run >= 2 * _SHORTEST and _VERB_OPENING.fullmatch(tokens[i]) is not None
        any_ = run >= _LONG and _ANY_OPENING.fullmatch(tokens[i]) is not None
        if run >= _SHORTEST and (i in opening or verb or any_) or run >= _LONGEST:
            since = i
            yield match.start()


# ---------------------------------------------------------------- headings
@cache
def _verbs(lex: Lexicon) -> frozenset[str]:
    return frozenset(w for name in ("speech", "verbs") for p in lex[name] if " " not in p for w in _exact(p))


@cache
def _stop_words(lex: Lexicon) -> frozenset[str]:
    return frozenset(_exact(" ".join(lex["stop"])))


def _glued_heading(text: str, lex: Lexicon) -> int:
    """Return where the sentence begins after a heading that lost its line end (`خفض الأسعار وأكدت الهيئة …`), or 0.

    A heading is a few words without a particle; what follows opens as sentences do, or with a verb of saying or doing.
    """
    tokens = list(_FIRST_TOKEN.finditer(text[:160]))[:9]
    folded = [arabic.fold(m[0]) for m in tokens]
    verbs, stops = _verbs(lex), _stop_words(lex)
    if not folded or folded[0][:1] in "وف" or folded[0] in verbs or folded[0] in stops:
        return 0
    openings = {start for start, _, _ in _openings(lex, False).find(folded)}
    if 0 in openings:
        return 0
    for i in range(1, min(len(folded), 7)):
        if re.search(r"[^\w\s\"«»]", text[tokens[i - 1].end() : tokens[i].start()]):
            return 0
        word = folded[i]
        verb = word.removeprefix("و") in verbs or _VERB_OPENING.fullmatch(word) is not None
        if i in openings or (verb and (i >= 2 or word[0] == "و")):
            return tokens[i].start()
        if word in stops:
            return 0
    return 0


def _is_heading(text: str, following: bool) -> bool:
    """A short line without a stop, with something below it to stand over."""
    return following and len(WORD.findall(text)) <= _TITLE_WORDS and not re.search(r"[.!?؟…،,؛]\W*\Z", text)


def _spans(text: str, lex: Lexicon, condition: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, a line end follows) of the sentences of a display text, edges included."""
    start = 0
    for b, answer, _ in breaks(text, lex):
        if not answer or not any(c.isalnum() for c in text[start : b.end]):
            continue
        at = start
        if condition != "intact":
            for opening in _by_openings(text[start : b.end], lex, stripped=condition == "stripped"):
                yield at, start + opening, False
                at = start + opening
        yield at, b.end, "\n" in b.sign
        start = b.end
    if start < len(text):
        at = start
        if condition != "intact":
            for opening in _by_openings(text[start:], lex, stripped=condition == "stripped"):
                yield at, start + opening, False
                at = start + opening
        yield at, len(text), True


def segment(text: CleanText | str) -> list[Sentence]:
    """Return the sentences of a display text (a string is cleaned first), in order and apart from each other.

    Together they cover all of it but the white space between them.
    """
    cleaned = clean(text) if isinstance(text, str) else text
    lex = lexicon(cleaned.language)
    shown = cleaned.text
    sentences: list[Sentence] = []
    paragraph = 0
    for start, end, last in _spans(shown, lex, cleaned.condition):
        heading_end = _glued_heading(shown[start:end].lstrip(), lex) if cleaned.condition == "intact" and start else 0
        if heading_end:
            heading_end += start + len(shown[start:end]) - len(shown[start:end].lstrip())
            _add(sentences, cleaned, start, heading_end, paragraph, heading=True)
            start = heading_end
        title = last and _is_heading(shown[start:end].strip(), following=bool(shown[end:].strip()))
        _add(sentences, cleaned, start, end, paragraph, heading=title)
        paragraph += last
    return sentences


def _add(sentences: list[Sentence], cleaned: CleanText, start: int, end: int, paragraph: int, *, heading: bool) -> None:
    piece = cleaned.text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if not piece:
        return
    opens, closes = cleaned.to_source(start, start + len(piece))
    sentences.append(Sentence(opens, closes, piece, start, paragraph, heading))

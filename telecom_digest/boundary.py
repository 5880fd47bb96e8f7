"""Boundaries: rules over the places where a punctuated text may break.

Each possible break (a stop, a question mark, a semicolon, a line end) is a window: what stands left of it, the sign, and
what stands right. Rules look at it in order and answer split, join, or nothing; the first answer holds. To add a rule:
a function, its place in `RULES`, and a line in tests/cases/segment.txt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from telecom_digest.language import Lexicon, Tokens, exact_phrases, lexicon

SPLIT, JOIN = True, False
Rule = Callable[["Break", Lexicon], bool | None]

_BREAK = re.compile(r"(?:[.!?؟…]+|؛)[\"»”’')\]]*|\n+")
_LAST_TOKEN = re.compile(r"[\w\u064b-\u0652]+(?=\W*\Z)")
_FIRST_TOKEN = re.compile(r"[\w\u064b-\u0652]+")
_ITEM_NUMBER = re.compile(r"(?:\A|\n)\s*[\d٠-٩]{1,2}\Z")
_DOTTED = re.compile(r"(?<!\w)[ei]\.[ge]\Z")
_REACH = 48  # code points of context a rule may need on either side


@dataclass(frozen=True)
class Break:
    """A place where the text may break: `text[start:end]` is the sign with closing quotes and brackets.

    `last` is where the text ends but for white space and full stops.
    """

    text: str
    start: int
    end: int
    last: int

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
    return JOIN if b.end >= b.last else None


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


def _item_number(b: Break, _: Lexicon) -> bool | None:
    """`1. ` where a line begins."""
    return JOIN if b.sign == "." and _ITEM_NUMBER.search(b.left) else None


def _inside_a_name(b: Break, _: Lexicon) -> bool | None:
    """`www.itu.int`, `أ.د.محمد`, `ش.م.خ`: no space after the dot, in Latin or after a single letter."""
    if b.sign != "." or not b.right[:1].isalnum():
        return None
    return JOIN if b.right[0].isascii() or len(b.before) == 1 else None


def _after_opening(b: Break, _: Lexicon) -> bool | None:
    """`( . إمارات)`, `- " .عرب"`: nothing can end where a bracket or quote has just opened."""
    return JOIN if re.search(r"[(\[]\s*\Z|(?:\A|[\s(])[«“\"]\s*\Z", b.left) else None


def _domain(b: Break, lex: Lexicon) -> bool | None:
    """`. ae`, `. إمارات`, `(ae .)`: the name of a domain beside its dot."""
    if not b.sign.startswith("."):
        return None
    names = lex["domains"] + lexicon("en")["domains"]
    if b.sign[-1] in ")»" and b.before.lower() in names:
        return JOIN
    return JOIN if b.after in names or (b.after.isupper() and b.after.lower() in names) else None


def _abbreviation(b: Break, lex: Lexicon) -> bool | None:
    """`د.`, `م.`, `ش .م .خ`, `Dr.`, `J.`; but `عام 2014 م.` ends."""
    if b.sign != "." or not b.before:
        return None
    word = b.before
    if word.isascii():
        if _DOTTED.search(b.left):  # e.g. and i.e.
            return JOIN
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


def _dependent(b: Break, lex: Lexicon) -> bool | None:
    """`. الأمر الذي`, `. حيث`: a full stop by mistake, for no sentence opens so."""
    opening = Tokens(b.right).exact[:3]
    return JOIN if opening and exact_phrases(lex.language, ("dependents",)).at(opening, 0) else None


def _semicolon(b: Break, _: Lexicon) -> bool | None:
    return JOIN if b.sign.startswith("؛") else None


def _sign(_: Break, __: Lexicon) -> bool | None:
    """Any other stop, question or exclamation mark."""
    return SPLIT


RULES: tuple[Rule, ...] = (
    _nothing_follows,
    _blank_line,
    _line_end,
    _stop_before_line_end,
    _only_signs_between,
    _decimal,
    _item_number,
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
    last = len(text.rstrip(" .\n"))
    for match in _BREAK.finditer(text):
        b = Break(text, *match.span(), last)
        yield b, *judge(b, lex)

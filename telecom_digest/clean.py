"""Display text: the source with few, recorded edits.

An ordered table of steps, each a pure function from a text to the edits it wants. Names, figures and wording are never
touched: a step removes what is not part of the release (controls, datelines, agency marks, share lines) or puts signs
and spaces where they belong. What a step is not sure of stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from telecom_digest import arabic, furniture
from telecom_digest.dateline import datelines
from telecom_digest.edits import Edit, apply, compose, shifts
from telecom_digest.language import Lexicon, detect, lexicon
from telecom_digest.model import CleanText, Repair, RepairMode, Restoration
from telecom_digest.repair.condition import INTACT, Diagnosis, diagnose

Step = Callable[[str, Lexicon], Iterator[tuple[int, int, str]]]

# ECMA-48: control sequences, strings (title, hyperlink) with their end, two-character escapes; then lone controls
_CONTROL = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]+"
)
_ANY_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(?<!&)#(34|39|1[6-9]\d|[2-9]\d\d|\d{4,5});"
)
_PRESENTATION = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]+")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\ufff0-\ufffb\U000e0000-\U000e0fff]+"
)
_EDGES = ("", " ", "\n")
_TATWEEL = re.compile(r"\u0640+")
_BLANK = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(rf"[ {_BLANK}]{{2,}}|[{_BLANK}]")
_LINE_EDGES = re.compile(r" +(?=\n)|(?<=\n) +|(?<=\n\n)\n+")
_SPACE_BEFORE_STOP = re.compile(r"(?:(?<=[^\s(\[«\"“.])|(?<=\w[«\"“])) +(?=[.؟!؛](?![\w.]|\s?[A-Za-z]{2,3}\b)|\.[ء-ي]{2})")
_SPACE_BEFORE_COMMA = re.compile(r"(?<=[^\s\d]) +،(?=[ء-ي])")
_BEFORE_YEAR = re.compile(r"([،.])(?<=[^\s\d] ،|\d[/-]،|\sو،|[ء-ي] \.)(?:19|20)\d\d(?![\d\w%])")
# the sign comes first and what stands before it is looked at after: many times faster than a lookbehind everywhere
_GLUED = re.compile(
    r"[.؟!؛](?<=[ء-ي\u064b-\u0652]{2}.)(?=[«\"“]?[ء-ي]{2})|[.؟!؛](?<=[ء-ي][«»\"”)\]].)(?=[«\"“]?[ء-ي]{2})"
    r"|[.!?](?<=[a-z]{2}.)(?=[A-Z][a-z]+ )"
)
_LOST_LINE_END = re.compile(r"ة(?!ال)(?=[ء-ي]{2})(?<=[ء-ي].)|ً(?=[ء-ئب-ي]{2})(?<=[ء-ي].)")
_LIST_ITEM = re.compile(r"(?:[-–—•*·▪●○]|[\d٠-٩]{1,2}[.)\-]|[أ-ي][.)\-]|\([a-zأ-ي\d]{1,2}\))\s")
_INNER_LINE_END = re.compile(r"(?<=[^\n])\n(?=(\S+))")
_SURE = 0.9  # least probability of a restored word in a text that seems to have all its letters
_FEWEST_LINES = 4
_NARROWEST, _WIDEST = 30, 132  # columns that text is wrapped at
_CLOSED = re.compile(r"[.!?؟…:؛][»\"”)\]]*$")


def _control(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    if not _ANY_CONTROL.search(text):
        return
    for match in re.finditer(_CONTROL, text):  # compiled where there is one: few texts have any
        yield *match.span(), ""


def _line_ends(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    for match in _LINE_END.finditer(text):
        yield *match.span(), "\n"


def _entities(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Entities, also when the ampersand was escaped again or lost (`#187;`), but not what only resembles one."""
    if ";" not in text:
        return
    import html

    for match in _ENTITY.finditer(text):
        found = match[0] if match[1] is None else f"&#{match[1]};"
        sign = html.unescape(found)
        while sign != found and sign.startswith("&") and sign.endswith(";"):  # &amp;quot; is &quot; is "
            found, sign = sign, html.unescape(sign)
        if sign != match[0]:
            yield *match.span(), re.sub(_CONTROL, "", sign)


def _presentation(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    for match in _PRESENTATION.finditer(text):
        letters = arabic.letters(match[0])
        if letters != match[0]:  # ornate brackets ﴾ ﴿ have no other form
            yield *match.span(), letters


def _invisible(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    for match in _INVISIBLE.finditer(text):
        yield *match.span(), ""


def _tatweel(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The elongation stroke goes; alone or between figures it served as a dash, after a single ه it abbreviates هجري."""
    for match in _TATWEEL.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 2) : start], text[end : end + 1]
        if before.endswith("ه") and not before[:1].isalpha() and not after.isalpha():
            continue
        dash = (before[-1:] in _EDGES and after in _EDGES) or (before[-1:].isdigit() and after.isdigit())
        yield start, end, "-" if dash else ""


def _spaces(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    for match in _SPACES.finditer(text):
        yield *match.span(), " "


def _line_edges(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    if not any(sign in text for sign in (" \n", "\n ", "\n\n\n")):
        return
    for match in _LINE_EDGES.finditer(text):
        yield *match.span(), ""


def _wrapping(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Join the lines of a text that was wrapped at a fixed width: most are full, few of these are closed by a stop.

    A line end is the wrapping's own where the first word of the next line would not have fitted.
    """
    lengths = sorted(len(line) for line in text.split("\n") if line)
    if len(lengths) < _FEWEST_LINES:
        return
    usual = lengths[int(0.8 * len(lengths))]  # a heading may have been left longer than the rest
    width = max(length for length in lengths if length <= 1.15 * usual)
    full = [line for line in text.split("\n") if len(line) >= 0.7 * width]
    closed = sum(_CLOSED.search(line) is not None for line in full)
    if not _NARROWEST <= width <= _WIDEST or len(full) < 0.5 * len(lengths) or closed > 0.4 * len(full):
        return
    for match in _INNER_LINE_END.finditer(text):
        at = match.start()
        length = at - text.rfind("\n", 0, at) - 1
        if length + 1 + len(match[1]) > width and not _LIST_ITEM.match(text, at + 1):
            yield at, at + 1, " "


def _stops(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """No space before a full stop; decimals (`44 .1%`) and domains (`. ae`) stay as they are."""
    for match in _SPACE_BEFORE_STOP.finditer(text):
        yield *match.span(), ""


def _glued(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A space after a full stop that is stuck to the next word; abbreviations (`د.محمد`) and `www.itu.int` stay."""
    for match in _GLUED.finditer(text):
        yield match.end(), match.end(), " "


def _lost_line_ends(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A line end where ta marbuta or tanween, which close a word, run into the next: `شراكة حقيقيةوأوضح`.

    Web pages lose it between a heading and its paragraph. Before the article a missing space is likelier
    (`وزارةالاتصالات`); that is wording, and stays.
    """
    for match in _LOST_LINE_END.finditer(text):
        yield match.end(), match.end(), "\n"


def _commas(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A comma that slipped to the far side of the space: `كمال ،نائب`."""
    if " ،" in text:
        for match in _SPACE_BEFORE_COMMA.finditer(text):
            yield *match.span(), "، "


def _before_years(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A comma or stop that slipped to the far side of a year: `عام ،2006 مشيرا`, `2014 و،2018 ما`, `العام .2010 لقد`."""
    for match in _BEFORE_YEAR.finditer(text):
        yield *match.span(1), ""  # two edits, so that the year keeps its own offsets
        yield match.end(), match.end(), match[1]


def _edges(text: str, _: Lexicon) -> Iterator[tuple[int, int, str]]:
    lead = len(text) - len(text.lstrip())
    if lead:
        yield 0, lead, ""
    end = len(text.rstrip())
    if lead < end < len(text):
        yield end, len(text), ""


STEPS: tuple[tuple[str, Step], ...] = (
    ("control", _control),
    ("line-end", _line_ends),
    ("entity", _entities),
    ("presentation", _presentation),
    ("invisible", _invisible),
    ("tatweel", _tatweel),
    ("space", _spaces),
    ("space", _line_edges),
    ("wrap", _wrapping),
    ("share", furniture.share_lines),
    ("dateline", datelines),
    ("agency", furniture.agency_marks),
    ("stop", _stops),
    ("glued", _glued),
    ("line-end", _lost_line_ends),
    ("comma", _commas),
    ("comma", _before_years),
    ("space", _edges),
)
"""Kind of edit and step, in order: each sees the text that those before it made."""


def clean(text: str, *, language: str = "auto", repair: RepairMode = "auto", threshold: float = 0.2) -> CleanText:
    """Return the display text of `text`, with its language, its condition, every edit, and what was restored.

    Args:
        text: the decoded source.
        language: "ar", "en", or "auto" to find out.
        repair: whether to restore what was lost. The model that does it knows Arabic.
        threshold: least probability of a restored word, 0 to 1.
    """
    if language == "auto":
        language = detect(text)
    lex = lexicon(language)
    edits: list[Edit] = []
    current = text
    for kind, step in STEPS:
        made = [Edit(start, end, new, kind) for start, end, new in step(current, lex)]
        if made:
            edits = compose(edits, current, made)
            current = apply(current, made)
    lost = diagnose(current, language)
    cleaned = CleanText(current, text, tuple(edits), lost.condition, language, shifts(edits))
    everywhere = repair == "always"
    if language != "ar" or repair == "never" or (lost == INTACT and not everywhere):
        return cleaned
    if not lost.deleted and not lost.replaced:
        threshold = max(threshold, _SURE)
    return _repaired(cleaned, lost, threshold, everywhere=everywhere)


def _in_source(cleaned: CleanText, restoration: Restoration) -> Restoration:
    """Return what was restored in the display text in terms of the source, which may have had more in the place."""
    start, end = cleaned.to_source(restoration.start, restoration.end)
    start = min(start, end)  # a lost space has no extent, but what stood in its place may have had
    return restoration._replace(start=start, end=end, before=cleaned.source_text[start:end] if restoration.before else "")


def _repaired(cleaned: CleanText, lost: Diagnosis, threshold: float, *, everywhere: bool) -> CleanText:
    from telecom_digest.repair import figures
    from telecom_digest.repair.restore import restore

    found = restore(cleaned.text, lost, threshold=threshold, everywhere=everywhere)
    text = apply(cleaned.text, found.edits)
    edits = compose(cleaned.edits, cleaned.text, found.edits)
    restorations = [_in_source(cleaned, restoration) for restoration in found.restorations]
    gaps = figures.missing(text, cleaned.language) if lost.figures else []
    done = Repair(tuple(restorations), found.left, tuple(found.ends), lost.figures, tuple(gaps))
    return replace(cleaned, text=text, edits=tuple(edits), shifts=shifts(edits), repair=done)

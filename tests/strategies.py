"""Texts for property tests: anything at all, and what looks like a damaged press release."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = (
    "الاتحاد الدولي للاتصالات وقال وأضاف أعلنت هيئة تنظيم مؤتمر في جنيف عام 2017 د. أ.د. www.itu.int .ae ( . إمارات) «دو» "
    '5 .28 44.1% ، ؛ . .. … ؟ ! : " « » ( ) - – ـ الاتحـــاد ﻣﺮﺣﺒﺎ ﻻ &quot; #187; &amp;#39; (وام) دبي - "الخليج": '
    "ITU Dr. said The conference of 191 countries. GENEVA, 9 October – "
    "\r\n \n \n\n \t \u00a0 \u200f \u202e \x1b[31m \x1b]0;x\x07 \x00 "
    "حقيقيةوأوضح شهراًكشف ،2006 اقرأ أيضا: Share this وورق عمل وقد كما جدير بالذكر أن مشيرا إلى"
)


def texts() -> st.SearchStrategy[str]:
    """Anything Python can hold as text, lone surrogates included, or pieces of releases in any order."""
    pieces = st.sampled_from([*_WORDS.split(" "), " ", "  ", "\n"])
    release = st.lists(pieces, max_size=60).map(" ".join)
    glued = st.lists(pieces, max_size=40).map("".join)
    return st.one_of(release, glued, st.text(st.characters(exclude_categories=[])), st.text())

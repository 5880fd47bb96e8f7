"""Features: what each sees, one sentence against another."""

from __future__ import annotations

import pytest

from telecom_digest import language
from telecom_digest.clean import clean
from telecom_digest.features import FEATURES
from telecom_digest.profile import load
from telecom_digest.rank import rank
from telecom_digest.segment import segment

ARABIC = (
    "أعلنت هيئة تنظيم الاتصالات أمس نتائج مزاد الطيف الترددي. وبلغت قيمة المزاد 1.2 مليار درهم. "
    "وقال مدير الهيئة إن النتائج جاءت كما هو متوقع. ونحن نفخر بهذه الثقة ونتطلع إلى المستقبل. "
    "جدير بالذكر أن الهيئة تأسست في وقت سابق. وتمثل هذه الخطوة إضافة للسوق. شكرا لكم."
)
ENGLISH = (
    "The International Telecommunication Union announced the results of the auction. It raised 1.2 billion dirhams in all. "
    "The director said the results were as expected. We are proud of this trust and thank our partners. "
    "It is worth mentioning that the authority was established in another year. Thank you."
)


def features(text: str, title: str | None = None) -> list[dict[str, float]]:
    cleaned = clean(text)
    return [dict(s.features) for s in rank(cleaned, segment(cleaned), load(), title).scored]


@pytest.mark.parametrize("text", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_each_feature_sees_what_it_is_for(text: str) -> None:
    seen = features(text)
    lead, figure, speech, opinion, background = seen[:5]
    assert (lead["lead"], figure["lead"]) == (1.0, 0.0)
    assert lead["position"] == 1.0 > figure["position"] > background["position"]
    assert (lead["figures"], figure["figures"]) == (0.0, 1.0)
    assert (lead["acts"], speech["acts"]) == (1.0, 0.0)
    assert lead["glossary"] > speech["glossary"] == 0.0
    assert (lead["speech"], speech["speech"]) == (0.0, 1.0)
    assert opinion["opinion"] == 1.0 > lead["opinion"]
    assert (lead["background"], background["background"]) == (0.0, 1.0)
    assert lead["novelty"] == 1.0 > speech["novelty"]
    assert seen[-1]["short"] > 0.9
    assert max(s["centrality"] for s in seen) == pytest.approx(1.0)


def test_what_else_sentences_are_like() -> None:
    text = (
        "وقعت الهيئة اتفاقية مع الشركة. كما تبلغ قيمتها 5 ملايين درهم. وسيبدأ التنفيذ في 3 مايو 2026 بعد 20 يوما. "
        "من جانبه قال الدكتور سالم وزير الاتصالات إن العمل سيستمر. الاتفاقية الثالثة من نوعها."
    )
    first, adding, planned, turned, noun = features(text)
    assert (first["adds"], adding["adds"]) == (0.0, 1.0)
    assert (first["plans"], planned["plans"], turned["plans"]) == (0.0, 1.0, 1.0)
    assert (planned["plans_first"], turned["plans_first"]) == (1.0, 0.0)
    assert (first["turns"], turned["turns"]) == (0.0, 1.0)
    assert (first["noun_first"], noun["noun_first"]) == (0.0, 1.0)
    assert turned["people"] > planned["people"] == 0.0
    assert adding["measures"] > first["measures"] == 0.0
    assert planned["most_figures"] == 1.0 > adding["most_figures"] > first["most_figures"] == 0.0
    assert noun["continues"] == first["continues"] == 0.0


def test_what_words_are_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    worth = {language.keys("مزاد")[0]: 0.6, language.keys("نفخر")[0]: -0.8}
    monkeypatch.setattr("telecom_digest.rank._learned", lambda: worth)
    counts = [len(set(language.keys(s.text))) for s in segment(clean(ARABIC))]
    expected = [(1 + of / n**0.5) / 2 for of, n in zip((0.6, 0.6, 0, -0.8), counts, strict=False)]
    assert [s["words"] for s in features(ARABIC)[:4]] == pytest.approx(expected)


def test_a_text_of_another_subject_has_other_weights() -> None:
    cleaned = clean("فاز الفريق بالمباراة أمس. وسجل اللاعب هدفين. وقال المدرب إن الفوز مستحق.")
    assert rank(cleaned, segment(cleaned), load()).weights == load().general
    cleaned = clean(ARABIC)
    assert rank(cleaned, segment(cleaned), load()).weights == load().weights


def test_description_is_not_news() -> None:
    assert features(ARABIC)[5]["description"] == 1.0
    assert features(ARABIC)[0]["description"] == 0.0


def test_the_title_draws_what_shares_its_words() -> None:
    seen = features(ARABIC, "نتائج مزاد الطيف")
    assert seen[0]["title"] == 1.0
    assert seen[1]["title"] < seen[0]["title"]


def test_all_features_are_given_and_within_bounds() -> None:
    for seen in features(ARABIC) + features(ENGLISH):
        assert set(seen) == set(FEATURES)
        assert all(0 <= value <= 1 for value in seen.values())


def test_scores_follow_the_weights() -> None:
    cleaned = clean(ARABIC)
    sentences = segment(cleaned)
    profile = load()
    for scored in rank(cleaned, sentences, profile).scored:
        want = sum(profile.weights[name] * value for name, value in scored.features.items())
        assert scored.score == pytest.approx(want, abs=1e-4)


def test_what_stands_amid_a_general_description_is_part_of_it() -> None:
    text = (
        "اختتم الاجتماع أعماله أمس بإقرار خطة العمل. ويعد الاتحاد الدولي للاتصالات منظمة عالمية عريقة في مجالها. "
        "أما المسائل اليومية فيعنى بها مجلس منتخب. ويعمل الاتحاد على تطوير معايير الاتصالات. "
        "ويقدم المكتب الدعم للدول في صور متعددة."
    )
    assert [s["aside"] for s in features(text)] == [0.0, 1.0, 1.0, 1.0, 1.0]
    news = text.replace("ويقدم المكتب الدعم للدول في صور متعددة.", "وحضر الوزير الاجتماع في دبي.")
    assert [s["background"] for s in features(news)] == [0.0, 1.0, 0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("أعلن الجهاز النتائج. وللاطلاع على التقرير يُرجى زيارة الموقع الإلكتروني للجهاز.", 1.0),
        ("أعلن الجهاز النتائج. وللمزيد من المعلومات عن المبادرة تفضلوا إلى المقر.", 1.0),
        ("The regulator published its results today. For more information on them, see the report.", 1.0),
        ("The regulator published its results today. To read them in full, please visit its site.", 1.0),
        ("أعلن الجهاز النتائج. وتوفر البوابة المزيد من المعلومات للمستخدمين.", 0.0),
        ("أعلن الجهاز النتائج. ويمكن زيارة المعرض يومياً حتى 14 أكتوبر.", 0.0),
        ("أعلن الجهاز النتائج. وأطلق منصة تسجيل الأجهزة على الرابط التالي ودعا إليها المستخدمين.", 0.0),
        (
            "The regulator published its results. For more details on coverage, it fined three operators EGP 20 million.",
            0.0,
        ),
    ],
)
def test_only_what_sends_readers_elsewhere_is_aside(text: str, aside: float) -> None:
    assert [s["aside"] for s in features(text)] == [0.0, aside]

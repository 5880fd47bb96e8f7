"""The year of a date that says none: from what else the text says, or from the day of publication (order: see dates.py)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import NamedTuple

from telecom_digest.facts.dating.line import OLD
from telecom_digest.facts.dating.parts import Date
from telecom_digest.facts.dating.periods import Written
from telecom_digest.facts.dating.words import listed
from telecom_digest.facts.reading import Reading

_RECENT = dt.timedelta(days=60)
"""A day and month without a year that was so long ago, at most, is rather over than of next year."""
_WEEKDAY_REACH = 3  # words after a weekday that tell which it is


class _Donor(NamedTuple):
    """A year that the text says, where, in which sentence."""

    year: int
    at: int
    sentence: int
    event: bool


class Years:
    """What a text says of years, and when it was published."""

    def __init__(self, reading: Reading, dates: list[Written], published: dt.date | None) -> None:
        self.published, self._reading = published, reading
        self._donors: list[_Donor] = []
        self.current = published.year if published else None
        """The year of writing."""
        for one in dates:
            for date in (one.first, one.last):
                if not date or not date.year or date.hijri:
                    continue
                if date.unit == "year" and date.relative is not None and self.current is None:
                    self.current = date.year - date.relative  # العام المقبل 2011
                if not date.relative and (one.last is None or one.last.unit != "year"):
                    self._give(date)
        for one in dates:
            self._look_back(one.first)

    def _look_back(self, date: Date) -> None:
        """Tell the year of writing where an event of 2014, say, is in the same sentence "in October next year"."""
        if self.current is None and date.month and date.relative_to == "year" and date.relative == 1:
            sentence = self._reading.sentence_of(date.start)
            near = [donor.year for donor in self._donors if donor.event and donor.sentence == sentence]
            self.current = near[0] - 1 if near else None

    def _give(self, date: Date) -> None:
        """Keep a year that others may be of."""
        reading = self._reading
        first = reading.word_at(date.start)
        if date.unit == "year" and not listed("distant").isdisjoint(reading.words[max(0, first - 3) : first]):
            return
        year = date.year or 0
        if year not in OLD:
            self._donors.append(_Donor(year, date.start, reading.sentence_of(date.start), date.event))

    def of(self, date: Date) -> int | None:
        """Return the year of a date."""
        if date.year or date.hijri:
            return date.year
        if date.relative_to == "year":
            return self._related(date)
        if self.published and date.relative_to == "month" and date.relative is not None:
            return self._by_relation(date, self.published, date.relative)
        return self._in_sentence(date) or self._by_weekday(date) or self._by_text(date)

    def _related(self, date: Date) -> int | None:
        """Return the year that is said by its relation to the one said before, or to that of writing."""
        if date.relative is None:
            return max(((donor.at, donor.year) for donor in self._donors if donor.at < date.start), default=(0, None))[1]
        sentence = self._reading.sentence_of(date.start)
        if date.implied and any(donor.sentence == sentence for donor in self._donors):
            return None  # في 2016 … وفي نهاية العام
        return None if self.current is None else self.current + date.relative

    def _by_weekday(self, date: Date) -> int | None:
        """Return the year of the text in which a day falls on the weekday that is said with it, if it is one."""
        if not date.falls_on or not date.month or self.published:
            return None
        days = {donor.year: day_of(donor.year, date.month, date.day or 1) for donor in self._donors}
        years = [year for year, day in days.items() if day and day.isoweekday() == date.falls_on]
        return years[0] if len(years) == 1 and years[0] == max(days) else None

    def _by_text(self, date: Date) -> int | None:
        """Return the year of a date of which its sentence says nothing."""
        if date.unit == "months":
            return self.current or self._only(date)
        if self.published:
            return self._by_publication(date, self.published)
        if date.relative_to == "month":
            return self.current or (self._only(date) if date.relative == 0 else None) or self._of_event(date)
        return self._only(date) or self._of_event(date)

    def _only(self, date: Date) -> int | None:
        """Return the only year of the text, or the only one at the end of the name of an event.

        Of a date that is not said to be of "this month" sentences count only that look the same way, ahead or not: what
        a council will do in 2027 says nothing of the June in which it met.
        """
        ahead = self._ahead(date.start)
        donors = [donor for donor in self._donors if date.relative == 0 or self._ahead(donor.at) == ahead]
        years = {donor.year for donor in donors}
        of_events = {donor.year for donor in donors if donor.event}
        return next((group.pop() for group in (years, of_events) if len(group) == 1), None)

    def _of_event(self, date: Date) -> int | None:
        """Return the year that names of events end with most often, if one does.

        Of what is said to be over it says nothing: an event that is named with its year is rather to come. Nor do events
        to come of what is told of now, or events that are over of what is to come.
        """
        if date.relative is not None and date.relative < 0:
            return None
        other = self._over if self._ahead(date.start) else self._ahead
        counts = Counter(donor.year for donor in self._donors if donor.event and not other(donor.at))
        most = max(counts.values(), default=0)
        years = [year for year, count in counts.items() if count == most]
        return years[0] if len(years) == 1 else None

    def _ahead(self, at: int) -> bool:
        """Return whether the date at an offset is to come, by its sentence or as a deadline."""
        return self._due(at) or bool(listed("future") & set(self._words_of_sentence(at)))

    def _due(self, at: int) -> bool:
        """Return whether something goes on or is open until the date at an offset."""
        first = self._reading.word_at(at)
        return first > 0 and self._reading.words[first - 1] in listed("deadline")

    def _over(self, at: int) -> bool:
        """Return whether the sentence at an offset tells what is over."""
        return bool(listed("past") & set(self._words_of_sentence(at)))

    def _in_sentence(self, date: Date) -> int | None:
        sentence = self._reading.sentence_of(date.start)
        near = [(abs(donor.at - date.start), donor.year) for donor in self._donors if donor.sentence == sentence]
        return min(near)[1] if near else None

    def _by_relation(self, date: Date, published: dt.date, relative: int) -> int:
        """Return the year of the month, or the day of it, that is the current, last or next one when published."""
        month = date.month or published.month
        if relative == 0:  # in January "this December" is the one that has just gone
            return min(
                (published.year + step for step in (0, -1, 1)), key=lambda y: abs(12 * y + month - month_number(published))
            )
        return published.year + (relative if relative * (month - published.month) <= 0 else 0)

    def _by_publication(self, date: Date, published: dt.date) -> int:
        """Return the year of a date that says none: the next such day, or where it is over, the last."""
        month, day = date.month or 1, date.day or 28
        day = min(day, 28) if month == 2 else day
        over = self._over(date.start) and not self._due(date.start)  # it was shown at a fair that runs until 16 June
        for year in (published.year - 1, published.year, published.year + 1):
            this = day_of(year, month, day)
            following = day_of(year + 1, month, day)
            if this and following and (following > published if over else this >= published - _RECENT):
                return year
        return published.year

    def weekday(self, date: Date) -> dt.date | None:
        """Return the day of a weekday that is said alone: the last one or the next where its sentence clearly tells."""
        if self.published is None or date.weekday is None:
            return None
        reading = self._reading
        at = reading.sentences[reading.sentence_of(date.start)].at if reading.sentences else 0
        words = frozenset(reading.words[reading.word_at(at) : reading.word_at(date.end) + _WEEKDAY_REACH])
        told = not words.isdisjoint(listed("past") | listed("told"))
        ahead = not words.isdisjoint(listed("future"))
        other = any(not words.isdisjoint(listed(name)) for name in ("beginning", "closing_on", "lasting", "weekly"))
        if told == ahead or other:
            return None
        days = (date.weekday - self.published.isoweekday()) % 7
        return self.published + dt.timedelta(days - (7 if told and days else 0))

    def _words_of_sentence(self, offset: int) -> list[str]:
        reading = self._reading
        number = reading.sentence_of(offset)
        if number >= len(reading.sentences):
            return []
        return reading.words[slice(*reading.bounds(reading.sentences[number]))]


def month_number(date: dt.date) -> int:
    """Return the number of the month of a date, counted from the year 0."""
    return 12 * date.year + date.month


def day_of(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None

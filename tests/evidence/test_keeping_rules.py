"""How long a document shows how things are."""

from datetime import date

import pytest

from s11.evidence.keeping_rules import Currency, Wanted, currency_of

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("until", "said", "stands"),
    [
        (None, False, Currency.NEVER_SAID),
        (None, True, Currency.CURRENT),
        (date(2027, 2, 28), True, Currency.PAST),
        (date(2027, 3, 1), False, Currency.SOON),
        (date(2027, 4, 30), False, Currency.SOON),
        (date(2027, 5, 1), False, Currency.CURRENT),
    ],
)
def test_a_document_is_current_to_the_end_of_its_last_day(
    until: date | None, said: bool, stands: Currency
) -> None:
    assert currency_of(until, said=said, today=TODAY) is stands


def test_what_no_page_of_ours_would_ask_is_not_looked_for() -> None:
    asked = Wanted(
        words="  plan ", kind="virus", currency="never", used="maybe", sort="hash", page=-4
    ).known()
    assert asked == Wanted(words="plan")
    assert asked.address == {"words": "plan"} and asked.narrows
    assert not Wanted(sort="title").narrows

import pytest

from klapkarre.rooms.outreach.numbers import looks_like_a_number_to_leave_out


@pytest.mark.parametrize(
    "text",
    [
        "Zijn nummer is 85.07.30-033.28.",
        "85073003328",
        "85 07 30 033 28",
        "geboren na 2000: 17.07.30-033.84",
        "rekening BE68 5390 0754 7034",
        "BE68539007547034",
        "oude rekening 539-0075470-34",
        "kaart 4111 1111 1111 1111",
        "kaart 6703 4444 4444 4449",
        "Bel 0470 12 34 56 morgen.",
        "0470/12.34.56",
        "0470123456",
        "+32 470 12 34 56",
        "+32 (0)470 12 34 56",
        "0032 470 12 34 56",
        "052 37 85 00",
        "02/123.45.67",
        "gsm +31 6 12345678",
        "op 26.11.2026 bellen: 0470 12 34 56",
        "60.01.01-123.45",
        "60 01 01 123 45",
        "85.07.30-033.29",
        "bisnummer 85.47.30-033.29",
    ],
)
def test_numbers_that_do_not_belong_in_a_note(text):
    assert looks_like_a_number_to_leave_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hij komt op 26.11.2026 om 14 uur.",
        "05.12.2026 9 uur",
        "Tussen 01-02-2026 en 05-03-2026.",
        "Code 0123",
        "BE68 5390 0754 7035",
        "4111 1111 1111 1112",
        "123456789012345678901234567890",
        "Busticket 12345678901",
    ],
)
def test_numbers_that_may_stand_there(text):
    assert not looks_like_a_number_to_leave_out(text)

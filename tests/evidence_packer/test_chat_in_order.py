"""Screenshots of a conversation that jump back in time."""

from .conftest import file, timestamp


def test_the_screenshot_that_begins_before_the_one_in_front_of_it_is_named(found):
    first = file("a.png", "messages", timestamps=(timestamp("Nov 3, 09:30", "2026-11-03T09:30:00"),))
    later = file("b.png", "messages", timestamps=(timestamp("Nov 5, 10:00", "2026-11-05T10:00:00"),))
    assert "chat-out-of-order" not in found(first, later)
    assert found(later, first)["chat-out-of-order"] == "advice"

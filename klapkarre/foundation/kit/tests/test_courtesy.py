"""A slow page lets others first, and comes itself all the same."""

import threading

import pytest
from django.http import HttpResponse

from klapkarre.foundation.kit import courtesy


@pytest.fixture
def visitor(monkeypatch):
    """Somebody whose page is being made until `.leave()`."""
    monkeypatch.setattr(courtesy, "MOST", 60.0)
    here, leaving = threading.Event(), threading.Event()

    def view(request):
        here.set()
        leaving.wait(60)
        return HttpResponse()

    thread = threading.Thread(target=courtesy.counted(view), args=(None,))
    thread.leave = leaving.set
    thread.start()
    assert here.wait(60)
    yield thread
    leaving.set()
    thread.join(60)


@courtesy.gives_way
def slow(request):
    return HttpResponse("".join(courtesy.by_turns("soep", 1)))


@pytest.mark.django_db
def test_a_page_that_gives_way_comes_after_the_visitor(visitor):
    threading.Timer(0.1, visitor.leave).start()
    answer = courtesy.counted(slow)(None)
    assert (answer.content, visitor.is_alive() and bool(courtesy._in_flight)) == (b"soep", False)


@pytest.mark.django_db
def test_a_page_that_gives_way_comes_though_visitors_never_stop(visitor, monkeypatch):
    monkeypatch.setattr(courtesy, "MOST", 0.02)
    assert (courtesy.counted(slow)(None).content, visitor.is_alive()) == (b"soep", True)


@pytest.mark.django_db
def test_pages_that_give_way_do_not_wait_for_each_other(monkeypatch):
    monkeypatch.setattr(courtesy, "MOST", 60.0)

    @courtesy.gives_way
    def within(request):
        other = []
        thread = threading.Thread(target=lambda: other.append(courtesy.counted(slow)(None)))
        thread.start()
        thread.join(30)
        return HttpResponse(other[0].content if other else "hangs")

    assert courtesy.counted(within)(None).content == b"soep"


def test_other_pages_wait_for_nobody(visitor):
    page = courtesy.counted(lambda request: HttpResponse("".join(courtesy.by_turns("soep", 1))))
    assert (page(None).content, visitor.is_alive()) == (b"soep", True)


def test_nobody_is_waited_for_after_a_fault():
    def broken(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        courtesy.counted(broken)(None)
    assert courtesy._in_flight == set()


@pytest.mark.parametrize("rows", ["", "a", "abcde"])
def test_by_turns_gives_all_rows_in_order(rows):
    assert "".join(courtesy.by_turns(rows, 2)) == rows


@pytest.mark.django_db
def test_a_thread_is_kept_for_visitors(rf, monkeypatch):
    """As many slow pages as may be, each within the other; one more is told to wait, and afterwards it may."""
    monkeypatch.setattr(courtesy, "MOST", 0.0)
    found = []

    @courtesy.gives_way
    def slow_ones(request):
        if len(found) < courtesy.AT_ONCE:
            found.append(200)
            answer = courtesy.counted(slow_ones)(request)
            found.append((answer.status_code, answer.headers.get("Retry-After")))
        return HttpResponse()

    for _twice in range(2):
        found.clear()
        courtesy.counted(slow_ones)(rf.get("/resultaten/"))
        assert found == [200, 200, 200, (503, "5"), (200, None), (200, None)]

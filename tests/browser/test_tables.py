"""On a phone no table shows half a number as if it were whole."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TABLES = """() => [...document.querySelectorAll('.scroll')].map(one => ({
  name: one.querySelector('caption').textContent,
  columns: one.querySelectorAll('thead th').length,
  fits: one.scrollWidth <= one.clientWidth,
  shade: getComputedStyle(one).backgroundImage.split('gradient(').length - 1,
}))"""


def test_a_table_of_three_columns_fits_and_a_wider_one_shows_that_it_goes_on(walker):
    tab = walker.context("coordinator", viewport={"width": 390, "height": 844}).new_page()
    tab.goto("/resultaten/")
    tables = tab.evaluate(TABLES)
    assert [one for one in tables if one["columns"] <= 3 and not one["fits"]] == []
    wider = [one for one in tables if not one["fits"]]
    assert wider
    assert {one["shade"] for one in wider} == {4}

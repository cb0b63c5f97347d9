"""Who sees which users and roles: your own, and those of the organisation that you run."""

import pytest

from klapkarre.foundation.accounts.models import Membership, User

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def test_a_worker_sees_only_herself(worker, coordinator):
    assert list(User.objects.visible_to(worker)) == [worker]
    assert {role.user for role in Membership.objects.visible_to(worker)} == {worker}


def test_a_coordinator_sees_the_own_organisation(worker, coordinator, worker_abroad):
    assert set(User.objects.visible_to(coordinator)) == {worker, coordinator}
    assert {role.user for role in Membership.objects.visible_to(coordinator)} == {worker, coordinator}

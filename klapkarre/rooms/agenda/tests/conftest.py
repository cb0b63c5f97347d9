import pytest


@pytest.fixture
def phone(client, db):
    """A resident's phone: nobody is signed in, and what the worker's browser keeps is elsewhere."""
    from django.test import Client

    return Client()

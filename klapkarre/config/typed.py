"""Reading the environment: a value that is mistyped gets a sentence with its name, and never shows the value."""

from django.core.exceptions import ImproperlyConfigured
from environs import Env


class TypedEnv:
    """`env.int("KLAPKARRE_PORT", 8000)` and so on, as `environs` reads them."""

    def __init__(self):
        self._env = Env()

    def __getattr__(self, kind):
        read = getattr(self._env, kind)

        def checked(name, *default, **options):
            try:
                return read(name, *default, **options)
            except Exception as error:  # each kind of value has errors of its own
                raise ImproperlyConfigured(
                    f"{name} begrijp ik niet. Kijk in .env.example hoe je het schrijft."
                ) from error

        return checked

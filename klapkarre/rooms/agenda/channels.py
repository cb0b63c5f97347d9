"""Ways out of the house: a mail server and an SMS gateway, both by the settings. None of them is needed."""

import contextlib
import smtplib
import urllib.error
import urllib.parse
import urllib.request

from django.conf import settings
from django.core.mail import EmailMessage, mailers

from klapkarre.rooms.agenda.models.states import How

PATIENCE = 10  # seconds
LATER = (421, 429, 450, 451, 452, 503)


class NotSent(Exception):
    """It surely did not go. `again`: it may go another time."""

    def __init__(self, again):
        super().__init__(again)
        self.again = again


class Unsure(Exception):
    """Nobody can say whether it went: it is not sent twice, a person calls."""


def can(how):
    """Does this installation have a way to send it by itself?"""
    if how == How.MAIL:
        return not settings.MAILERS["default"]["BACKEND"].endswith(
            ("console.EmailBackend", "dummy.EmailBackend")
        )
    return how == How.SMS and bool(settings.SMS_URL)


def by_itself():
    """The ways that this installation has."""
    return [how for how in (How.MAIL, How.SMS) if can(how)]


def send(how, row, subject, text):
    """Send it to the address or number of this sign-up. Raises `NotSent` or `Unsure`."""
    if how == How.MAIL:
        _mail(row.mail, subject, text)
    else:
        _sms(row.phone, text)


def _mail(address, subject, text):
    mailer = mailers.default
    try:
        mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        # Nothing was said yet.
        _close(mailer)
        raise NotSent(again=not isinstance(error, smtplib.SMTPAuthenticationError)) from error
    try:
        message = EmailMessage(
            subject, text, settings.MAIL_FROM, [address], headers={"Auto-Submitted": "auto-generated"}
        )
        mailer.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise NotSent(again=all(code in LATER for code in codes)) from error
    except smtplib.SMTPResponseException as error:
        raise NotSent(again=error.smtp_code in LATER) from error
    except ValueError as error:  # an address or a title that fits in no header
        raise NotSent(again=False) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unsure from error
    finally:
        _close(mailer)


def _close(mailer):
    # Said and done: how they part does not matter.
    with contextlib.suppress(OSError, smtplib.SMTPException):
        mailer.close()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token and the number go to the gateway of the settings and nowhere else."""

    def redirect_request(self, *_args):
        return None


def _sms(number, text):
    url = _filled(settings.SMS_URL, number, text)
    form = _filled(settings.SMS_FORM, number, text).encode() if settings.SMS_FORM else None
    request = urllib.request.Request(url, data=form, method="POST" if form else "GET")  # noqa: S310  (of the settings)
    if settings.SMS_TOKEN:
        request.add_header("Authorization", f"Bearer {settings.SMS_TOKEN}")
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
            answer.read(1000)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code < 500 or error.code in LATER:
            raise NotSent(again=error.code in LATER) from error
        raise Unsure from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise Unsure from error
        raise NotSent(again=True) from error
    except (OSError, ValueError) as error:
        raise Unsure from error


def _filled(template, number, text):
    for name, value in (("{to}", number), ("{text}", text), ("{token}", settings.SMS_TOKEN)):
        template = template.replace(name, urllib.parse.quote(value, safe=""))
    return template

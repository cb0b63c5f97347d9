"""What can be found, and the words by which."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.finding.folding import LONGEST_WORD
from klapkarre.foundation.places.models import Municipality


class Entry(models.Model):
    """One text that everyone may read, in one language: the row of `kind` and `key` has one for each."""

    not_personal = ("kind", "key", "language", "title", "words")

    kind = models.CharField(max_length=15)
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    town = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    # Folded: the words of the title, and all words, the title's among them.
    title = models.CharField(max_length=400)
    words = models.TextField()
    # Over after this moment; None stays.
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("vindbare tekst")
        verbose_name_plural = _("vindbare teksten")
        constraints = [models.UniqueConstraint(fields=("kind", "key", "language"), name="entry_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class Word(models.Model):
    """A word that stands in at least one text of a language."""

    not_personal = ("text", "language")

    text = models.CharField(max_length=LONGEST_WORD)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("woord")
        verbose_name_plural = _("woorden")
        constraints = [models.UniqueConstraint(fields=("text", "language"), name="word_once")]

    def __str__(self):
        return self.text


class Trigram(models.Model):
    """Three letters of a word."""

    not_personal = ("letters",)

    letters = models.CharField(max_length=3)
    word = models.ForeignKey(Word, models.CASCADE, related_name="trigrams")

    class Meta:
        verbose_name = _("lettergroep")
        verbose_name_plural = _("lettergroepen")
        indexes = [models.Index(fields=("letters", "word"), name="trigram_letters")]

    def __str__(self):
        return self.letters

"""What a password must be, where Django's own sentence is not in the reader's language."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext


class MinimumLength(MinimumLengthValidator):
    """Django's rule of length. Its refusal lacks bokmål and nynorsk since the sentence was changed in Django 5.2."""

    def get_error_message(self) -> str:
        """The refusal, in the reader's language."""
        return gettext("Passordet er for kort. Det må ha minst %(count)d tegn.") % {"count": self.min_length}

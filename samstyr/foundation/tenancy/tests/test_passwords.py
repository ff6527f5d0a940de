"""A password that is refused is refused in the reader's language."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation


@pytest.mark.parametrize(("language", "words"), [("nb", "minst 12 tegn"), ("nn", "minst 12 teikn"), ("en", "at least")])
def test_a_short_password_is_refused_in_the_readers_language(language: str, words: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        validate_password("tre-elver")
    assert words in " ".join(refused.value.messages)

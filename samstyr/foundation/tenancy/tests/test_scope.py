from __future__ import annotations
import pytest
@pytest.mark.django_db
def test_x():
    pass

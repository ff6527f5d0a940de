"""What a page says to the reader: alerts, states, help, empty lists."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samstyr.foundation.ui.library import component, register
from samstyr.foundation.ui.pieces import Tone

SPOKEN_TONES = {
    Tone.INFO: "Informasjon",
    Tone.SUCCESS: "Utført",
    Tone.WARNING: "Advarsel",
    Tone.DANGER: "Feil",
    Tone.NEUTRAL: "Merk",
}


def _tone(value: str | Tone) -> Tone:
    return Tone(value) if value in set(Tone) else Tone.NEUTRAL


@register.simple_tag
def tag(label: str, tone: str = "neutral", *, icon: str = "") -> SafeString:
    """A state as a sign and a word; the colour only repeats what they say."""
    shown = _tone(tone)
    return component("tag", {"label": label, "tone": shown.value, "icon": icon or shown.value})


@register.simple_tag
def status(value: Any) -> SafeString:
    """As `tag`, from an object with `label` and `tone` (pieces.Status)."""
    return tag(value.label, getattr(value, "tone", Tone.NEUTRAL))


@register.simple_block_tag
def alert(content: SafeString, tone: str = "info", title: str = "", *, live: bool = False) -> SafeString:
    """A message in the page. `live` makes it spoken at once when it is put in later."""
    shown = _tone(tone)
    return component(
        "alert",
        {
            "content": content,
            "tone": shown.value,
            "title": title,
            "live": live,
            "spoken": _(SPOKEN_TONES[shown]),
        },
    )


@register.simple_block_tag
def help_text(content: SafeString, label: str) -> SafeString:
    """An explanation that folds out: why we ask, what the rule is."""
    return component("help_text", {"content": content, "label": label})


@register.simple_block_tag
def empty_state(content: SafeString, title: str, *, icon: str = "document", level: int = 2) -> SafeString:
    """Why a list is empty, and what to do about it."""
    return component(
        "empty_state",
        {"content": content, "title": title, "icon": icon, "level": level},
    )


@register.simple_tag
def message_tone(level_tag: str) -> str:
    """The tone of one of Django's messages."""
    return {"error": "danger", "success": "success", "warning": "warning"}.get(level_tag, "info")

"""Small pictures drawn with one line, 24 by 24, as inline SVG: nothing to fetch and nothing inline to allow."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = {
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "cross": "M6 6l12 12M18 6L6 18",
    "info": "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v6M12 7.4v.2",
    "success": "M12 3a9 9 0 100 18 9 9 0 000-18zM8 12.3l2.8 2.8L16 9.5",
    "warning": "M12 4l9.2 16H2.8zM12 10v4.5M12 17.2v.2",
    "danger": "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.300L3 15.700V8.300zM12 7.500v5.500M12 16.200v.2",
    "neutral": "M12 7a5 5 0 100 10 5 5 0 000-10z",
    "clock": "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5.200l3.4 2",
    "right": "M5 12h14M13 6l6 6-6 6",
    "left": "M19 12H5M11 6l-6 6 6 6",
    "chevron": "M6 9l6 6 6-6",
    "search": "M11 4a7 7 0 100 14 7 7 0 000-14zM20.5 20.500L16 16",
    "person": "M12 4a4 4 0 100 8 4 4 0 000-8zM4 20.500c1-4 4.5-5.5 8-5.500s7 1.5 8 5.5",
    "people": "M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 19.500c.7-3.3 3.5-4.5 6.5-4.500s5.8 1.2 6.5 4.5"
    "M16 5.300a3.5 3.5 0 010 6.400M18 15.300c1.9.6 3.2 1.9 3.6 4.2",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "more": "M5 12h.1M12 12h.1M19 12h.1",
    "lock": "M8 11V8a4 4 0 018 0v3M5.5 11h13v9h-13z",
    "pencil": "M4 20l1-4L16 5l3 3L8 19zM13.5 7.500l3 3",
    "download": "M12 4v11M7 10.500l5 5 5-5M5 20h14",
    "upload": "M12 16V5M7 9.500l5-5 5 5M5 20h14",
    "plus": "M12 5v14M5 12h14",
    "calendar": "M4 6h16v14H4zM4 10.500h16M8 3.500v4M16 3.500v4",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "comment": "M4 5h16v11h-8l-5 4v-4H4z",
    "pause": "M9 6v12M15 6v12",
    "return": "M9 6l-5 5 5 5M4 11h10.500a5 5 0 010 10H11",
    "home": "M4 11l8-7 8 7v9h-5.500v-6h-5v6H4z",
    "tasks": "M4 6.500l1.5 1.500L8.5 5M4 13l1.5 1.5 3-3M4 19.500L5.5 21l3-3M12 6.500h8M12 13h8M12 19.500h8",
    "need": "M12 3a6.5 6.5 0 00-3.5 12v2.500h7V15A6.5 6.5 0 0012 3zM9.5 21h5",
    "case": "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
    "candidate": "M5 4h10l4 4v12H5zM9 10h6M9 13.500h6M9 17h3",
    "scenario": "M4 12h5l4-6h7M9 12l4 6h7M17.500 3.500L20 6l-2.5 2.5M17.500 15.500L20 18l-2.5 2.5",
    "hearing": "M4 6h12v8H9l-3 3v-3H4zM18.5 10H20v7h-1.500v3l-3-3H11",
    "ranking": "M9 6h12M9 12h9M9 18h6M4 6h1M4 12h1M4 18h1",
    "plan": "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
    "organisation": "M9.5 4h5v4h-5zM4 16h5v4H4zM15 16h5v4h-5zM12 8v4M6.5 16v-4h11v4",
    "model": "M12 3a9 9 0 100 18 9 9 0 000-18zM12 3v9l6.5 6.300M12 12l-8.8-1.5",
    "handover": "M4 9h13M13 5l4 4-4 4M20 15H7M11 11l-4 4 4 4",
    "trail": "M6 4v16M6 6h.1M6 12h.1M6 18h.1M10 6h9M10 12h9M10 18h6",
    "audit": "M6 3h8l4 4v6M14 3v4h4M6 3v18h6M9 12h4M15.5 14a3 3 0 100 6 3 3 0 000-6zM18 19.5l2.5 2",
    "bell": "M6 17V11a6 6 0 0112 0v6l1.5 2h-15zM10 21.5h4",
    "help": "M12 3a9 9 0 100 18 9 9 0 000-18zM9.5 9.5a2.5 2.5 0 114 2c-1 .7-1.5 1.2-1.5 2.300M12 16.800v.2",
    "meeting": "M4 14h16M6 14v6M18 14v6M12 4a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM7.5 14c.3-2.5 2-3.8 4.5-3.800s4.2 1.3 4.5 3.8",
    "money": "M3 7h18v10H3zM12 9.500a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM6 12h.1M18 12h.1",
    "link": "M10 14a4 4 0 005.7 0l3-3a4 4 0 00-5.7-5.700l-1 1M14 10a4 4 0 00-5.7 0l-3 3a4 4 0 005.7 5.700l1-1",
    "settings": "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
}


def icon_svg(name: str, extra_class: str = "") -> SafeString:
    """The picture called `name`; a ring for an unknown name, so that a page never breaks for a picture."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        extra_class,
        ICONS.get(name, ICONS["neutral"]),
    )

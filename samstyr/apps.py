"""The one app that owns tables."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SamstyrConfig(AppConfig):
    """Connects the switchboard and the translator, and raises the database's walls after migrating."""

    name = "samstyr"
    label = "samstyr"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wire up what must stand before the first request."""
        from django.utils.translation import get_language, gettext

        from samstyr import switchboard
        from samstyr.foundation.kernel.text import use_language, use_translator
        from samstyr.foundation.tenancy.walls import raise_walls

        use_translator(gettext)
        use_language(lambda: (get_language() or "nb")[:2])
        switchboard.connect_all()
        post_migrate.connect(lambda **_: raise_walls(), sender=self, weak=False, dispatch_uid="samstyr.walls")

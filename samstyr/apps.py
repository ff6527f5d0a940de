"""The one app that owns tables."""

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
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
        register(_database_is_safe, deploy=True)
        post_migrate.connect(lambda **_: raise_walls(), sender=self, weak=False, dispatch_uid="samstyr.walls")


def _database_is_safe(**_: object) -> list[CheckMessage]:
    """The same as keeps production from starting, for ``samstyr check``."""
    from samstyr.foundation.tenancy.starting import start_faults, static_faults

    return [Error(str(fault), id="samstyr.start") for fault in (*static_faults(), *start_faults())]

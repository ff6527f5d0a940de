"""Tenants, accounts, and the base tables every room's tables build on."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from .scope import NoTenantScope, forget, require_tenant_id


class Tenant(models.Model):
    """One governance arrangement (styringsordning): one municipality's own, a cooperation, a committee."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="nb")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "samstyr"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there are no superusers."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """A local account with a hashed password (unusable when None)."""
        account = self.model(username=username.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Accounts are found regardless of case."""
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A login. What it may do lies in the person it is in each tenant, never here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        app_label = "samstyr"

    def __str__(self) -> str:
        return self.name or self.username


class Membership(models.Model):
    """That an account takes part in a tenant. Global, because it is what one asks before entering."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        app_label = "samstyr"
        constraints = (models.UniqueConstraint(fields=("tenant", "account"), name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.account} – {self.tenant}"


class TenantQuerySet(models.QuerySet[Any]):
    """A queryset that neither writes rows of another tenant, nor moves them, nor takes raw SQL."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Insert many rows, all into the tenant in scope."""
        rows = [row.enter_tenant() for row in objs]
        forget(self.model)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> Any:
        """Change many rows, all of the tenant in scope."""
        rows = [row.enter_tenant() for row in objs]
        forget(self.model)
        return super().bulk_update(rows, fields, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change the rows found; never which tenant they belong to."""
        if {"tenant", "tenant_id"} & kwargs.keys():
            raise NoTenantScope("A row never moves to another tenant.")
        forget(self.model)
        return super().update(**kwargs)

    def select_for_update(self, *args: Any, **kwargs: Any) -> Any:
        """Lock the rows found; whoever waits for a lock wants to see what was written meanwhile."""
        forget(self.model)
        return super().select_for_update(*args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows found."""
        forget(self.model)
        return super().delete()

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: raw SQL would not be filtered by tenant."""
        raise NoTenantScope("Raw SQL on tenant rows is not filtered by tenant.")


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """The query layer that fails closed: rows of the tenant in scope, or an error without one.

    It is also the base manager, so that related rows and foreign keys pass through it.
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        """All rows of the tenant in scope."""
        return super().get_queryset().filter(tenant_id=require_tenant_id())


class TenantModel(models.Model):
    """A row that belongs to one tenant. Its key is random, since it stands in addresses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[TenantManager] = TenantManager()

    # Columns that never go into the audit trail's before and after.
    audit_omits: ClassVar[frozenset[str]] = frozenset({"id", "tenant", "created_at", "updated_at"})

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save into the tenant in scope; raises NoTenantScope for a row of another."""
        self.enter_tenant()
        forget(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; raises NoTenantScope for a row of another tenant."""
        self.enter_tenant()
        forget(type(self))
        return super().delete(*args, **kwargs)

    def enter_tenant(self) -> Self:
        """Give a new row its tenant; refuse one of another tenant."""
        tenant_id = require_tenant_id()
        if self.tenant_id is None:
            self.tenant_id = tenant_id
        elif self.tenant_id != tenant_id:
            raise NoTenantScope("The row belongs to another tenant than the one in scope.")
        return self

    def snapshot(self) -> dict[str, Any]:
        """The row's columns as JSON-ready values, for the audit trail's before and after."""
        values: dict[str, Any] = {}
        for column in self._meta.concrete_fields:
            if column.name in self.audit_omits:
                continue
            value = getattr(self, column.attname)
            values[column.name] = value if isinstance(value, (bool, int, list, dict, type(None))) else str(value)
        return values


class EditableModel(TenantModel):
    """A row that people edit. `version` rises with each save, so that nobody overwrites unseen."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        abstract = True


class FactModel(TenantModel):
    """A row that is written once. The database refuses to change or delete it; corrections are new rows."""

    recorded_at = models.DateTimeField(editable=False)

    class Meta(TenantModel.Meta):
        abstract = True

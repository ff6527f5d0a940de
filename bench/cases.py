"""Workloads of casework: one case's page and a person's task list, in a browser's stead."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.needs import Workload


def page_workload(name: str, client: Client, url: str) -> Workload:
    """One whole page, from request to HTML."""

    def run() -> int:
        response = client.get(url)
        assert response.status_code == 200, f"{url}: {response.status_code}"
        return len(response.content)

    return Workload(name, run, 1, "page")


def sql_floor(name: str, client: Client, url: str) -> Workload:
    """The same page's SQL statements alone, run again as they were recorded."""
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    statements = [entry["sql"] for entry in captured.captured_queries if entry["sql"].lstrip().startswith("SELECT")]

    def run() -> int:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"))
                cursor.fetchall()
        return len(statements)

    return Workload(f"{name}, SQL alone", run, 1, "page")


def empty_view(client: Client) -> Workload:
    """A page with nothing of a tenant in it: what Django, middleware and the frame cost."""
    return page_workload("empty view", client, reverse("accessibility"))

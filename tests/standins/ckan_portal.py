"""Stands in for a CKAN portal. Its datasets are made up and say so."""

from __future__ import annotations

from typing import Any

from tests.standins.server import Asked, Reply, StandIn


def dataset(n: int) -> dict[str, Any]:
    return {
        "id": f"00000000-0000-4000-8000-{n:012d}",
        "name": f"data-buatan-{n}",
        "title": f"Data buatan {n}",
        "notes": "Isi **buatan**, <script>alert(1)</script>bukan data siapa pun.",
        "private": False,
        "state": "active",
        "license_id": "cc-by",
        "metadata_created": "2025-01-01T00:00:00.000000",
        "metadata_modified": "2025-01-02T00:00:00.000000",
        "num_resources": 2,
        "tracking_summary": {"total": 0, "recent": 0},
        "organization": {"id": "x", "name": "dinas-buatan", "title": "Dinas Buatan"},
        "tags": [{"name": "buatan", "display_name": "buatan"}, {"name": "a/b", "display_name": ""}],
        "extras": [
            {"key": "satuan", "value": "Orang"},
            {"key": "unit", "value": "Orang"},
            {"key": "update_frequency", "value": "Tahunan"},
            {"key": "period_start", "value": "2024"},
            {"key": "period_end", "value": "tahun lalu"},
            {"key": "region_codes", "value": '["kemendagri:15.06", "bps:1507"]'},
            {"key": "presentation_level", "value": "per puskesmas"},
        ],
        "resources": [
            {"id": f"r{n}", "url": f"https://data.example.id/{n}.csv", "name": "Tabel",
             "format": "CSV", "description": "Baris per kecamatan", "size": 120},
            {"id": f"s{n}", "url": "upload", "name": "Rusak", "format": "CSV"},
        ],
    }  # fmt: skip


class Portal(StandIn):
    """`total` may lie; `at_once` is what the portal gives at most, whatever is asked."""

    def __init__(self, count: int = 7, at_once: int = 3) -> None:
        super().__init__()
        self.datasets = [dataset(n) for n in range(count)]
        self.at_once = at_once
        self.lie = 0

    def answer(self, asked: Asked) -> Reply:
        if asked.parts != ("api", "3", "action", "package_search"):
            missing = {"success": False, "error": {"message": "Action name not known"}}
            return Reply(missing, status=404)
        start, rows = int(asked.query["start"]), min(int(asked.query["rows"]), self.at_once)
        self.datasets[0]["tracking_summary"]["total"] += 1
        found = self.datasets[start : start + rows]
        result = {"count": len(self.datasets) + self.lie, "sort": asked.query["sort"],
                  "facets": {}, "search_facets": {}, "results": found}  # fmt: skip
        return Reply({"help": self.url, "success": True, "result": result})

"""What a reader must know before trusting a report: how much it covers, and what is missing. Pure."""

from collections.abc import Mapping
from typing import Any


def coverage(data: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Of claims, how many were verified; of KPIs that are due, how many have their reading."""
    found = {}
    if "standing" in data:
        found["claims"] = {"have": data["standing"]["verified"], "due": data["standing"]["claimed"]}
    if "kpis" in data:
        found["kpis"] = {"have": data["kpis"]["have"], "due": data["kpis"]["due"]}
    return found


def warnings(data: Mapping[str, Any], *, is_running: bool) -> list[dict[str, Any]]:
    """Each with its code, how many, and their references. A period that still runs is one too."""
    lists = [
        ("claims.unverified", data.get("standing", {}).get("unverified", [])),
        ("kpis.stale", data.get("kpis", {}).get("stale", [])),
        ("kpis.missing", data.get("kpis", {}).get("missing", [])),
    ]
    found = [
        {"code": code, "count": len(rows), "references": [row["reference"] for row in rows]}
        for code, rows in lists
        if rows
    ]
    return found + ([{"code": "period.running", "count": 1, "references": []}] if is_running else [])

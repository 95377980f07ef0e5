"""A plan and what was decided about it, as an import keeps them: tables, meanings of columns, mended rows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from s11.actions.bringing.shapes import Meaning, Mended, Post, PrintedRow, PrintedTable, RowKind

Meanings = Mapping[int, Mapping[int, Meaning]]


def kept_tables(tables: Iterable[PrintedTable]) -> list[dict[str, Any]]:
    return [
        {
            "number": table.number,
            "above": list(table.above),
            "headings": list(table.headings),
            "rows": [
                {
                    "number": row.number,
                    "cells": list(row.cells),
                    "joined": list(row.joined),
                    "title": row.title,
                }
                for row in table.rows
            ],
            "below": list(table.below),
        }
        for table in tables
    ]


def tables_from(kept: Iterable[Mapping[str, Any]]) -> list[PrintedTable]:
    return [
        PrintedTable(
            number=table["number"],
            above=tuple(table["above"]),
            headings=tuple(table["headings"]),
            rows=tuple(
                PrintedRow(row["number"], tuple(row["cells"]), tuple(row["joined"]), row["title"])
                for row in table["rows"]
            ),
            below=tuple(table["below"]),
        )
        for table in kept
    ]


def kept_meanings(meanings: Meanings) -> dict[str, Any]:
    return {
        str(table): {str(column): str(meaning) for column, meaning in columns.items()}
        for table, columns in meanings.items()
    }


def meanings_from(kept: Mapping[str, Any]) -> dict[int, dict[int, Meaning]]:
    return {
        int(table): {int(column): Meaning(meaning) for column, meaning in columns.items()}
        for table, columns in kept.items()
    }


def kept_mended(mended: Mended) -> dict[str, Any]:
    """Only what somebody decided."""
    decided = {name: value for name, value in asdict(mended).items() if value is not None}
    if mended.due_on is not None:
        decided["due_on"] = mended.due_on.isoformat()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in decided.items()}


def mended_from(kept: Mapping[str, Any]) -> Mended:
    known = {field.name for field in fields(Mended)}
    decided: dict[str, Any] = {name: value for name, value in kept.items() if name in known}
    for name in ("numbers", "answers"):
        if name in decided:
            decided[name] = tuple(decided[name])
    if "kind" in decided:
        decided["kind"] = RowKind(decided["kind"])
    if "due_on" in decided:
        decided["due_on"] = date.fromisoformat(decided["due_on"])
    return Mended(**decided)


def kept_post(post: Post) -> dict[str, Any]:
    return {name: value for name, value in asdict(post).items() if name != "printed"}


def post_from(spelling: str, kept: Mapping[str, Any]) -> Post:
    return Post(
        printed=spelling,
        name=kept.get("name", ""),
        role=kept.get("role", ""),
        organisation_ref=kept.get("organisation_ref", ""),
        of_board=kept.get("of_board", False),
    )

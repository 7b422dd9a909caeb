"""The few things that SQLite and PostgreSQL say differently."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, Text, literal, type_coerce
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


def insert_or(connection: Connection, table: type[Any]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows what to do on a conflict."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


class _Unindexed(GenericFunction[Any]):
    inherit_cache = True
    name = "unindexed"


@compiles(_Unindexed)
def _as_it_is(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return compiler.process(element.clauses, **options)


@compiles(_Unindexed, "sqlite")
def _behind_a_plus(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"+{compiler.process(element.clauses, **options)}"


def unindexed(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The column, in a condition that SQLite must not choose an index for.

    SQLite keeps no statistics of how often a value occurs: it takes any equality for selective, and would rather sort
    half the table than walk an index that is in order already. PostgreSQL knows better by itself.
    """
    return _Unindexed(column, type_=column.type)


class _JsonArray(GenericFunction[str]):
    inherit_cache = True
    name = "json_array_of"
    type = Text()


@compiles(_JsonArray)
def _json_agg(element: _JsonArray, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"CAST(json_agg({compiler.process(element.clauses, **options)}) AS TEXT)"


@compiles(_JsonArray, "sqlite")
def _json_group_array(element: _JsonArray, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_group_array({compiler.process(element.clauses, **options)})"


def json_array(column: ColumnElement[Any]) -> ColumnElement[str]:
    """The values of a column, in the order of the rows, as the text of a JSON list."""
    return _JsonArray(column)


class _Contains(GenericFunction[bool]):
    inherit_cache = True
    name = "contains_text"
    type = Boolean()


@compiles(_Contains)
def _ilike(element: _Contains, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, pattern = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} ILIKE {pattern} ESCAPE '!'"


@compiles(_Contains, "sqlite")
def _like(element: _Contains, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, pattern = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} LIKE {pattern} ESCAPE '!'"  # there it disregards the case of Latin letters by itself


def contains(column: InstrumentedAttribute[Any], text: str) -> ColumnElement[bool]:
    """Whether the column's text contains `text`, whatever the case of its Latin letters."""
    pattern = re.sub(r"([!%_])", r"!\1", text)
    return _Contains(type_coerce(column, Text), literal(f"%{pattern}%", Text))

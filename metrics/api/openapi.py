"""`/openapi.json`: the API described in OpenAPI 3.1, made of the declarations that answer it."""

from collections.abc import Iterable
from inspect import cleandoc
from typing import Any

from aiohttp import hdrs
from msgspec import Struct, json

from metrics.api.changes import ASPECT_OF_FIELD, Aspect
from metrics.api.endpoint import Endpoint
from metrics.api.reading import LONGEST_KEY
from metrics.api.requests import Nothing, TaskChange
from metrics.problems import CONTENT_TYPE, Problem

JSON = "application/json"
CODE_PATTERN = "^([Tt]-)?[0-9]{1,15}$"
ETAG_PATTERN = r'^"[0-9]{1,18}"$'
INTRODUCTION = (
    "Tasks and emergencies of the dispatch desk, for other programs. What is done here is pushed to the chats like "
    "anything else. Moments are RFC 3339 in UTC, places degrees (WGS 84), distances metres; priorities go from 1 (low) "
    "to 5 (critical)."
)
SCOPES = (
    "A token of `gad tokens create`. Each address names the scope that it wants; without it the answer is 403. Places "
    "and distances are shown to `positions`, silent alarms to `duress`."
)
CODE = {
    "name": "code",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": CODE_PATTERN, "examples": ["T-000123"]},
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key again changes nothing and gets the same answer; with another body it is refused.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~]+$"},
}
VERSION = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of the answer that the change is meant for.",
    "schema": {"anyOf": [{"type": "string", "pattern": ETAG_PATTERN, "examples": ['"7"']}, {"const": "*"}]},
}
PROBLEM = {
    "description": "A problem",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def document(endpoints: Iterable[Endpoint[Any, Any]], version: str) -> bytes:
    """The description of these endpoints."""
    listed = tuple(endpoints)
    bodies = [one.body for one in listed if one.body is not Nothing]
    schemas = _schemas([*(one.answer for one in listed), *bodies, Problem, *(one.query for one in listed)])
    for one in listed:
        # A query is shown as parameters; here only what those refer to is wanted.
        schemas.pop(one.query.__name__, None)
    paths: dict[str, dict[str, Any]] = {}
    for one in listed:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "GRUPO_GAD", "version": version, "description": INTRODUCTION},
            "paths": paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": SCOPES}},
            },
        }
    )


def _operation(one: Endpoint[Any, Any]) -> dict[str, Any]:
    content = {JSON: {"schema": _reference(one.answer)}}
    statuses = [status for status in (one.status, one.other) if status is not None]
    answers = {str(int(status)): {"description": status.phrase, "content": content} for status in statuses}
    operation: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": one.description,
        "security": [{"token": [one.scope.value]}],
        "parameters": [*_parameters(one)],
        "responses": {**answers, "default": PROBLEM},
    }
    if one.body is not Nothing:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": _reference(one.body)}}}
    return operation


def _parameters(one: Endpoint[Any, Any]) -> Iterable[dict[str, Any]]:
    if "{code}" in one.path:
        yield CODE
    schema = _schemas([one.query])[one.query.__name__]
    for name, kind in schema["properties"].items():
        yield {"name": name, "in": "query", "required": name in schema["required"], "schema": kind}
    if one.method == hdrs.METH_POST:
        yield KEY
    if one.method == hdrs.METH_PATCH:
        yield VERSION


def _reference(shape: type[Struct]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


def _schemas(shapes: Iterable[type[Struct]]) -> dict[str, Any]:
    _, schemas = json.schema_components(dict.fromkeys(shapes), ref_template="#/components/schemas/{name}")
    for schema in schemas.values():
        schema["description"] = cleandoc(schema.get("description", ""))
    if (change := schemas.get(TaskChange.__name__)) is not None:
        change["oneOf"] = _one_aspect()
    return schemas


def _one_aspect() -> list[dict[str, Any]]:
    """The fields of exactly one aspect are there: a request makes one change."""
    fields: dict[Aspect, list[str]] = {}
    for name, aspect in ASPECT_OF_FIELD.items():
        fields.setdefault(aspect, []).append(name)
    return [
        {"title": f"{aspect.value.capitalize()}Change", "anyOf": [{"required": [name]} for name in names]}
        for aspect, names in fields.items()
    ]

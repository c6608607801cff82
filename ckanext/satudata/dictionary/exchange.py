"""A kamus data as JSON, in and out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.satudata.dictionary import checks
from ckanext.satudata.dictionary.faults import Problem, shown
from ckanext.satudata.dictionary.table import Dictionary, from_descriptor

LARGEST = 500_000
"""Bytes of a text; a kamus data of a hundred columns has some 60,000."""
DEEPEST = 12


@dataclass(frozen=True)
class Read:
    """What was read: the kamus data, or why there is none; both where it has faults in columns."""

    dictionary: Dictionary | None
    problems: tuple[Problem, ...] = ()


class _Refused(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read(text: str | bytes) -> Read:
    """Read a JSON text. Whatever it holds, the answer is a Read."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        return Read(None, (Problem("json_big", facts={"limit": LARGEST // 1000}),))
    try:
        told = json.loads(
            text.decode("utf-8-sig") if isinstance(text, bytes) else text.lstrip("\ufeff"),
            object_pairs_hook=_object,
            parse_constant=_constant,
        )
    except _Refused as refused:
        return Read(None, (refused.problem,))
    except json.JSONDecodeError as error:
        facts = {"line": error.lineno, "character": error.colno}
        return Read(None, (Problem("json_broken", facts=facts),))
    except UnicodeDecodeError:
        return Read(None, (Problem("text_unreadable"),))
    except RecursionError:
        return Read(None, (Problem("json_deep"),))
    except ValueError:  # a whole number of more digits than Python reads
        return Read(None, (Problem("json_number", facts={"value": "9999…"}),))
    return read_value(told)


def read_value(told: Any) -> Read:
    """The same for JSON that is read already."""
    if _depth(told) > DEEPEST:
        return Read(None, (Problem("json_deep"),))
    found = checks.shape_problems(told)
    if found:
        return Read(None, tuple(found))
    dictionary = from_descriptor(told)
    return Read(dictionary, tuple(checks.problems(dictionary)))


def write(dictionary: Dictionary) -> str:
    """The text that people get: a Table Schema, in lines, its columns in their order."""
    return json.dumps(dictionary.descriptor(), ensure_ascii=False, indent=2) + "\n"


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(Problem("json_key_twice", facts={"key": shown(key)}))
        found[key] = value
    return found


def _constant(name: str) -> Any:
    """NaN and Infinity, which Python reads and JSON does not have."""
    raise _Refused(Problem("json_number", facts={"value": name}))


def _depth(value: Any, limit: int = DEEPEST + 1) -> int:
    """How deep a value is, counted to `limit`."""
    if limit == 0 or not isinstance(value, (Mapping, list)):
        return 0
    children = value.values() if isinstance(value, Mapping) else value
    return 1 + max((_depth(child, limit - 1) for child in children), default=0)

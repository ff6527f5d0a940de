"""Model files gone wrong: by a slip of the hand, by a careless tool, and on purpose. The same seed gives the same file."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from ruamel.yaml import YAML

ODD: tuple[Any, ...] = (
    None, "", " ", 0, -1, 1, 29, 366, 10**12, 1.5, True, False, [], {}, [[]], [None], {"": None}, "ja", "2026-02-30",
    "2026-02-28", "~", "æøå", "🜨", "\u202e", "x" * 5_000, "a: b", "{", "role", "per_capita", "adopt", "\\", "%(x)s", "{0}",
)  # fmt: skip
SIGNS = "\t {}[]:,-&*!|>'\"%@`#?\n~<=éæ\u2028\x00\x07\ufeff0"


def hostile() -> dict[str, str]:
    """Files made to bring a reader down."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    merge = "a: &a {b: 1}\nc: {<<: *a}\n"
    return {
        "alias bomb": bomb,
        "merge keys": merge,
        "deep lists": "a: " + "[" * 5_000 + "]" * 5_000,
        "deep maps": "\n".join(" " * n + f"k{n}:" for n in range(400)),
        "half-open brackets": "{" * 20_000,
        "a huge word": "format: 1\nkey: " + "x" * 190_000,
        "a huge number": "format: " + "9" * 100_000,
        "many keys": "".join(f"k{n}: {n}\n" for n in range(15_000)),
        "one key many times": "key: a\n" * 20_000,
        "many documents": "---\nformat: 1\n" * 2_000,
        "tags": "format: !!python/object/apply:os.system ['true']\n",
        "a directive": "%YAML 9.9\n---\nformat: 1\n",
        "block text without end": "text: |\n" + "  linje\n" * 20_000,
        "quotes without end": "text: '" + "a\n" * 50_000,
        "complex keys": "? [a, b]\n: 1\n? {c: d}\n: 2\n",
        "nothing": "",
        "only a comment": "# ingenting\n",
        "infinity": "format: .inf\nversion: .nan\n",
        "surrogates": 'name: "\\ud800"\n',
        "an endless comment": "#" * 199_000,
        "too large": "#" * 300_000,
        "ambiguous words": "format: 1\nkey: no\nname: NO\nversion: 0o17\nvalid_from: 2026-1-1\n",
    }


def mutated(texts: list[str], seed: int) -> str:
    """One file with between one and four things changed in it."""
    chance = random.Random(seed)
    text = chance.choice(texts)
    if chance.random() < 0.45:
        for _turn in range(chance.randint(1, 3)):
            text = chance.choice(ON_TEXT)(text, chance)
        return text
    tree = YAML(typ="safe", pure=True).load(text)
    for _turn in range(chance.randint(1, 4)):
        chance.choice(ON_TREE)(tree, chance)
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5, default=str)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each of its keys or positions."""
    inner = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, child in inner:
        yield value, key
        yield from _places(child)


def _somewhere(tree: Any, chance: random.Random) -> tuple[Any, Any]:
    return chance.choice(list(_places(tree)))


def _odd_value(tree: Any, chance: random.Random) -> None:
    holder, key = _somewhere(tree, chance)
    holder[key] = copy.deepcopy(chance.choice(ODD))


def _gone(tree: Any, chance: random.Random) -> None:
    holder, key = _somewhere(tree, chance)
    del holder[key]


def _twice(tree: Any, chance: random.Random) -> None:
    holder, key = _somewhere(tree, chance)
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[f"{key}2"] = copy.deepcopy(holder[key])


def _from_elsewhere(tree: Any, chance: random.Random) -> None:
    """A value from another place: references that lead round in rings, lists where words were, parts of other kinds."""
    (holder, key), (other, at) = _somewhere(tree, chance), _somewhere(tree, chance)
    holder[key] = copy.deepcopy(other[at])


def _alike(tree: Any, chance: random.Random) -> None:
    """A value from under the same key elsewhere: right in form, wrong in what it says."""
    holder, key = _somewhere(tree, chance)
    others = [other[at] for other, at in _places(tree) if at == key and isinstance(at, str)]
    if others:
        holder[key] = copy.deepcopy(chance.choice(others))


def _same_word(tree: Any, chance: random.Random) -> None:
    """One word becomes another of the file's words, wherever it stands as it."""
    words = [holder[key] for holder, key in _places(tree) if isinstance(holder[key], str) and len(holder[key]) < 40]
    if len(words) > 1:
        old, new = chance.sample(words, 2)
        for holder, key in list(_places(tree)):
            if holder[key] == old and chance.random() < 0.7:
                holder[key] = new


def _shuffled(tree: Any, chance: random.Random) -> None:
    lists = [holder[key] for holder, key in _places(tree) if isinstance(holder[key], list) and len(holder[key]) > 1]
    if lists:
        chance.shuffle(chance.choice(lists))


def _grown(tree: Any, chance: random.Random) -> None:
    """A list that has become long."""
    lists = [holder[key] for holder, key in _places(tree) if isinstance(holder[key], list) and holder[key]]
    if lists:
        chosen = chance.choice(lists)
        chosen.extend(copy.deepcopy(chance.choice(chosen)) for _each in range(chance.randint(5, 60)))


def _line_gone(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _line_twice(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    return "".join([*lines[: at + 1], *lines[at:]])


def _indented(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    lines[at] = " " * chance.randint(1, 5) + lines[at] if chance.random() < 0.6 else lines[at].lstrip()
    return "".join(lines)


def _sign(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(SIGNS) + text[at + chance.randint(0, 1) :]


def _cut(text: str, chance: random.Random) -> str:
    first, last = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[:first] + text[last:] if chance.random() < 0.5 else text[:last]


def _moved(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return "".join(lines)


ON_TREE: tuple[Callable[[Any, random.Random], None], ...] = (
    _odd_value, _gone, _twice, _from_elsewhere, *[_alike] * 6, *[_same_word] * 4, *[_shuffled] * 2, *[_grown] * 2,
)  # fmt: skip
ON_TEXT = (_line_gone, _line_twice, _indented, _sign, _sign, _cut, _moved)

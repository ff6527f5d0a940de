"""Typst in a process of its own: what it has remembered goes with it, and what takes too long is stopped.

In the server's own process the typesetter's memory of earlier documents grows to a gigabyte. This file is also the
script that the other process runs; then it knows neither Django nor the rest of Samstyr.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import typst

FILES = Path(__file__).parent / "files"
LONGEST_SECONDS = 60


def typeset(name: str, documents: list[dict[str, Any]], **how: Any) -> list[list[bytes]]:
    """Each document's pages or file, made by the typst file `name`, without network or the machine's own fonts.

    Raises RuntimeError when it fails, and TimeoutExpired when it takes more than a minute.
    """
    asked = json.dumps({"name": name, "documents": documents, "how": how}, ensure_ascii=False)
    run = subprocess.run(  # noqa: S603 - our own file, and everything else on its standard input
        [sys.executable, "-I", __file__],
        input=asked.encode(),
        capture_output=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    if run.returncode:
        raise RuntimeError(run.stderr.decode(errors="replace")[-2000:])
    return [[base64.b64decode(page) for page in pages] for pages in json.loads(run.stdout)]


def _answer() -> None:
    asked = json.loads(sys.stdin.buffer.read())
    answers = []
    for data in asked["documents"]:
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        compiler = typst.Compiler(FILES / asked["name"], root=FILES, ignore_system_fonts=True, sys_inputs=inputs)
        made = compiler.compile(**asked["how"])
        assert made is not None
        answers.append([base64.b64encode(page).decode() for page in (made if isinstance(made, list) else [made])])
    sys.stdout.write(json.dumps(answers))


if __name__ == "__main__":
    _answer()

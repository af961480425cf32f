"""The log of a run: a line of JSON for each step and each validation, of which Parley draws curves (src/reports)."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

LOG_NAME = "log.jsonl"


class RunLog:
    """A resumed run goes on in the same file and may repeat steps: the last line of a step counts."""

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.file = (out / LOG_NAME).open("ab", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.file.close()

    def begin(self, facts: dict, steps: int) -> None:
        """`facts` are those that are saved beside checkpoints."""
        kept = {name: facts[name] for name in ("base", "dataSets", "startedFrom", "settings") if name in facts}
        self.write("run", at=datetime.now(UTC).isoformat(), steps=steps, files=facts["data"]["files"], **kept)

    def step(self, step: int, *, loss: float, rate: float, tokens: int, seconds: float) -> None:
        """`loss` of a target token in nats; `tokens` of all packs of the step, padding included."""
        self.write("step", step=step, loss=loss, learningRate=rate, tokens=tokens, seconds=round(seconds, 3))

    def validation(self, step: int, *, loss: float, exact: float) -> None:
        self.write("validation", step=step, loss=loss, exact=exact)

    def write(self, kind: str, **facts: object) -> None:
        """A curve with a gap is better than a run that a full disk ends here, before it tells of its last checkpoint."""
        line = json.dumps({"kind": kind, **facts}, ensure_ascii=False) + "\n"
        with suppress(OSError):
            self.file.write(line.encode())

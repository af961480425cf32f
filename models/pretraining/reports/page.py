"""One HTML file with its pictures inside: nothing is fetched when it is opened."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib

matplotlib.use("agg")
from matplotlib.figure import Figure  # noqa: E402

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}"
    "img{max-width:100%;height:auto}table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}"
    "pre{white-space:pre-wrap;background:#f4f4f4;padding:.6rem}"
)
PIXELS_PER_INCH = 120


@dataclass
class Page:
    title: str
    parts: list[str] = field(default_factory=list)

    def heading(self, text: str) -> None:
        self.parts.append(f"<h2>{html.escape(text)}</h2>")

    def text(self, text: str) -> None:
        self.parts.append(f"<p>{html.escape(text)}</p>")

    def verbatim(self, text: str) -> None:
        self.parts.append(f"<pre>{html.escape(text)}</pre>")

    def table(self, names: list[str], rows: list[list[object]]) -> None:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
        self.parts.append(f"<table><tr>{head}</tr>{body}</table>")

    def picture(self, figure: Figure, description: str) -> None:
        """`description` is for readers who cannot see it."""
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", dpi=PIXELS_PER_INCH, bbox_inches="tight")
        encoded = base64.b64encode(drawn.getvalue()).decode("ascii")
        self.parts.append(f'<img src="data:image/png;base64,{encoded}" alt="{html.escape(description)}">')

    def write(self, path: Path) -> None:
        head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(self.title)}</title>'
        style = f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{head}{style}<h1>{html.escape(self.title)}</h1>{''.join(self.parts)}</html>\n", encoding="utf-8")


def new_figure(width: float = 8, height: float = 3.5) -> Figure:
    """In inches."""
    return Figure(figsize=(width, height), layout="constrained")

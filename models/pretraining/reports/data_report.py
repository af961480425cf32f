"""What the data is made of: how long prompts and answers are, which tokens there are, what the answers ask for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import training_job  # noqa: F401
from packs import Pack, read_packs
from reports.page import Page, new_figure
from tokens.tokenizer import Tokenizer

KEYWORDS = ("where", "group by", "order by", "limit", "having", "distinct", "count(", "sum(", "avg(", " in (select", "union")
COMMONEST = 25
"""Tokens listed."""


def data_report(path: Path, tokenizer: Tokenizer) -> Page:
    """Raises PackError."""
    packs = read_packs(path)
    page = Page(f"Data: {path.name}")
    rows = [row for pack in packs for row in pack.rows]
    page.text(f"{len(packs)} packs with {len(rows)} questions on {len({pack.database for pack in packs})} databases.")
    draw_lengths(page, packs, tokenizer)
    count_keywords(page, [row.target for row in rows])
    count_tokens(page, packs, tokenizer)
    page.heading("A pack")
    page.verbatim(packs[0].prefix + packs[0].rows[0].suffix + packs[0].rows[0].target)
    return page


def draw_lengths(page: Page, packs: list[Pack], tokenizer: Tokenizer) -> None:
    lengths = {
        "schema": [len(tokenizer.encode(pack.prefix)) for pack in packs],
        "question": [len(tokenizer.encode(row.suffix)) for pack in packs for row in pack.rows],
        "answer": [len(tokenizer.encode(row.target)) for pack in packs for row in pack.rows],
    }
    figure = new_figure()
    for axes, (name, counts) in zip(figure.subplots(1, 3), lengths.items(), strict=True):
        axes.hist(counts, bins=40, color="#3b6ea5")
        axes.set_title(name)
        axes.set_xlabel("tokens")
    page.heading("Lengths")
    page.picture(figure, "How many tokens schemas, questions and answers have")
    facts = [[name, min(counts), sorted(counts)[len(counts) // 2], max(counts)] for name, counts in lengths.items()]
    page.table(["part", "shortest", "median", "longest"], facts)


def count_keywords(page: Page, targets: list[str]) -> None:
    page.heading("What answers are made of")
    counts = [[word.strip(), sum(word in target for target in targets)] for word in KEYWORDS]
    shares = [[word, count, f"{100 * count / len(targets):.1f} %"] for word, count in counts]
    page.table(["part", "answers", "share"], shares)


def count_tokens(page: Page, packs: list[Pack], tokenizer: Tokenizer) -> None:
    texts = [text for pack in packs for text in (pack.prefix, *(row.suffix + row.target for row in pack.rows))]
    counts = Counter(number for text in texts for number in tokenizer.encode(text))
    letters = sum(len(text.encode("utf-8")) for text in texts)
    page.heading("Tokens")
    page.text(
        f"{counts.total()} tokens, {letters / counts.total():.2f} bytes each; "
        f"{len(counts)} of {tokenizer.size} in the vocabulary are used."
    )
    figure = new_figure()
    axes = figure.subplots()
    axes.loglog(range(1, len(counts) + 1), sorted(counts.values(), reverse=True), color="#3b6ea5")
    axes.set_xlabel("rank")
    axes.set_ylabel("times")
    page.picture(figure, "How often each token comes, most frequent first")
    listed = [[repr(tokenizer.decode([number])), count] for number, count in counts.most_common(COMMONEST)]
    page.table(["token", "times"], listed)

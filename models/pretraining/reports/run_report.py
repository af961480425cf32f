"""How runs went: losses, exact answers and speed over their steps, from TensorBoard's logs, with the last samples."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from learning.checkpoints import CheckpointError
from reports.page import Page, new_figure

CURVES = ("loss/train", "loss/validation", "exact/validation", "tokens a second")
LAST_STEPS = 50
"""Each step's loss is of its own answers alone; the mean of so many tells one run from another."""
SAMPLES = "samples/text_summary"


def run_report(runs: list[Path]) -> Page:
    """Raises CheckpointError where there is no log."""
    page = Page("Runs")
    logs = {run.name: read_log(run) for run in runs}
    for curve in CURVES:
        figure = new_figure()
        axes = figure.subplots()
        for name, log in logs.items():
            if curve in log.Tags()["scalars"]:
                axes.plot([event.step for event in log.Scalars(curve)], values_of(log, curve), label=name)
        axes.set_xlabel("step")
        axes.set_ylabel(f"{curve}, mean of {LAST_STEPS} steps" if curve == "loss/train" else curve)
        axes.legend()
        page.picture(figure, f"{curve} over the steps")
    page.heading("At the end")
    page.table(["run", *CURVES], [[name, *(last_of(log, curve) for curve in CURVES)] for name, log in logs.items()])
    for name, log in logs.items():
        if SAMPLES in log.Tags()["tensors"]:
            page.heading(f"Samples of {name}")
            page.verbatim(log.Tensors(SAMPLES)[-1].tensor_proto.string_val[0].decode("utf-8"))
    return page


def read_log(run: Path) -> EventAccumulator:
    folder = run / "logs"
    if not any(folder.glob("events*")):
        raise CheckpointError(f"{folder} holds no log. Give the folder of a run of train.py.")
    return EventAccumulator(str(folder)).Reload()


def values_of(log: EventAccumulator, curve: str) -> list[float]:
    values = [event.value for event in log.Scalars(curve)]
    if curve != "loss/train":
        return values
    return [fmean(values[max(0, end - LAST_STEPS) : end]) for end in range(1, len(values) + 1)]


def last_of(log: EventAccumulator, curve: str) -> str:
    return f"{values_of(log, curve)[-1]:.4g}" if curve in log.Tags()["scalars"] else ""

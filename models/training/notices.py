"""What must be said wherever an exported file goes: the base model's terms and the data it learned from."""

from __future__ import annotations

BASES = {
    "gemma": (
        "Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms\n"
        "This file is a Model Derivative of Gemma: Parley changed the model by training a LoRA adapter on it. "
        "Whoever uses it is bound by the use restrictions of section 3.2 of those terms and by the Gemma Prohibited "
        "Use Policy found at ai.google.dev/gemma/prohibited_use_policy."
    ),
    "apache-2.0": (
        "The base model is under the Apache License 2.0, found at apache.org/licenses/LICENSE-2.0. "
        "Parley changed it by training a LoRA adapter on it."
    ),
}
"""By licence, as GGUF's `general.license` names it."""

MODELS = {"smollm2": "SmolLM2 is by Hugging Face (HuggingFaceTB)."}
"""Authors to be named, by the start of the base's file name."""

DATA_SETS = {
    "spider": (
        "Spider 1.0 by Tao Yu et al., Yale University (yale-lily.github.io/spider), CC BY-SA 4.0 "
        "(creativecommons.org/licenses/by-sa/4.0)."
    ),
    "spider-syn": "Spider-Syn by Yujian Gan et al. (github.com/ygan/Spider-Syn), MIT; built on Spider, CC BY-SA 4.0.",
    "nvbench": (
        "nvBench by Yuyu Luo et al., Tsinghua University (github.com/TsinghuaDatabaseGroup/nvBench), MIT; "
        "its databases are Spider's, CC BY-SA 4.0."
    ),
    "wikisql": "WikiSQL by Victor Zhong et al., Salesforce Research (github.com/salesforce/WikiSQL), BSD 3-Clause.",
    "bird": ("BIRD by Jinyang Li et al. (bird-bench.github.io), CC BY-SA 4.0 (creativecommons.org/licenses/by-sa/4.0)."),
    "cosql": (
        "CoSQL by Tao Yu et al., Yale University and Salesforce Research (yale-lily.github.io/cosql), CC BY-SA 4.0 "
        "(creativecommons.org/licenses/by-sa/4.0); its databases are Spider's."
    ),
}
SPIDER_ROWS = ("train_spider", "train_others")
ROWS_OF = {
    "spider": SPIDER_ROWS,
    # Its wordings stand in Spider's rows, and no id tells which.
    "spider-syn": SPIDER_ROWS,
    "nvbench": ("nvbench",),
    "wikisql": ("wikisql",),
    "bird": ("bird",),
    "cosql": ("cosql",),
}
"""How the ids of a data set's rows begin, up to the number."""

CHANGES = "Parley changed the data: schemas were shuffled, questions grouped by schema and reworded, SQL rewritten without joins."


def notice(base_name: str, licence: str | None, data_sets: list[str]) -> str:
    """The whole text; `licence` is what the base model's own file says, if it does."""
    base = BASES.get((licence or "").lower())
    if base is None:
        base = f"The base model {base_name} is under its own licence ({licence or 'which its file does not name'})."
    authors = [text for start, text in MODELS.items() if base_name.lower().startswith(start)]
    credits = ["It was trained on:", *(f"- {DATA_SETS[name]}" for name in data_sets), CHANGES] if data_sets else []
    return "\n".join([" ".join([base, *authors]), *credits]) + "\n"

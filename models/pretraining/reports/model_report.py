"""What a network looks at: attention maps of each layer on one prompt, and what its weights are like."""

from __future__ import annotations

import torch

from corpus.answer_packs import END
from decoding.write_answer import write_answer
from network.gpt import GPT
from reports.page import Page, new_figure
from tokens.tokenizer import Tokenizer

SHOWN_TOKENS = 60
"""The last ones of prompt and answer: more labels cannot be read."""
ANSWER_TOKENS = 60
NEIGHBOURS = 8


def model_report(network: GPT, tokenizer: Tokenizer, prompt: str) -> Page:
    page = Page("Network")
    page.text(f"{network.count() / 1e6:.2f} million parameters: {network.shape}")
    ids = tokenizer.encode(prompt)
    written = write_answer(network, ids, tokenizer.id(END), ANSWER_TOKENS)
    page.heading("Prompt and answer")
    page.verbatim(prompt + tokenizer.decode(written))
    page.heading("Attention")
    page.text("A row is a token, a column what it looks at; the mean over the heads of a layer.")
    draw_attention(page, attention_maps(network, [*ids, *written]), [tokenizer.decode([number]) for number in [*ids, *written]])
    draw_weights(page, network)
    list_neighbours(page, network, tokenizer, sorted({*written}))
    return page


@torch.no_grad()
def attention_maps(network: GPT, ids: list[int]) -> list[torch.Tensor]:
    """[heads, length, length] of every layer: computed again from what each attention read, as it keeps no map."""
    seen: list[torch.Tensor] = []
    hooks = [
        block.attention.register_forward_pre_hook(lambda _, given: seen.append(given[0].detach())) for block in network.blocks
    ]
    try:
        network(torch.tensor([ids]))
    finally:
        for hook in hooks:
            hook.remove()
    return [map_of(block.attention, tokens) for block, tokens in zip(network.blocks, seen, strict=True)]


def map_of(attention: torch.nn.Module, tokens: torch.Tensor) -> torch.Tensor:
    query, key = attention.heads(attention.query(tokens)), attention.heads(attention.key(tokens))
    if attention.rotary:
        query, key = attention.rotary(query, 0), attention.rotary(key, 0)
    key = key.repeat_interleave(query.shape[1] // key.shape[1], dim=1)
    scores = query @ key.transpose(-2, -1) / query.shape[-1] ** 0.5
    later = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
    return scores.masked_fill(later, -torch.inf).softmax(dim=-1)[0]


def draw_attention(page: Page, maps: list[torch.Tensor], tokens: list[str]) -> None:
    first = max(0, len(tokens) - SHOWN_TOKENS)
    labels = [repr(token)[1:-1] for token in tokens[first:]]
    for number, weights in enumerate(maps):
        figure = new_figure(10, 10)
        axes = figure.subplots()
        axes.imshow(weights.mean(dim=0)[first:, first:].numpy(), cmap="Blues", vmin=0)
        axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=6)
        axes.set_yticks(range(len(labels)), labels, fontsize=6)
        axes.set_title(f"layer {number + 1}")
        page.picture(figure, f"Where the tokens look in layer {number + 1}")


def draw_weights(page: Page, network: GPT) -> None:
    figure = new_figure()
    axes = figure.subplots()
    matrices = [(name, parameter) for name, parameter in network.named_parameters() if parameter.dim() > 1]
    axes.bar(range(len(matrices)), [float(parameter.detach().std()) for _, parameter in matrices], color="#3b6ea5")
    axes.set_xticks(range(len(matrices)), [name.removesuffix(".weight") for name, _ in matrices], rotation=90, fontsize=5)
    axes.set_ylabel("standard deviation")
    page.heading("Weights")
    page.picture(figure, "Standard deviation of each matrix")


def list_neighbours(page: Page, network: GPT, tokenizer: Tokenizer, ids: list[int]) -> None:
    """Tokens whose vectors point the same way as those of the answer."""
    vectors = torch.nn.functional.normalize(network.embeddings.tokens.weight.detach(), dim=1)
    nearest = (vectors[ids] @ vectors.t()).topk(min(NEIGHBOURS + 1, len(vectors))).indices.tolist()
    page.heading("Nearest tokens")
    rows = [
        [repr(tokenizer.decode([number])), " ".join(repr(tokenizer.decode([other])) for other in others if other != number)]
        for number, others in zip(ids, nearest, strict=True)
    ]
    page.table(["token", "nearest"], rows)

"""Decoding: what may be drawn, and that a wider search never ends with a less likely answer."""

from __future__ import annotations

import pytest
import torch

from conftest import tiny
from decoding.beam_search import beam_search
from decoding.choose_token import Manner, MannerError, choose_token
from decoding.write_answer import write_answer
from network.gpt import GPT

END = 0


@pytest.fixture
def loud() -> GPT:
    network = tiny(50, context=40).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return network


def drawn(manner: Manner, scores: list[float], times: int = 400) -> set[int]:
    generator = torch.Generator().manual_seed(1)
    return {choose_token(torch.tensor(scores), manner, generator) for _ in range(times)}


def test_without_temperature_the_likeliest_token_is_taken() -> None:
    assert drawn(Manner(), [0.0, 2.0, 1.9], 5) == {1}


def test_top_k_and_top_p_cut_off_the_unlikely() -> None:
    scores = [3.0, 2.9, 2.8, -1.0]
    assert drawn(Manner(temperature=1), scores) == {0, 1, 2, 3}
    assert drawn(Manner(temperature=1, top_k=2), scores) == {0, 1}
    # 0.36 + 0.33 of probability: the second reaches the half.
    assert drawn(Manner(temperature=1, top_p=0.5), scores) == {0, 1}


def test_a_seed_repeats_what_was_drawn(loud: GPT) -> None:
    manner = Manner(temperature=1.5)
    answers = [write_answer(loud, [1, 2], END, 20, manner, seed) for seed in (1, 1, 2)]
    assert answers[0] == answers[1] != answers[2]


def test_writing_stops_where_the_context_ends(loud: GPT) -> None:
    assert len([1] * 30 + write_answer(loud, [1] * 30, 49, 100)) <= 40


def test_one_beam_is_greedy_and_more_find_at_least_as_likely_answers(loud: GPT) -> None:
    greedy = write_answer(loud, [3, 4], END, 6)
    assert beam_search(loud, [3, 4], END, 6, 1)[0].ids == greedy
    beams = beam_search(loud, [3, 4], END, 6, 6)
    assert [score_of(loud, [3, 4], beam.ids, beam.ended) for beam in beams] == pytest.approx(
        [beam.score for beam in beams], abs=1e-3
    )
    assert len({tuple(beam.ids) for beam in beams}) == len(beams)


def score_of(network: GPT, prompt: list[int], ids: list[int], ended: bool) -> float:
    """Read at once, without the memory that the search keeps."""
    written = [*ids, END] if ended else ids
    with torch.no_grad():
        states, _ = network(torch.tensor([prompt + written]))
        scores = network.scores(states[0]).log_softmax(dim=-1)
    return sum(float(scores[len(prompt) + at - 1, token]) for at, token in enumerate(written))


def test_refuses_manners_that_make_no_sense() -> None:
    with pytest.raises(MannerError, match="top_p is above 0"):
        Manner(top_p=0)

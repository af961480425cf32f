"""The network: that it computes what transformers computes, and that its gradients are right."""

from __future__ import annotations

import pytest
import torch

from conftest import tiny
from corpus.batch import Batch
from learning.loss import summed_loss
from network.gpt import GPT, ContextOverflow
from network.hugging_face import as_hugging_face
from network.shape import Shape, ShapeError

KINDS = ["llama", "gpt2"]


def loud(network: torch.nn.Module) -> None:
    """Weights so large that every part of the network matters."""
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.3)


@pytest.mark.parametrize("kind", KINDS)
def test_gives_the_scores_of_transformers_on_the_same_weights(kind: str) -> None:
    network = tiny(300, kind).eval()
    loud(network)
    ids = torch.randint(0, 300, (3, 40))
    with torch.no_grad():
        ours = network.scores(network(ids)[0])
        theirs = as_hugging_face(network, 0)(ids).logits
    assert theirs.std() > 0.2
    torch.testing.assert_close(ours, theirs, atol=1e-4, rtol=1e-4)


def test_forgets_in_training_alone() -> None:
    network = GPT(tiny(300).shape, dropout=0.5)
    loud(network)
    ids = torch.randint(0, 300, (1, 20))
    with torch.no_grad():
        assert not torch.allclose(network(ids)[0], network(ids)[0])
        network.eval()
        torch.testing.assert_close(network(ids)[0], network(ids)[0])


@pytest.mark.parametrize("kind", KINDS)
def test_reading_in_two_parts_gives_what_reading_at_once_gives(kind: str) -> None:
    network = tiny(300, kind).eval()
    loud(network)
    ids = torch.randint(0, 300, (1, 30))
    with torch.no_grad():
        whole, _ = network(ids)
        _, memory = network(ids[:, :12])
        rest, _ = network(ids[:, 12:], memory)
    torch.testing.assert_close(rest, whole[:, 12:], atol=1e-4, rtol=1e-4)


def test_no_token_sees_those_behind_it() -> None:
    network = tiny(300).eval()
    loud(network)
    ids = torch.randint(0, 300, (1, 20))
    changed = ids.clone()
    changed[0, 15] = (changed[0, 15] + 1) % 300
    with torch.no_grad():
        before, after = network(ids)[0], network(changed)[0]
    torch.testing.assert_close(before[:, :15], after[:, :15])
    assert not torch.allclose(before[:, 15:], after[:, 15:])


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_are_those_of_small_differences(kind: str) -> None:
    network = tiny(20, kind, width=8, layers=1, heads=2, key_value_heads=2 if kind == "gpt2" else 1, hidden=12).double()
    loud(network)
    batch = Batch(torch.randint(0, 20, (1, 3)), torch.randint(0, 20, (2, 5)), torch.randint(0, 20, (2, 5)))

    def loss_with(*weights: torch.Tensor) -> torch.Tensor:
        named = dict(zip(names, weights, strict=True))
        return torch.func.functional_call(Loss(network, batch), named, ())

    names = [f"network.{name}" for name, _ in network.named_parameters()]
    weights = tuple(parameter.detach().requires_grad_() for parameter in network.parameters())
    assert torch.autograd.gradcheck(loss_with, weights, eps=1e-6, atol=1e-3, fast_mode=True)


class Loss(torch.nn.Module):
    """In double precision throughout, which the loss of training is not."""

    def __init__(self, network: torch.nn.Module, batch: Batch) -> None:
        super().__init__()
        self.network, self.batch = network, batch

    def forward(self) -> torch.Tensor:
        _, memory = self.network(self.batch.prefix)
        states, _ = self.network(self.batch.rows[:, :-1], memory)
        scores = self.network.scores(states)
        return torch.nn.functional.cross_entropy(scores.flatten(0, 1), self.batch.labels[:, 1:].flatten(), reduction="sum")


def test_rows_behind_a_shared_beginning_cost_what_whole_prompts_cost() -> None:
    network = tiny(300)
    loud(network)
    prefix, rows = torch.randint(0, 300, (1, 9)), torch.randint(0, 300, (4, 7))
    together = summed_loss(network, Batch(prefix, rows, rows))
    whole = torch.cat([prefix.expand(4, -1), rows], dim=1)
    labels = whole.clone()
    # The first token of a row is read, not learned.
    labels[:, :10] = -100
    apart = summed_loss(network, Batch(None, whole, labels))
    torch.testing.assert_close(together, apart, atol=1e-3, rtol=1e-4)


def test_refuses_more_than_the_context_holds() -> None:
    with pytest.raises(ContextOverflow, match="17 tokens do not fit into a context of 16"):
        tiny(300, context=16)(torch.zeros(1, 17, dtype=torch.long))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [({"heads": 5}, "heads must divide width"), ({"kind": "rnn"}, "known: llama, gpt2"), ({"layers": 0}, "above zero")],
)
def test_refuses_shapes_that_cannot_be(change: dict, complaint: str) -> None:
    usual = {"kind": "llama", "vocabulary": 9, "context": 8, "width": 8, "layers": 1, "heads": 2, "key_value_heads": 1}
    with pytest.raises(ShapeError, match=complaint):
        Shape(**{**usual, "hidden": 8, **change})

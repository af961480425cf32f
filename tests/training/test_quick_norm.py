"""The quick norm gives what the model's own gives, in both directions."""

import pytest
import torch
from transformers.models.gemma3.modeling_gemma3 import Gemma3RMSNorm

from quick_norm import quicken_norms


def norms(dtype: torch.dtype) -> tuple[Gemma3RMSNorm, Gemma3RMSNorm]:
    """The model's own and a quick one, of the same weights."""
    pair = Gemma3RMSNorm(24), Gemma3RMSNorm(24)
    weight = torch.randn(24)
    for norm in pair:
        norm.weight = torch.nn.Parameter(weight.clone(), requires_grad=False)
        norm.to(dtype)
    quicken_norms(pair[1])
    return pair


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_output_and_gradient_are_those_of_the_models_own_norm(dtype):
    torch.manual_seed(5)
    own, quick = norms(dtype)
    states = (3 * torch.randn(2, 7, 24)).to(dtype).requires_grad_()
    before = states.detach().clone()
    wanted, found = own(states), quick(states)
    upstream = torch.randn_like(wanted)
    (wanted_gradient,) = torch.autograd.grad(wanted, states, upstream)
    (found_gradient,) = torch.autograd.grad(found, states, upstream)
    torch.testing.assert_close(found, wanted)
    torch.testing.assert_close(found_gradient, wanted_gradient)
    torch.testing.assert_close(states.detach(), before, msg="the input was changed")


def test_a_norm_that_is_trained_keeps_its_own_way():
    norm = Gemma3RMSNorm(8)
    quicken_norms(norm)
    norm(torch.randn(3, 8)).sum().backward()
    assert norm.weight.grad is not None

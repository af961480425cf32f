"""The loss of many questions behind one schema is the loss of each question read on its own."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from adapter import add_adapter
from load_base import load_base
from packs import IGNORED, Pack, PackEncoder, Row, pack_order
from settings import Settings
from shared_prefix import LARGEST_GROUP, SharedPrefixLoss, SubVocabulary, groups_of_like_length, used_tokens
from tiny_gemma import WINDOW, vocabulary

ROWS = (
    Row("one", "Question: how many?\nSQL:", " select count(*) from cow"),
    Row("two", "Question: who?\nSQL:", " select cow.name"),
)
EVERYTHING = list(range(len(vocabulary())))
PACK = Pack("p", "farm", "sqlite", "sqlite\ncow: name, born int\n", ROWS)
LENGTHS = (3, 9, 1, 4, 12, 2, 5, 8, 1, 7, 6, 10, 3)
MANY = replace(
    PACK,
    rows=tuple(Row(str(count), "Question: who?\nSQL:", " select " + " , ".join(["cow.name"] * count)) for count in LENGTHS),
)
"""More rows than one group holds, longest and shortest mixed."""


def settings() -> Settings:
    return Settings("t", 4, 8, ("q_proj", "up_proj"), 1e-3, 0.1, 1, 1, 1, 1, seed=3)


@pytest.fixture(scope="module")
def parts(base_path: Path):
    base = load_base(base_path)
    model = add_adapter(base, settings()).float()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.normal_(std=0.1)
    return base, model, PackEncoder(base.tokenizer)


def loss_of_whole_prompts(model, pack):
    """As a trainer without shared prefixes would: one row at a time, the full softmax over the used tokens."""
    total = 0.0
    for row, labels in zip(pack.rows, pack.labels, strict=True):
        length = int((labels != IGNORED).nonzero().max()) + 1
        ids = torch.cat([pack.prefix[0], row[:length]])[None]
        wanted = torch.cat([torch.full_like(pack.prefix[0], IGNORED), labels[:length]])
        logits = model(input_ids=ids).logits[0, :-1]
        total = total + torch.nn.functional.cross_entropy(logits, wanted[1:], ignore_index=IGNORED, reduction="sum")
    return total


def gradients(model):
    return {name: parameter.grad.clone() for name, parameter in model.named_parameters() if parameter.grad is not None}


@pytest.mark.parametrize("pack", [PACK, MANY], ids=["one group", "three groups"])
def test_loss_and_gradient_equal_those_of_whole_prompts(parts, pack):
    _, model, encoder = parts
    pack = encoder.encode(pack)
    assert pack.prefix.numel() > WINDOW, "longer than the sliding window, or the test proves little"
    shared, _ = SharedPrefixLoss(model, SubVocabulary(model.get_output_embeddings().weight, EVERYTHING))(
        pack.prefix, pack.rows, pack.labels
    )
    shared.backward()
    found = gradients(model)
    model.zero_grad()
    whole = loss_of_whole_prompts(model, pack)
    whole.backward()
    wanted = gradients(model)
    model.zero_grad()
    assert shared.item() == pytest.approx(whole.item(), rel=1e-5)
    assert found.keys() == wanted.keys() and len(found) > 0
    for name in wanted:
        torch.testing.assert_close(found[name], wanted[name], rtol=1e-3, atol=1e-4)


def test_tells_which_rows_greedy_decoding_would_write(parts):
    base, model, encoder = parts
    loss = SharedPrefixLoss(model, SubVocabulary(model.get_output_embeddings().weight, EVERYTHING))
    prompt = encoder.encode(PACK)
    ids = torch.cat([prompt.prefix[0], torch.tensor(encoder.ids(ROWS[0].suffix))])
    start = len(ids)
    for _ in range(6):
        ids = torch.cat([ids, model(input_ids=ids[None]).logits[0, -1].argmax()[None]])
    written = ids[start:]
    suffix = torch.tensor(encoder.ids(ROWS[0].suffix))
    rows = torch.cat([suffix, written])[None].repeat(2, 1)
    rows[1, -1] = (rows[1, -1] + 1) % len(EVERYTHING)
    labels = rows.clone()
    labels[:, : len(suffix)] = IGNORED
    _, exact = loss(prompt.prefix, rows, labels)
    assert exact.tolist() == [True, False]


def test_groups_hold_every_row_once_behind_little_padding(parts):
    _, _, encoder = parts
    labels = encoder.encode(MANY).labels
    groups = groups_of_like_length(labels)
    assert sorted(torch.cat([rows for rows, _ in groups]).tolist()) == list(range(len(LENGTHS)))
    assert all(len(rows) <= LARGEST_GROUP for rows, _ in groups)
    assert all((labels[rows, length:] == IGNORED).all() for rows, length in groups)
    assert sum(len(rows) * length for rows, length in groups) < 0.8 * labels.numel()


def test_the_tokens_of_the_data_are_enough_for_its_loss_to_rank_them(parts):
    _, model, encoder = parts
    pack = encoder.encode(PACK)
    used = used_tokens([pack])
    assert len(used) < 60
    head = model.get_output_embeddings().weight
    part = SubVocabulary(head, used).logits(torch.ones(1, head.shape[1]))
    torch.testing.assert_close(part, (torch.ones(1, head.shape[1]) @ head.T)[:, used])


def test_order_depends_on_seed_and_pass_alone():
    assert pack_order(50, 1, 0) == pack_order(50, 1, 0)
    assert sorted(pack_order(50, 1, 0)) == list(range(50))
    assert len({tuple(pack_order(50, seed, number)) for seed in (1, 2) for number in (0, 1)}) == 4


def test_the_target_ends_with_the_end_of_text(parts):
    base, _, encoder = parts
    pack = encoder.encode(PACK)
    for labels, row in zip(pack.labels, ROWS, strict=True):
        target = labels[labels != IGNORED]
        assert target[-1] == base.tokenizer.eos_token_id
        assert base.tokenizer.decode(target[:-1]) == row.target


def test_packs_name_the_line_that_cannot_be_read(tmp_path: Path):
    from packs import PackError, read_packs

    path = tmp_path / "train-1.jsonl"
    path.write_text('{"id": "a", "database": "d", "dialect": "sqlite", "prefix": "p", "rows": []}\n')
    with pytest.raises(PackError, match="line 1 is not a training pack"):
        read_packs(path)

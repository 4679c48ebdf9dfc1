"""The network: one encoder over a window, a head that says where claims are told, heads that fill their slots."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import AutoModel

from parallax.claims.marks import CLASSES, COLUMN, HINTS, KINDS, MARKS, SCOPES, SLOTS, STANCES

WIDTH = 384
HIDDEN = 256
KEY = 64
FARTHEST = 6
NEAREST = 15


class Reader(nn.Module):
    """A window's pieces to the kinds told at each, and from a told claim to its slots."""

    def __init__(self, encoder: str, layers: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="sdpa")
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.mark = nn.Linear(MARKS, WIDTH, bias=False)
        nn.init.zeros_(self.mark.weight)
        self.told = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.1), nn.Linear(WIDTH, len(KINDS)))
        self.told_marks = nn.Linear(MARKS, len(KINDS), bias=False)
        nn.init.zeros_(self.told_marks.weight)
        with torch.no_grad():
            self.told_marks.weight[:, : len(KINDS)] = 4 * torch.eye(len(KINDS))
        nn.init.constant_(self.told[-1].bias, -4.0)
        nn.init.zeros_(self.told[-1].weight)
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.slots = Slots()
        self.habits = Habits()

    def encode(
        self, ids: Tensor, marks: Tensor, mask: Tensor | None, other: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """(windows, pieces) to (windows, pieces, WIDTH) and the logits (windows, pieces, kinds).

        `other` (windows,) is 1 where others annotated; nothing of it is left in the exported network.
        """
        words = self.encoder.embeddings.word_embeddings(ids) + self.mark(marks)
        if other is None:
            hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
            return hidden, self.told(hidden) + self.told_marks(marks)
        words = words + other[:, None, None] * self.habits.words
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return hidden, self.told(hidden) + self.told_marks(marks) + other[:, None, None] * self.habits.told


class Habits(nn.Module):
    """What other annotators do otherwise: they tell a kind, leave a slot empty, or choose a class more often.

    Learnt beside the task, so that their habits need not be learnt as the task (after the crowd
    layer of Rodrigues and Pereira, 2018); left out when the network is exported.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Parameter(torch.zeros(WIDTH))
        self.told = nn.Parameter(torch.zeros(len(KINDS)))
        self.none = nn.Parameter(torch.zeros(len(KINDS), len(SLOTS) * 2))
        self.classes = nn.Parameter(torch.zeros(len(KINDS), len(CLASSES) + len(STANCES) + len(SCOPES)))

    def slots(self, pointers: Tensor, classes: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """Pointers and classes of claims of these kinds, as other annotators would have them."""
        none = torch.zeros_like(pointers)
        none[:, :, 0] = self.none[kinds]
        return pointers + none, classes + self.classes[kinds]


class Slots(nn.Module):
    """A claim told at a piece to its classes and, for each slot, the pieces where its words begin and end."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = nn.Embedding(len(KINDS), WIDTH)
        nn.init.normal_(self.kind.weight, std=0.02)
        self.claim = nn.Sequential(nn.Linear(2 * WIDTH + HINTS, HIDDEN), nn.GELU(), nn.Dropout(0.1))
        self.query = nn.Linear(HIDDEN, len(SLOTS) * 2 * KEY)
        self.key = nn.Linear(WIDTH, len(SLOTS) * 2 * KEY)
        self.passage = nn.Parameter(torch.zeros(len(SLOTS) * 2, 2 * FARTHEST + 1))
        self.distance = nn.Parameter(torch.zeros(len(SLOTS) * 2, 2 * NEAREST + 1))
        self.none = nn.Linear(HIDDEN, len(SLOTS) * 2)
        self.hinted = nn.Parameter(torch.tensor([[3.0, 2.0]]).repeat(len(SLOTS) * 2, 1))
        self.mark = nn.Linear(MARKS, len(SLOTS) * 2, bias=False)
        nn.init.zeros_(self.mark.weight)
        self.classes = nn.Sequential(
            nn.Linear(HIDDEN + 2 * WIDTH, HIDDEN), nn.GELU(), nn.Dropout(0.1),
            nn.Linear(HIDDEN, len(CLASSES) + len(STANCES) + len(SCOPES)),
        )  # fmt: skip

    def forward(
        self,
        hidden: Tensor,
        marks: Tensor,
        passages: Tensor,
        piece: Tensor,
        kind: Tensor,
        facts: Tensor,
        hinted: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """For the claims of one window.

        `hidden` (pieces, WIDTH), `marks` (pieces, MARKS), `passages` (pieces,), `piece` and `kind`
        (claims,), `facts` (claims, HINTS), `hinted` (claims, 2 * SLOTS, pieces): 1 where the rules
        put the first (then the last) piece of a slot. Gives the pointers (claims, 2 * SLOTS,
        pieces) as logits, -1e4 where a slot cannot stand, and the classes (claims, 10).
        """
        here = hidden[piece]
        claim = self.claim(torch.cat([here, self.kind(kind), facts], dim=-1))
        ends = len(SLOTS) * 2
        query = self.query(claim).view(-1, ends, KEY)
        key = self.key(hidden).view(-1, ends, KEY)
        scores = torch.einsum("cek,pek->cep", query, key) / KEY**0.5
        apart = (passages[None, :] - passages[piece][:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        scores = scores + self.passage[:, apart].permute(1, 0, 2)
        index = torch.arange(hidden.shape[0], device=hidden.device)
        gap = index[None, :] - piece[:, None]
        near = torch.where(gap.abs() < 8, gap, gap.sign() * (8 + torch.log2(gap.abs().clamp(min=8) / 8) * 2).long())
        near = near.clamp(-NEAREST, NEAREST) + NEAREST
        scores = scores + self.distance[:, near].permute(1, 0, 2) + self.mark(marks).t()[None]
        exact = facts[:, 1][:, None, None]
        weight = self.hinted[None, :, 0, None] * exact + self.hinted[None, :, 1, None] * (1 - exact)
        scores = scores + weight * hinted
        first = (index == 0).float()[None, None]
        scores = scores + self.none(claim)[:, :, None] * first
        marker = (marks[:, COLUMN["marker"]] > 0)[None, None]
        scores = scores.masked_fill(marker, -1e4)
        whom = scores[:, :2].softmax(-1)
        seen = torch.einsum("cep,pw->cew", whom, hidden).flatten(1)
        return scores, self.classes(torch.cat([claim, seen], dim=-1))

"""A pretrained encoder with one head a scale: the chances of the steps, read at the first piece of each word."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from onrecord.annotate.judging.levels import MIDDLES
from onrecord.annotate.tagging.pieces import FEATURES
from training.certainty.corpus import SCALES


class Judge(nn.Module):
    """Scores of the steps of all words of a sentence."""

    def __init__(self, encoder: nn.Module, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        width = int(encoder.config.hidden_size)  # type: ignore[union-attr,arg-type]
        self.features = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.features.weight)  # the encoder starts as it was pretrained
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, len(SCALES) * len(MIDDLES))

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor, first: Tensor) -> Tensor:
        """Scores [sentences, words, scales, steps]; `ids`, `mask`, `features` are [sentences, pieces]."""
        inputs = self.encoder.embeddings.word_embeddings(ids) + self.features(features)  # type: ignore[union-attr,operator]
        hidden = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        words = torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, hidden.size(-1)))
        scores: Tensor = self.head(self.dropout(words))
        return scores.view(*first.shape, len(SCALES), len(MIDDLES))


def build_judge(
    base: Path, *, layers: int | None, dropout: float = 0.1, pretrained: bool = True, eager: bool = False
) -> Judge:
    """A judge on the first `layers` layers of the encoder in the folder `base`; word embeddings stay frozen."""
    config = AutoConfig.from_pretrained(base, local_files_only=True)
    config.attention_probs_dropout_prob = 0.0
    config.hidden_dropout_prob = dropout
    if layers is not None:
        config.num_hidden_layers = layers
    options = {"attn_implementation": "eager"} if eager else {}
    if pretrained:
        encoder = AutoModel.from_pretrained(
            base, config=config, add_pooling_layer=False, local_files_only=True, dtype=torch.float32, **options
        )
    else:
        encoder = AutoModel.from_config(config, add_pooling_layer=False, **options)  # type: ignore[no-untyped-call]
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return Judge(encoder, dropout=dropout)

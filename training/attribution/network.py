"""The tagger: a pretrained encoder, a small input for letter case and quotation state, one linear head."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from onrecord.annotate.tagging.labels import LABELS
from onrecord.annotate.tagging.pieces import FEATURES


class Tagger(nn.Module):
    """Label scores of the words of a window, read at the first piece of each word."""

    def __init__(self, encoder: nn.Module, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        width = int(encoder.config.hidden_size)  # type: ignore[union-attr,arg-type]
        self.features = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.features.weight)  # the encoder starts as it was pretrained
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, len(LABELS))

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor, first: Tensor) -> Tensor:
        """Scores [windows, words, labels]; `ids`, `mask`, `features` [windows, pieces], `first` [windows, words]."""
        inputs = self.encoder.embeddings.word_embeddings(ids) + self.features(features)  # type: ignore[union-attr,operator]
        hidden = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        words = torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, hidden.size(-1)))
        scores: Tensor = self.head(self.dropout(words))
        return scores


def build_tagger(
    base: Path, *, layers: int | None, dropout: float = 0.1, pretrained: bool = True, eager: bool = False
) -> Tagger:
    """A tagger on the first `layers` layers of the encoder in the folder `base`.

    Word embeddings stay frozen: a few hundred articles cannot improve them.  Without `pretrained` only the
    shape is built, for weights that are loaded afterwards; `eager` attention is what an export needs.
    """
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
    return Tagger(encoder)

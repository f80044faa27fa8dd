"""A very small tagger, made here."""

import torch
from transformers import BertConfig, BertModel

from tests.annotate.tagging.made import FORMS
from training.attribution.network import Tagger


def tiny_tagger() -> Tagger:
    """A tagger of one layer, always with the same weights."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(FORMS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    encoder = BertModel(config, add_pooling_layer=False)
    encoder.set_attn_implementation("eager")
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return Tagger(encoder)

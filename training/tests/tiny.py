"""A small tokenizer and a very small tagger, both made here."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

from training.attribution.network import Tagger

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
FORMS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "the", "mayor", *ALPHABET, *("##" + c for c in ALPHABET))


def write_tokenizer(folder: Path) -> Path:
    """A tokenizer that knows single letters and two words, written to `folder`."""
    tokenizer = Tokenizer(models.WordPiece({form: k for k, form in enumerate(FORMS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path


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

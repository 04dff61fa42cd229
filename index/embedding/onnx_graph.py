"""The bundled model as one ONNX graph: 4-bit word table, int8 products with a scale per token.

sentence-transformers can export and quantise a model too, but its int8 has one scale per batch: that
costs .010 hit@1, makes a text's vector depend on the texts beside it, and needs torch and a minute.
Writing the graph takes a second. Why it looks as it does, measured on two cores with AVX2 or AVX-512 VNNI:

- all texts of a batch have one length: nothing is padded, and ``Attention`` without a mask takes 0.6 of the time;
- outside attention a token is a row, so that ``QuantizeLinear`` itself takes one scale per token;
- activations are unsigned: with signed ones onnxruntime's products take twenty times as long on x86;
- int8 weights keep to ±64: on AVX2 without VNNI, pairs of u8 x s8 products saturate 16 bits above that;
- ``Sum`` and ``LayerNormalization``, never ``Add``: onnxruntime would fuse ``Add`` into
  SkipLayerNormalization, whose kernel is six times slower;
- products with 4-bit weights as they are (``MatMulNBits``) are nearer to float32, and take five times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from index.embedding.packed_model import BLOCK

if TYPE_CHECKING:
    from pathlib import Path

    from index.embedding.packed_model import ModelConfig, PackedModel, Q4Weight

FloatArray = npt.NDArray[np.float32]
MS: Final = "com.microsoft"
WEIGHT_LEVELS: Final = 64.0  # 255 * 64 * 2 < 2**15
MIDDLE: Final = 128  # the level that stands for zero
GELU_FLOOR: Final = 2.0  # smallest per-token range of the gelu output, which never falls below -0.17
GELU_ZERO: Final = 20  # the same after gelu, so 20/235 of the range lie below zero


class _Graph:
    """Collects nodes and constants; every constant is stored once."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def const(self, name: str, value: npt.NDArray[Any] | np.generic) -> str:
        from onnx import numpy_helper

        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(
                np.ascontiguousarray(value).reshape(np.shape(value)), name
            )
        return name

    def op(
        self, kind: str, *inputs: str, domain: str = "", output: str | None = None, **attributes: Any
    ) -> str:
        from onnx import helper

        name = output or f"n{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(kind, inputs, [name], f"{kind}{len(self.nodes)}", domain=domain, **attributes)
        )
        return name


def _nibble_rows(weight: Q4Weight, rows: int) -> tuple[npt.NDArray[np.uint8], FloatArray]:
    """The same 4-bit weights, neighbours in one byte (low nibble first) as onnxruntime wants them."""
    nibbles = weight.nibbles()
    packed: npt.NDArray[np.uint8] = nibbles[:, 0::2] | (nibbles[:, 1::2] << np.uint8(4))
    return packed.reshape(rows, -1), weight.scales.astype(np.float32).reshape(rows, -1)


@dataclass(frozen=True)
class _Quantised:
    """Names of rows in 8 bits: ``row = (levels - zero) * scale``, with one scale a row."""

    levels: str  # (tokens, columns)
    scale: str  # (tokens, 1)
    zero: str  # ()


class _Encoder:
    def __init__(self, model: PackedModel) -> None:
        self.model = model
        self.config: ModelConfig = model.config
        self.graph = _Graph()

    def vector(self, name: str) -> str:
        return self.graph.const(name, self.model.float32(name))

    def integers(self, *values: int) -> str:
        return self.graph.const(f"integers{values}", np.array(values, np.int64))

    def embeddings(self) -> str:
        """Return one row a token, and name what all layers need: "by_text", the shape, and zeros for each token."""
        g, c = self.graph, self.config
        table, scales = _nibble_rows(self.model.q4("emb.word"), c.vocabulary)
        words = g.op(
            "GatherBlockQuantized", g.const("emb.word", table), "input_ids", g.const("emb.word.scale", scales),
            domain=MS, bits=4, block_size=BLOCK, gather_axis=0, quantize_axis=1,
        )  # fmt: skip
        places = g.const("emb.place", self.model.float32("emb.pos") + self.model.float32("emb.type")[0])
        zero, length = self.integers(0), g.op("Shape", "input_ids", start=1, end=2)
        x = g.op("Sum", words, g.op("Slice", places, zero, length, zero))
        g.op("Shape", x, output="by_text")
        x = g.op("Reshape", x, self.integers(-1, c.hidden))
        tokens = g.op("Shape", x, start=0, end=1)
        for level in (MIDDLE, GELU_ZERO):
            g.op("Expand", g.const(f"zero{level}", np.uint8(level)), tokens, output=f"zeros{level}")
        return self.norm(x, "emb.ln")

    def norm(self, x: str, name: str) -> str:
        w, b = self.vector(f"{name}.w"), self.vector(f"{name}.b")
        return self.graph.op("LayerNormalization", x, w, b, axis=-1, epsilon=self.config.layer_norm_eps)

    def quantised(self, x: str) -> _Quantised:
        peak = self.graph.op("ReduceMax", self.graph.op("Abs", x), self.integers(-1), keepdims=1)
        return self._levels(x, peak, steps=127, zero=MIDDLE)

    def quantised_gelu(self, x: str) -> _Quantised:
        g = self.graph
        peak = g.op("ReduceMax", x, self.integers(-1), keepdims=1)
        peak = g.op("Max", peak, g.const("gelu.floor", np.float32(GELU_FLOOR)))
        return self._levels(x, peak, steps=255 - GELU_ZERO, zero=GELU_ZERO)

    def _levels(self, x: str, peak: str, *, steps: int, zero: int) -> _Quantised:
        g = self.graph
        scale = g.op("Mul", peak, g.const(f"step{steps}", np.float32(1 / steps)))
        levels = g.op("QuantizeLinear", x, g.op("Reshape", scale, self.integers(-1)), f"zeros{zero}", axis=0)
        return _Quantised(levels, scale, f"zero{zero}")

    def product(self, x: _Quantised, name: str) -> str:
        """``x @ W`` in int8, without bias; one scale per token and per column."""
        g = self.graph
        weight = self.model.float32(f"{name}.w").T
        column = np.maximum(np.abs(weight).max(axis=0) / WEIGHT_LEVELS, np.float32(1e-12))
        w = g.const(f"{name}.int8", np.rint(weight / column).astype(np.int8))
        w_scale = g.const(f"{name}.scale", column.astype(np.float32))
        one = g.const("one", np.float32(1))
        y = g.op("MatMulIntegerToFloat", x.levels, w, one, w_scale, x.zero, domain=MS)
        return g.op("Mul", y, x.scale)

    def attention(self, x: str, p: str) -> str:
        g, heads = self.graph, self.config.heads
        rows = self.quantised(x)
        q = g.op("Sum", self.product(rows, p + "q"), self.vector(p + "q.b"))
        k, v = self.product(rows, p + "k"), self.product(rows, p + "v")
        q, k, v = (g.op("Reshape", each, "by_text") for each in (q, k, v))
        a = g.op("Attention", q, k, v, q_num_heads=heads, kv_num_heads=heads)
        a = self.product(self.quantised(g.op("Reshape", a, self.integers(-1, self.config.hidden))), p + "ao")
        # A key's bias adds the same to all scores of a token; a value's comes through as it is, its weights being one.
        bias = self.model.float32(p + "ao.w") @ self.model.float32(p + "v.b") + self.model.float32(p + "ao.b")
        return g.op("Sum", a, x, g.const(p + "ao.b", bias))

    def layer(self, x: str, p: str) -> str:
        g = self.graph
        x = self.norm(self.attention(x, p), p + "aln")
        h = g.op("Gelu", g.op("Sum", self.product(self.quantised(x), p + "fi"), self.vector(p + "fi.b")))
        h = self.product(self.quantised_gelu(h), p + "fo")
        return self.norm(g.op("Sum", h, x, self.vector(p + "fo.b")), p + "oln")

    def build(self) -> Any:
        from onnx import TensorProto, helper

        g, c = self.graph, self.config
        x = self.embeddings()
        for i in range(c.layers):
            x = self.layer(x, f"l{i}.")
        states = g.op("Reshape", x, "by_text", output="last_hidden_state")
        # the mean over the tokens, brought to length one: their sum has the same direction
        total = g.op("ReduceSum", states, self.integers(1), keepdims=0)
        g.op("LpNormalization", total, axis=-1, p=2, output="sentence_embedding")
        info = helper.make_tensor_value_info
        graph = helper.make_graph(
            g.nodes,
            "e5",
            [info("input_ids", TensorProto.INT64, ["texts", "length"])],
            [
                info("sentence_embedding", TensorProto.FLOAT, ["texts", c.hidden]),
                info("last_hidden_state", TensorProto.FLOAT, ["texts", "length", c.hidden]),
            ],
            list(g.constants.values()),
        )
        opsets = [helper.make_opsetid("", 23), helper.make_opsetid(MS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=11)


def write_onnx(model: PackedModel, path: Path) -> None:
    """Write the model as a graph from ``input_ids``, all of one length, to its two outputs.

    Outputs, float32: ``sentence_embedding`` (texts, hidden), rows of length one; ``last_hidden_state``
    (texts, length, hidden).
    """
    import onnx

    onnx.save(_Encoder(model).build(), path, format="protobuf")

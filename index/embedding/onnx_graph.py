"""The bundled model as one ONNX graph: 4-bit word table, int8 products with steps that are fixed beforehand.

sentence-transformers can export and quantise a model too, but its int8 has one scale per batch: that
costs .010 hit@1, makes a text's vector depend on the texts beside it, and needs torch and a minute.
Writing the graph takes a second. Why it looks as it does, measured on two cores, the steps with AVX-512 VNNI alone, the rest with AVX2 too:

- all texts of a batch have one length: nothing is padded, and ``Attention`` without a mask takes 0.6 of the time;
- what goes into a product has 256 levels between the least and the most that its channel was ever seen to hold
  (:mod:`index.embedding.activation_ranges`): nothing is looked for at run time, and scale and bias come with the
  product. With a scale per token, as before, a batch took 1.2 times as long and was no nearer to float32;
- one channel in 384 holds more than ten times what the others do, so channels are brought nearer to each other first, and
  their weights the other way (SmoothQuant, Xiao et al. 2022, https://arxiv.org/abs/2211.10438);
- behind gelu a layer that may hold far more than it mostly does keeps one scale per token;
- activations are unsigned: with signed ones onnxruntime's products take twenty times as long on x86;
- int8 weights keep to ±64: on AVX2 without VNNI, pairs of u8 x s8 products saturate 16 bits above that;
- ``Sum`` and ``LayerNormalization``, never ``Add``: onnxruntime would fuse ``Add`` into
  SkipLayerNormalization, whose kernel is six times slower;
- one step a channel in ``QuantizeLinear`` itself takes four times as long as ``Mul`` before it;
- products with 4-bit weights as they are (``MatMulNBits``) are nearer to float32, and take five times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from index.embedding.activation_ranges import Ranges, read_ranges
from index.embedding.packed_model import BLOCK

if TYPE_CHECKING:
    from pathlib import Path

    from index.embedding.packed_model import ModelConfig, PackedModel, Q4Weight

FloatArray = npt.NDArray[np.float32]
MS: Final = "com.microsoft"
WEIGHT_LEVELS: Final = 64.0  # 255 * 64 * 2 < 2**15
TOP_LEVEL: Final = 255
SMOOTHING: Final = 0.6  # share of the differences between channels that weights take over
NARROW_GELU: Final = 15.0  # up to here 256 levels do for all tokens
GELU_FLOOR: Final = 2.0  # smallest per-token range of the gelu output, which never falls below -0.17
GELU_ZERO: Final = 20  # the level of zero after gelu, so 20/235 of the range lie below zero


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
class _Steps:
    """How numbers become levels: ``number / factors = (level - zero) * scale``, one factor a channel."""

    factors: FloatArray  # (channels,)
    scale: float
    zero: int


@dataclass(frozen=True)
class _Quantised:
    """Names of rows in 8 bits: ``row = (levels - zero) * scale``."""

    levels: str  # (tokens, columns)
    scale: str  # ()
    zero: str  # ()
    scale_by_row: str | None = None  # (tokens, 1); the other is 1 then


def steps(low: FloatArray, high: FloatArray, *weights: FloatArray) -> _Steps:
    """Choose factors and levels for what goes into products.

    Args:
        low: the least that each channel holds.
        high: the most.
        weights: of the products, (channels, columns) each.
    """
    amplitude = np.maximum(np.maximum(np.abs(low), np.abs(high)), np.float32(1e-4))
    largest = np.maximum(np.max([np.abs(weight).max(axis=1) for weight in weights], axis=0), np.float32(1e-6))
    factors = (amplitude**SMOOTHING / largest ** (1 - SMOOTHING)).astype(np.float32)
    factors /= factors.mean()
    return _between(float((low / factors).min()), float((high / factors).max()), factors)


def _between(low: float, high: float, factors: FloatArray) -> _Steps:
    scale = (high - low) / TOP_LEVEL
    return _Steps(factors, scale, min(TOP_LEVEL, max(0, round(-low / scale))))


class _Encoder:
    def __init__(self, model: PackedModel, ranges: Ranges) -> None:
        self.model = model
        self.config: ModelConfig = model.config
        self.ranges = ranges
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
        g.op("Expand", self.level(GELU_ZERO), tokens, output="gelu.zeros")
        return self.norm(x, "emb.ln")

    def norm(self, x: str, name: str) -> str:
        w, b = self.vector(f"{name}.w"), self.vector(f"{name}.b")
        return self.graph.op("LayerNormalization", x, w, b, axis=-1, epsilon=self.config.layer_norm_eps)

    def level(self, level: int) -> str:
        return self.graph.const(f"level{level}", np.uint8(level))

    def weight(self, name: str) -> FloatArray:
        """Return a weight as (inputs, outputs)."""
        return self.model.float32(f"{name}.w").T

    def quantised(self, x: str, name: str, by: _Steps) -> _Quantised:
        """Return levels of what has been divided by the factors."""
        scale, zero = self.graph.const(f"{name}.step", np.float32(by.scale)), self.level(by.zero)
        return _Quantised(self.graph.op("QuantizeLinear", x, scale, zero), scale, zero)

    def smoothed(self, x: str, name: str, by: _Steps) -> _Quantised:
        inverse = self.graph.const(f"{name}.factors", 1 / by.factors)
        return self.quantised(self.graph.op("Mul", x, inverse), name, by)

    def quantised_by_row(self, x: str) -> _Quantised:
        """Return levels of what gelu gives, with one scale per token."""
        g = self.graph
        peak = g.op("ReduceMax", x, self.integers(-1), keepdims=1)
        peak = g.op("Max", peak, g.const("gelu.floor", np.float32(GELU_FLOOR)))
        scale = g.op("Mul", peak, g.const("gelu.step", np.float32(1 / (TOP_LEVEL - GELU_ZERO))))
        levels = g.op("QuantizeLinear", x, g.op("Reshape", scale, self.integers(-1)), "gelu.zeros", axis=0)
        return _Quantised(levels, g.const("one", np.float32(1)), self.level(GELU_ZERO), scale)

    def product(self, x: _Quantised, name: str, weight: FloatArray, bias: FloatArray | None = None) -> str:
        """``x @ weight + bias`` in int8, with one scale per column of the weight."""
        g = self.graph
        column = np.maximum(np.abs(weight).max(axis=0) / WEIGHT_LEVELS, np.float32(1e-12))
        w = g.const(f"{name}.int8", np.rint(weight / column).astype(np.int8))
        inputs = [x.levels, w, x.scale, g.const(f"{name}.scale", column.astype(np.float32)), x.zero, ""]
        b = [] if bias is None else [g.const(f"{name}.bias", bias)]
        if x.scale_by_row is None:
            return g.op("MatMulIntegerToFloat", *inputs, *b, domain=MS)
        y = g.op("Mul", g.op("MatMulIntegerToFloat", *inputs, domain=MS), x.scale_by_row)
        return g.op("Sum", y, *b)

    def attention(self, x: str, layer: int) -> str:
        g, p, heads = self.graph, f"l{layer}.", self.config.heads
        q, k, v, ao = (self.weight(p + name) for name in ("q", "k", "v", "ao"))
        into, out = self.ranges.entering[layer], self.ranges.attended[layer]
        by, by_out = steps(*into, q, k, v), steps(*out, ao)
        rows = self.smoothed(x, f"{p}in", by)
        # What is attended is a mean of values: their factors go into the weights before it, at no cost.
        values = self.product(rows, f"{p}v", by.factors[:, None] * v / by_out.factors)
        queries = self.product(rows, f"{p}q", by.factors[:, None] * q, self.model.float32(f"{p}q.b"))
        keys = self.product(rows, f"{p}k", by.factors[:, None] * k)
        each = (g.op("Reshape", one, "by_text") for one in (queries, keys, values))
        a = g.op("Attention", *each, q_num_heads=heads, kv_num_heads=heads)
        a = g.op("Reshape", a, self.integers(-1, self.config.hidden))
        attended = self.quantised(a, f"{p}att", by_out)
        # A key's bias adds the same to all scores of a token; a value's comes through as it is, its weights being one.
        bias = self.model.float32(f"{p}v.b") @ ao + self.model.float32(f"{p}ao.b")
        return g.op("Sum", self.product(attended, f"{p}ao", by_out.factors[:, None] * ao, bias), x)

    def feed_forward(self, x: str, layer: int) -> str:
        g, p = self.graph, f"l{layer}."
        first, second = self.weight(f"{p}fi"), self.weight(f"{p}fo")
        by = steps(*self.ranges.between[layer], first)
        rows = self.smoothed(x, f"{p}mid", by)
        h = self.product(rows, f"{p}fi", by.factors[:, None] * first, self.model.float32(f"{p}fi.b"))
        h = self.product(self.after_gelu(h, layer), f"{p}fo", second, self.model.float32(f"{p}fo.b"))
        return g.op("Sum", h, x)

    def after_gelu(self, x: str, layer: int) -> _Quantised:
        g, (low, high) = self.graph, self.ranges.after_gelu[layer]
        h = g.op("Gelu", x)
        if high > NARROW_GELU:
            return self.quantised_by_row(h)
        return self.quantised(h, f"l{layer}.gelu", _between(low, high, np.ones(1, np.float32)))

    def layer(self, x: str, layer: int) -> str:
        x = self.norm(self.attention(x, layer), f"l{layer}.aln")
        return self.norm(self.feed_forward(x, layer), f"l{layer}.oln")

    def build(self) -> Any:
        from onnx import TensorProto, helper

        g, c = self.graph, self.config
        x = self.embeddings()
        for i in range(c.layers):
            x = self.layer(x, i)
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

    onnx.save(_Encoder(model, read_ranges()).build(), path, format="protobuf")

"""The bundled model as one ONNX graph: 4-bit word table, int8 products with a scale per token.

sentence-transformers can export and quantise a model too, but its int8 has one scale per batch: that
costs .010 hit@1, makes a text's vector depend on the texts beside it, and needs torch and a minute.
Writing the graph takes a second. Why it looks as it does, measured on two AVX2 cores:

- activations get one int8 scale per token;
- int8 weights keep to ±64: on AVX2 without VNNI, pairs of u8 x s8 products saturate 16 bits above that;
- ``Sum`` and ``LayerNormalization``, never ``Add``: onnxruntime would fuse ``Add`` into
  SkipLayerNormalization, whose kernel is six times slower.
"""

from __future__ import annotations

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
GELU_FLOOR: Final = 2.0  # smallest per-token range of the gelu output, which never falls below -0.17
GELU_ZERO: Final = 20  # so 20/235 of the range lie below zero


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
        return self.ops(
            kind, *inputs, domain=domain, outputs=[output or f"n{len(self.nodes)}"], **attributes
        )[0]

    def ops(
        self, kind: str, *inputs: str, domain: str = "", outputs: list[str] | None = None, count: int = 1,
        **attributes: Any,
    ) -> list[str]:  # fmt: skip
        from onnx import helper

        names = outputs or [f"n{len(self.nodes)}_{i}" for i in range(count)]
        self.nodes.append(
            helper.make_node(kind, inputs, names, f"{kind}{len(self.nodes)}", domain=domain, **attributes)
        )
        return names


def _nibble_rows(weight: Q4Weight, rows: int) -> tuple[npt.NDArray[np.uint8], FloatArray]:
    """The same 4-bit weights, neighbours in one byte (low nibble first) as onnxruntime wants them."""
    nibbles = weight.nibbles()
    packed: npt.NDArray[np.uint8] = nibbles[:, 0::2] | (nibbles[:, 1::2] << np.uint8(4))
    return packed.reshape(rows, -1), weight.scales.astype(np.float32).reshape(rows, -1)


class _Encoder:
    def __init__(self, model: PackedModel) -> None:
        self.model = model
        self.config: ModelConfig = model.config
        self.graph = _Graph()

    def vector(self, name: str) -> str:
        return self.graph.const(name, self.model.float32(name))

    def embeddings(self) -> str:
        g, c = self.graph, self.config
        table, scales = _nibble_rows(self.model.q4("emb.word"), c.vocabulary)
        words = g.op(
            "GatherBlockQuantized", g.const("emb.word", table), "input_ids", g.const("emb.word.scale", scales),
            domain=MS, bits=4, block_size=BLOCK, gather_axis=0, quantize_axis=1,
        )  # fmt: skip
        places = g.const("emb.place", self.model.float32("emb.pos") + self.model.float32("emb.type")[0])
        zero = g.const("zero", np.array([0], np.int64))
        length = g.op("Shape", "input_ids", start=1, end=2)
        x = g.op("Sum", words, g.op("Slice", places, zero, length, zero))
        return self.norm(x, "emb.ln")

    def norm(self, x: str, name: str, output: str | None = None) -> str:
        w, b = self.vector(f"{name}.w"), self.vector(f"{name}.b")
        return self.graph.op(
            "LayerNormalization", x, w, b, axis=-1, epsilon=self.config.layer_norm_eps, output=output
        )

    def product(self, x: str, *names: str, after_gelu: bool = False) -> str:
        """``x @ W`` (the named weights side by side) in int8, without bias; one scale per token and per column."""
        g = self.graph
        weight = np.concatenate([self.model.float32(f"{n}.w") for n in names]).T
        column = np.maximum(np.abs(weight).max(axis=0) / WEIGHT_LEVELS, np.float32(1e-12))
        name = "+".join(names)
        w = g.const(f"{name}.int8", np.rint(weight / column).astype(np.int8))
        w_scale = g.const(f"{name}.scale", column.astype(np.float32))
        w_zero = g.const(f"{name}.zero", np.zeros(len(column), np.int8))
        last = g.const("last", np.array([-1], np.int64))
        if after_gelu:
            peak, floor = (
                g.op("ReduceMax", x, last, keepdims=1),
                g.const("gelu.floor", np.float32(GELU_FLOOR)),
            )
            scale = g.const("gelu.scale", np.float32(1 / (255 - GELU_ZERO)))
            zero = g.const("gelu.zero", np.uint8(GELU_ZERO))
        else:
            peak, floor = (
                g.op("ReduceMax", g.op("Abs", x), last, keepdims=1),
                g.const("floor", np.float32(1e-9)),
            )
            scale, zero = g.const("scale", np.float32(1 / 127)), g.const("middle", np.uint8(128))
        peak = g.op("Max", peak, floor)
        quantised = g.op("QuantizeLinear", g.op("Mul", x, g.op("Reciprocal", peak)), scale, zero)
        y = g.op("MatMulIntegerToFloat", quantised, w, scale, w_scale, zero, w_zero, domain=MS)
        return g.op("Mul", y, peak)

    def layer(self, x: str, i: int, output: str | None) -> str:
        g, p = self.graph, f"l{i}."
        qkv = g.ops("Split", self.product(x, p + "q", p + "k", p + "v"), count=3, axis=-1, num_outputs=3)
        bias = g.const(p + "qkv.b", np.concatenate([self.model.float32(f"{p}{n}.b") for n in "qkv"]))
        a = g.op("MultiHeadAttention", *qkv, bias, "mask", domain=MS, num_heads=self.config.heads)
        x = self.norm(g.op("Sum", self.product(a, p + "ao"), x, self.vector(p + "ao.b")), p + "aln")
        h = g.op("FastGelu", self.product(x, p + "fi"), self.vector(p + "fi.b"), domain=MS)
        h = self.product(h, p + "fo", after_gelu=True)
        return self.norm(g.op("Sum", h, x, self.vector(p + "fo.b")), p + "oln", output)

    def build(self) -> Any:
        from onnx import TensorProto, helper

        g, c = self.graph, self.config
        g.op("Cast", "attention_mask", to=TensorProto.INT32, output="mask")
        x = self.embeddings()
        for i in range(c.layers):
            x = self.layer(x, i, "last_hidden_state" if i == c.layers - 1 else None)
        # the mean over the tokens, brought to length one: their sum has the same direction
        one = g.const("one", np.array([1], np.int64))
        real = g.op("Unsqueeze", g.op("Cast", "attention_mask", to=TensorProto.FLOAT), one)
        total = g.op("Squeeze", g.op("MatMul", real, x), one)
        g.op("LpNormalization", total, axis=-1, p=2, output="sentence_embedding")
        info = helper.make_tensor_value_info
        graph = helper.make_graph(
            g.nodes,
            "e5",
            [info(n, TensorProto.INT64, ["batch", "length"]) for n in ("input_ids", "attention_mask")],
            [
                info("sentence_embedding", TensorProto.FLOAT, ["batch", c.hidden]),
                info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", c.hidden]),
            ],
            list(g.constants.values()),
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(MS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def write_onnx(model: PackedModel, path: Path) -> None:
    """Write the model as a graph from ``input_ids`` and ``attention_mask`` to ``sentence_embedding``."""
    import onnx

    onnx.save(_Encoder(model).build(), path, format="protobuf")

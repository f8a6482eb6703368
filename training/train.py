"""Teach the reader: ``python -m training.train --rampart FOLDER --out bot/identifiers/data/reader.onnx``.

Rampart's encoder goes on from where it stands, on variants of the texts beside this file; its word
embeddings stay as they are, so that it can't learn the names by heart. About a quarter of an hour on two
cores; the same seed gives the same weights on the same machine.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch.nn import functional

from bot.identifiers.wordpiece import Piece, WordPieces
from training import texts, vary
from training.network import Network, from_rampart, to_onnx

LABELS = ("O", *texts.KINDS)
HERE = Path(__file__).parent
_SIZE = 254


def examples(
    read: list[texts.MarkedText], pieces: WordPieces, varier: vary.Varier, dice: Random
) -> Iterator[tuple[list[int], list[int]]]:
    """Without end: the pieces of a stretch of a varied text, and the label of each."""
    weights = [max(20, min(len(text.text), 900)) for text in read]
    while True:
        text = dice.choices(read, weights)[0]
        varied = varier.vary(text) if dice.random() < 0.95 else list(text.pieces)
        labels: list[int] = []
        for piece in varied:
            label = LABELS.index(piece.kind) if piece.kind in LABELS else 0
            labels.extend([label] * len(piece.text))
        words = pieces.cut("".join(piece.text for piece in varied))
        first = 0
        if sum(map(len, words)) > _SIZE:
            first = dice.choice([0, dice.randrange(len(words))])
        taken: list[Piece] = []
        for word in words[first:]:
            if len(taken) + len(word) > _SIZE:
                break
            taken.extend(word)
        if taken:
            yield (
                [pieces.beginning, *(piece.number for piece in taken), pieces.end],
                [-100, *(labels[piece.start] for piece in taken), -100],
            )


def batches(
    source: Iterator[tuple[list[int], list[int]]], size: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Pieces, mask and labels of ``size`` examples at a time."""
    while True:
        drawn = [next(source) for _ in range(size)]
        longest = max(len(numbers) for numbers, _ in drawn)
        numbers = torch.zeros(size, longest, dtype=torch.long)
        labels = torch.full((size, longest), -100)
        for row, (one, other) in enumerate(drawn):
            numbers[row, : len(one)] = torch.tensor(one)
            labels[row, : len(other)] = torch.tensor(other)
        mask = torch.zeros_like(numbers)
        for row, (one, _) in enumerate(drawn):
            mask[row, : len(one)] = 1
        yield numbers, mask, labels


def train(network: Network, source: Iterator[tuple[list[int], list[int]]], steps: int, size: int) -> None:
    """Train ``network`` in place for ``steps`` batches of ``size``."""
    network.word.weight.requires_grad = False
    trained = [
        {"params": list(network.label.parameters()), "lr": 1e-3},
        {
            "params": [
                p for n, p in network.named_parameters() if p.requires_grad and not n.startswith("label")
            ],
            "lr": 1.5e-4,
        },
    ]
    optimiser = torch.optim.AdamW(trained, weight_decay=0.01)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * max(0.0, 1 - step / steps)
    )
    network.train()
    began, running = time.monotonic(), 0.0
    for step, (numbers, mask, labels) in enumerate(batches(source, size)):
        if step == steps:
            break
        with torch.autocast("cpu", torch.bfloat16):
            scores = network(numbers, mask)
        loss = functional.cross_entropy(
            scores.float().view(-1, len(LABELS)), labels.view(-1), ignore_index=-100, label_smoothing=0.02
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        running = 0.98 * running + 0.02 * loss.item() if step else loss.item()
        if step % 20 == 0:
            print(f"{step}/{steps} loss {running:.3f} {time.monotonic() - began:.0f} s", flush=True)


def main() -> None:
    """Read the texts, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rampart", type=Path, required=True, help="the folder with vocab.txt and onnx/model_q4.onnx"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="*", default=sorted((HERE / "texts").glob("*.txt")))
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--seed", type=int, default=6)
    args = parser.parse_args()
    torch.set_flush_denormal(mode=True)
    torch.manual_seed(args.seed)
    np.random.seed(args.seed)  # noqa: NPY002 - PyTorch's loaders and quantisation read the old one
    dice = Random(args.seed)
    pieces = WordPieces.read(args.rampart / "vocab.txt")
    read = [text for path in args.texts for text in texts.read(path)]
    print(f"{len(read)} texts from {len(args.texts)} hands")
    network = from_rampart(args.rampart / "onnx" / "model_q4.onnx", len(LABELS))
    train(
        network, examples(read, pieces, vary.Varier(vary.Pools.gather(), dice), dice), args.steps, args.size
    )
    network.eval()
    torch.save(network.state_dict(), args.out.with_suffix(".pt"))
    to_onnx(network, args.rampart / "onnx" / "model_q4.onnx", args.out)


if __name__ == "__main__":
    main()

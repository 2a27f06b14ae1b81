#!/usr/bin/env python3
"""Goes on training this model with PyTorch (1.13 or newer), on one process or on many.

    python3 train.py --steps 0                              # only prints the loss of the whole text
    python3 train.py --steps 1000                           # trains, then writes trained.safetensors
    torchrun --nproc_per_node 2 train.py --steps 1000       # the same over two processes

Everything it needs lies beside it: model.safetensors, tokens.bin (the text as numbers of the model's vocabulary, in the
order the network reads) and configuration.json. README.md says more.
"""
import argparse
import json
import math
import os
import struct
import sys

import torch
import torch.distributed as distributed
from torch import nn
from torch.nn import functional

HERE = os.path.dirname(os.path.abspath(__file__))
RECURRENT = {"vanilla": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
TOKEN_BYTES = {"uint8": 1, "uint16": 2}


def fail(sentence):
    sys.stderr.write("error: %s\n" % sentence)
    sys.exit(1)


# ---------------------------------------------------------------------------------------------------- files


def read_model(path):
    """The tensors of a safetensors file, and its metadata."""
    try:
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(length).decode("utf-8"))
            body = bytearray(file.read())
    except (OSError, ValueError, struct.error) as error:
        fail("%s: this is not a model that can be read (%s)." % (path, error))
    metadata = header.pop("__metadata__", {})
    try:
        from safetensors.torch import load_file

        return load_file(path), metadata
    except ImportError:
        pass
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            fail("%s: tensor %s is %s, not F32." % (path, name, entry["dtype"]))
        begin, end = entry["data_offsets"]
        flat = torch.frombuffer(body, dtype=torch.float32, count=(end - begin) // 4, offset=begin)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors, metadata


def write_model(path, tensors, metadata):
    """Whole or not at all."""
    temporary = "%s.%d.tmp" % (path, os.getpid())
    tensors = {name: tensor.detach().cpu().contiguous().float() for name, tensor in tensors.items()}
    try:
        try:
            from safetensors.torch import save_file

            save_file(tensors, temporary, metadata=metadata)
        except ImportError:
            save_by_hand(temporary, tensors, metadata)
        os.replace(temporary, path)
    except OSError as error:
        if os.path.exists(temporary):
            os.remove(temporary)
        fail("%s: the model cannot be written (%s)." % (path, error))


def save_by_hand(path, tensors, metadata):
    header = {"__metadata__": metadata}
    offset = 0
    for name, tensor in tensors.items():
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + 4 * tensor.numel()],
        }
        offset += 4 * tensor.numel()
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for tensor in tensors.values():
            file.write(tensor.numpy().tobytes())
        file.flush()
        os.fsync(file.fileno())


def read_tokens(text):
    """All numbers of the text, as int64: (tokens,)"""
    with open(os.path.join(HERE, text["file"]), "rb") as file:
        data = bytearray(file.read())
    width = TOKEN_BYTES[text["type"]]
    if len(data) != text["count"] * width:
        fail("%s has %d bytes and should have %d: write the hand-off again." % (text["file"], len(data), text["count"] * width))
    octets = torch.frombuffer(data, dtype=torch.uint8).long()
    return octets if width == 1 else octets[0::2] + 256 * octets[1::2]


# ---------------------------------------------------------------------------------------------------- network


class Network(nn.Module):
    """The network of the file; its parameters have the file's names."""

    def __init__(self, model, dropout, before_decoder):
        super().__init__()
        self.before_decoder = before_decoder
        self.vocabulary = model["vocabularySize"]
        self.window = model["window"] if model["cell"] == "window" else 0
        embedding, hidden, layers = model["embedding"], model["hidden"], model["layers"]
        width = embedding or self.vocabulary
        if embedding:
            self.embedding = nn.Embedding(self.vocabulary, embedding)
        if self.window:
            widths = [self.window * width] + [hidden] * (layers - 1)
            self.hidden = nn.ModuleList(nn.Linear(each, hidden) for each in widths)
        else:
            kind = RECURRENT[model["cell"]]
            self.rnn = kind(width, hidden, layers, batch_first=True, dropout=dropout if layers > 1 else 0.0)
        self.dropout = nn.Dropout(dropout)
        self.decoder = nn.Linear(hidden, self.vocabulary)

    def vectors(self, ids):
        """(…) numbers, -1 for none, to (…, V or E); none is a vector of zeros."""
        known = ids.clamp(min=0)
        if hasattr(self, "embedding"):
            found = self.embedding(known)
        else:
            found = functional.one_hot(known, self.vocabulary).to(self.decoder.weight.dtype)
        return found * (ids >= 0).unsqueeze(-1)

    def forward(self, ids, state):
        """ids (B, T) and the state before them, None at the beginning; logits (B, T, V) and the state after."""
        if not self.window:
            hidden, state = self.rnn(self.vectors(ids), state)
            return self.decoded(hidden), state
        batch, steps = ids.shape
        before = ids.new_full((batch, self.window - 1), -1) if state is None else state
        seen = torch.cat([before, ids], dim=1)
        hidden = self.vectors(seen.unfold(1, self.window, 1)).reshape(batch, steps, -1)
        for level, layer in enumerate(self.hidden):
            hidden = torch.tanh(layer(self.dropout(hidden) if level > 0 else hidden))
        return self.decoded(hidden), seen[:, steps:]

    def decoded(self, hidden):
        """Logits; in training the decoder reads what dropout leaves of the top layer."""
        return self.decoder(self.dropout(hidden) if self.before_decoder else hidden)


def detached(state):
    if state is None:
        return None
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def begun_anew(network, state, drawn):
    """The state with the drawn sequences as at a text's beginning: h and c zero, and of a window no token seen."""
    if state is None:
        return None
    if network.window:
        return state.masked_fill(drawn.unsqueeze(1), -1)
    parts = state if isinstance(state, tuple) else (state,)
    parts = tuple(part.masked_fill(drawn.view(1, -1, 1), 0.0) for part in parts)
    return parts if isinstance(state, tuple) else parts[0]


@torch.no_grad()
def loss_of(network, ids):
    """Mean cross-entropy over all but the first token, in nats: the text as one stream, from nothing."""
    network.eval()
    predicted = len(ids) - 1
    chunk = max(1, min(4096, 2**24 // (network.vocabulary * max(1, network.window))))
    total = 0.0
    state = None
    for begin in range(0, predicted, chunk):
        end = min(predicted, begin + chunk)
        logits, state = network(ids[begin:end].unsqueeze(0), state)
        total += functional.cross_entropy(logits[0].double(), ids[begin + 1 : end + 1], reduction="sum").item()
    return total / predicted


# ---------------------------------------------------------------------------------------------------- training


def make_optimizer(parameters, settings, rate):
    name = settings["optimizer"]
    if name == "adam":
        return torch.optim.Adam(parameters, lr=rate)
    if name == "adamw":
        return torch.optim.AdamW(parameters, lr=rate, weight_decay=settings["weightDecay"])
    if name == "rmsprop":
        return torch.optim.RMSprop(parameters, lr=rate, alpha=settings["alpha"])
    if name == "adagrad":
        return torch.optim.Adagrad(parameters, lr=rate, eps=1e-8)
    return torch.optim.SGD(parameters, lr=rate, momentum=settings["momentum"] if name == "momentum" else 0.0)


def rate_at(settings, total, step):
    """The learning rate of a step, counted from 1 and from the run's own beginning; beyond the end the last holds."""
    rate, warm_up = settings["learningRate"], settings["warmUp"]
    for change in settings.get("rateChanges") or []:
        if change["after"] < step:
            rate = change["learningRate"]
    if step <= warm_up:
        return rate * step / warm_up
    done = min(step, total) - warm_up
    if settings["schedule"] == "cosine":
        return rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done / max(1, total - warm_up))))
    if settings["schedule"] == "step":
        every = settings["decayEvery"] or max(1, total // 3)
        decay = 0.1 if settings["decay"] is None else settings["decay"]
        return rate * decay ** ((done - 1) // every)
    return rate


def add_up(parameters, world):
    """Every process's gradients, added; a process without a stream adds nothing."""
    for parameter in parameters:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    if world == 1:
        return
    flat = torch.cat([parameter.grad.reshape(-1) for parameter in parameters])
    distributed.all_reduce(flat)
    at = 0
    for parameter in parameters:
        parameter.grad.copy_(flat[at : at + parameter.numel()].view_as(parameter))
        at += parameter.numel()


def train(network, ids, configuration, arguments, rank, world):
    """Reads the text in B streams, T tokens a step; B is over all processes.

    States are carried from step to step and zero at every epoch; a share of the streams (freshStarts) begins anew at each
    step, drawn alike in all processes.
    """
    settings = dict(configuration["training"])
    batch = arguments.batch or settings["batch"]
    sequence = settings["sequence"]
    if arguments.learning_rate is not None:
        settings.update(learningRate=arguments.learning_rate, schedule="constant", warmUp=0, rateChanges=[])
    length = (configuration["text"]["trainTokens"] - 1) // batch
    if length < sequence:
        fail("the text is too short for --batch %d: choose a smaller one." % batch)
    inputs = ids[: batch * length].view(batch, length)
    targets = ids[1 : batch * length + 1].view(batch, length)
    own = slice(rank * batch // world, (rank + 1) * batch // world)
    parameters = list(network.parameters())
    optimizer = make_optimizer(parameters, settings, settings["learningRate"])
    share = settings.get("freshStarts", 0)
    chance = torch.Generator().manual_seed(settings["seed"])
    position, state = 0, None
    for step in range(1, arguments.steps + 1):
        if position + sequence > length:
            position, state = 0, None
        if share > 0:
            state = begun_anew(network, state, (torch.rand(batch, generator=chance) < share)[own])
        x, y = inputs[own, position : position + sequence], targets[own, position : position + sequence]
        position += sequence
        network.train()
        optimizer.zero_grad()
        total = torch.zeros(())
        if len(x):
            logits, state = network(x, detached(state))
            total = functional.cross_entropy(logits.reshape(-1, network.vocabulary), y.reshape(-1), reduction="sum")
            (total / (batch * sequence)).backward()
        add_up(parameters, world)
        if settings["clip"] > 0:
            nn.utils.clip_grad_norm_(parameters, settings["clip"])
        for group in optimizer.param_groups:
            group["lr"] = rate_at(settings, configuration["scheduleSteps"], configuration["step"] + step)
        optimizer.step()
        if step % arguments.tell_every == 0:
            total = total.detach()
            if world > 1:
                distributed.all_reduce(total)
            loss = total.item() / (batch * sequence)
            if not math.isfinite(loss):
                fail("the loss is not finite at step %d: choose a smaller --learning-rate." % step)
            if rank == 0:
                sys.stderr.write("step %d of %d: loss %.4f\n" % (step, arguments.steps, loss))


# ---------------------------------------------------------------------------------------------------- beginning


def whole(least):
    def read(text):
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError("must be %d or more" % least)
        return value

    return read


def above_zero(text):
    value = float(text)
    if not (value > 0 and math.isfinite(value)):
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


def read_arguments():
    parser = argparse.ArgumentParser(description="Goes on training this model.")
    parser.add_argument("--steps", type=whole(0), required=True, help="steps to train; 0: only print the loss")
    parser.add_argument("--batch", type=whole(1), help="streams over all processes (the run's own)")
    parser.add_argument("--learning-rate", type=above_zero, help="a constant one, in place of the run's schedule")
    parser.add_argument("--model", default=os.path.join(HERE, "model.safetensors"), help="what to begin with")
    parser.add_argument("--out", default=os.path.join(HERE, "trained.safetensors"), help="where the model is written")
    parser.add_argument("--force", action="store_true", help="overwrite --out")
    parser.add_argument("--tell-every", type=whole(1), default=100, help="steps between two lines on standard error")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    if arguments.steps > 0 and os.path.exists(arguments.out) and not arguments.force:
        fail("%s: the file exists already. Add --force to overwrite it." % arguments.out)
    with open(os.path.join(HERE, "configuration.json"), encoding="utf-8") as file:
        configuration = json.load(file)
    world = int(os.environ.get("WORLD_SIZE", "1"))
    rank = int(os.environ.get("RANK", "0"))
    if world > 1:
        distributed.init_process_group("gloo")
    torch.manual_seed(configuration["training"]["seed"] + rank)
    tensors, metadata = read_model(arguments.model)
    training = configuration["training"]
    # A hand-off without the setting is of a run whose dropout acts between layers only.
    network = Network(configuration["model"], training["dropout"], training.get("dropoutBeforeDecoder", False))
    try:
        network.load_state_dict(tensors)
    except RuntimeError as error:
        fail("%s: this is another network (%s)." % (arguments.model, str(error).replace("\n", " ")))
    ids = read_tokens(configuration["text"])
    if arguments.steps > 0:
        train(network, ids, configuration, arguments, rank, world)
    if rank == 0:
        answer = {"loss": loss_of(network, ids)}
        if arguments.steps > 0:
            write_model(arguments.out, network.state_dict(), metadata)
            answer.update(steps=arguments.steps, file=arguments.out)
        print(json.dumps(answer))
    if world > 1:
        distributed.barrier()
        distributed.destroy_process_group()


if __name__ == "__main__":
    main()

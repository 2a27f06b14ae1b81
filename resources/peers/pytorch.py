"""Whole training steps of PyTorch on one thread: forward, backward, clipping, Adam.

    python3 pytorch.py CELL HIDDEN LAYERS BATCH SEQUENCE VOCABULARY SECONDS

Prints one JSON document: version, core (what its matrix library computes for), charactersPerSecond. Exits 3 where there is
no torch. OpenBLAS and OpenMP are held to one thread by the caller's environment: torch.set_num_threads does not bind them.
"""
import ctypes
import json
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(3)

cell, H, L, B, T, V, seconds = sys.argv[1], *map(int, sys.argv[2:7]), float(sys.argv[7])
torch.set_num_threads(1)
torch.manual_seed(1)
rnn = {"vanilla": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](V, H, L)
decoder = torch.nn.Linear(H, V)
parameters = list(rnn.parameters()) + list(decoder.parameters())
optimizer = torch.optim.Adam(parameters, lr=0.002)
ids = torch.randint(0, V, (T, B))
targets = torch.randint(0, V, (T, B))
state = None


def step():
    global state
    hidden, state = rnn(torch.nn.functional.one_hot(ids, V).float(), state)
    loss = torch.nn.functional.cross_entropy(decoder(hidden).reshape(-1, V), targets.reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 5)
    optimizer.step()
    state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()


def core():
    try:
        corename = ctypes.CDLL("libopenblas.so.0").openblas_get_corename
    except (OSError, AttributeError):
        return None
    corename.restype = ctypes.c_char_p
    return corename().decode()


for _ in range(3):
    step()
started, steps = time.perf_counter(), 0
while steps == 0 or time.perf_counter() - started < seconds:
    step()
    steps += 1
speed = steps * B * T / (time.perf_counter() - started)
print(json.dumps({"version": torch.__version__, "core": core(), "charactersPerSecond": speed}))

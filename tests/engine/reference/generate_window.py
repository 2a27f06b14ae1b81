"""Writes window.json: a feed-forward window of k tokens by PyTorch in float64, the numbers tests/engine/window holds the
engine against. Two cases, one-hot and embedded; every dimension is different, so that a transposition can't hide.

    python3 generate_window.py > window.json
"""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)


def rounded(tensor):
    return tensor.detach().flatten().tolist()


def inputs_of(tokens, window, columns, table):
    """(T, B, k·D): the last k tokens at every step, oldest first; before the first token zeros. tokens is (T, B)."""
    steps, streams = tokens.shape
    vectors = table[tokens]
    before = torch.zeros(window - 1, streams, columns)
    whole = torch.cat([before, vectors])
    return torch.stack([whole[t : t + window].transpose(0, 1).reshape(streams, -1) for t in range(steps)])


class Window(torch.nn.Module):
    def __init__(self, window, layers, hidden, vocabulary, embedding):
        super().__init__()
        self.window, self.vocabulary = window, vocabulary
        self.columns = embedding or vocabulary
        if embedding:
            self.embedding = torch.nn.Embedding(vocabulary, embedding)
        widths = [window * self.columns] + [hidden] * (layers - 1)
        self.hidden = torch.nn.ModuleList(torch.nn.Linear(width, hidden) for width in widths)
        self.decoder = torch.nn.Linear(hidden, vocabulary)

    def forward(self, tokens):
        table = self.embedding.weight if hasattr(self, "embedding") else torch.eye(self.vocabulary)
        x = inputs_of(tokens, self.window, self.columns, table)
        for layer in self.hidden:
            x = torch.tanh(layer(x))
        return x, self.decoder(x)


def case(seed, window, layers, hidden, vocabulary, embedding, streams, steps):
    torch.manual_seed(seed)
    model = Window(window, layers, hidden, vocabulary, embedding)
    text = torch.randint(vocabulary, (steps + 1, streams))
    inputs, targets = text[:-1], text[1:]
    parameters = {name: rounded(value) for name, value in model.named_parameters()}
    top, logits = model(inputs)
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
    loss.backward()
    gradients = {name: rounded(value.grad) for name, value in model.named_parameters()}
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for _ in range(10):
        adam.zero_grad()
        found = torch.nn.functional.cross_entropy(model(inputs)[1].flatten(0, 1), targets.flatten())
        losses.append(found.item())
        found.backward()
        adam.step()
    return {
        "window": window, "layers": layers, "hidden": hidden, "vocabulary": vocabulary, "embedding": embedding,
        "B": streams, "T": steps, "inputs": inputs.flatten().tolist(), "targets": targets.flatten().tolist(),
        "parameters": parameters, "logits": rounded(logits), "top": rounded(top), "loss": loss.item(),
        "gradients": gradients, "adam": losses,
    }


if __name__ == "__main__":
    cases = [case(1, 3, 1, 4, 5, 0, 2, 6), case(2, 4, 2, 5, 7, 3, 2, 6)]
    json.dump({"torch": torch.__version__, "cases": cases}, sys.stdout)
    print()

"""The paper's neural CRF in PyTorch, for benchmarks/src/neural-training.ts to measure against: one epoch over the
given corpora after a warm-up, then tagging. Prints one line of JSON.

    python3 neural_peer.py --corpus gl=train.bio --corpus es=source.bio [--limit 4000] [--lstm packed|fused]
                           [--threads 1] [--batch 16] [--warm-up 40] [--tag test.bio]

Sizes: character embedding 50, character LSTM 100, word embedding 100, BiLSTM of two layers of 200 a direction, language
embedding 100, tanh layer 100. float32, no dropout, ADADELTA (1.0, 0.9, 1e-6) on the summed loss; characters run once for
each word form of a batch, and only the word rows of a batch are updated, as in Cognate.

`packed` is torch.nn.LSTM on packed sequences. `fused` is an LSTM by hand: one autograd node a layer, one product over all
time steps for the inputs and for each weight gradient.
"""
import argparse
import json
import os
import random
import resource
import time

arguments = argparse.ArgumentParser()
arguments.add_argument("--corpus", action="append", required=True)
arguments.add_argument("--limit", type=int, default=4000)
arguments.add_argument("--lstm", choices=["packed", "fused"], default="packed")
arguments.add_argument("--threads", type=int, default=1)
arguments.add_argument("--batch", type=int, default=16)
arguments.add_argument("--tag-batch", type=int, default=32)
arguments.add_argument("--warm-up", type=int, default=40)
arguments.add_argument("--tag")
options = arguments.parse_args()
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(options.threads)

import torch  # noqa: E402  (the numbers of threads must be set before)
from torch import nn  # noqa: E402

torch.set_num_threads(options.threads)
torch.manual_seed(1)
CHARACTER, CHARACTER_STATE, WORD, STATE, LANGUAGE, HIDDEN = 50, 100, 100, 200, 100, 100


def read(path, limit):
    sentences, tokens, tags = [], [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.split()
            if fields:
                tokens.append(fields[0])
                tags.append(fields[-1])
            elif tokens:
                sentences.append((tokens, tags))
                tokens, tags = [], []
                if len(sentences) == limit:
                    return sentences
    return sentences + ([(tokens, tags)] if tokens else [])


class Numbers(dict):
    """Gives each new key the next number."""

    def __missing__(self, key):
        self[key] = len(self)
        return self[key]


class Packed:
    """Rows of sequences, longest first, time step by time step: `sizes[t]` rows of step t from `starts[t]` on."""

    def __init__(self, lengths):
        lengths = torch.as_tensor(lengths)
        steps = torch.arange(int(lengths[0]))
        self.mask = steps[:, None] < lengths[None, :]
        self.sizes = self.mask.sum(1).tolist()
        self.starts = [0]
        for size in self.sizes:
            self.starts.append(self.starts[-1] + size)
        step, sequence = self.mask.nonzero(as_tuple=True)
        starts = torch.tensor(self.starts)
        self.sequence = sequence
        self.last = starts[lengths - 1] + torch.arange(len(lengths))
        self.mirror = starts[lengths[sequence] - 1 - step] + sequence
        self.before = starts[step[self.sizes[0]:] - 1] + sequence[self.sizes[0]:]


class FusedLstm(torch.autograd.Function):
    @staticmethod
    def forward(context, x, input_weight, recurrent_weight, bias, packed):
        size = recurrent_weight.shape[1]
        gates = torch.addmm(bias, x, input_weight.t())
        cells, cells_tanh, states = (x.new_empty(len(x), size) for _ in range(3))
        recurrent = recurrent_weight.t()
        previous = 0
        for start, end in zip(packed.starts, packed.starts[1:]):
            gate = gates[start:end]
            if start:
                gate.addmm_(states[previous:previous + end - start], recurrent)
            gate[:, :2 * size].sigmoid_()
            gate[:, 2 * size:3 * size].tanh_()
            gate[:, 3 * size:].sigmoid_()
            i, f, g, o = gate.split(size, 1)
            cell = cells[start:end]
            torch.mul(i, g, out=cell)
            if start:
                cell.addcmul_(f, cells[previous:previous + end - start])
            torch.tanh(cell, out=cells_tanh[start:end])
            torch.mul(o, cells_tanh[start:end], out=states[start:end])
            previous = start
        context.packed = packed
        context.save_for_backward(x, input_weight, recurrent_weight, gates, cells, cells_tanh, states)
        return states

    @staticmethod
    def backward(context, given):
        x, input_weight, recurrent_weight, gates, cells, cells_tanh, states = context.saved_tensors
        packed, size, first = context.packed, recurrent_weight.shape[1], context.packed.sizes[0]
        i, f, g, o = gates.split(size, 1)
        into_cell = o * (1 - cells_tanh * cells_tanh)
        slopes = torch.empty_like(gates)
        torch.mul(g * i, 1 - i, out=slopes[:, :size])
        slopes[:first, size:2 * size] = 0
        slopes[first:, size:2 * size] = cells[packed.before] * (f * (1 - f))[first:]
        torch.mul(i, 1 - g * g, out=slopes[:, 2 * size:3 * size])
        torch.mul(cells_tanh * o, 1 - o, out=slopes[:, 3 * size:])
        carried_state = carried_cell = None
        for start, end in zip(reversed(packed.starts[:-1]), reversed(packed.starts[1:])):
            state = given[start:end].clone()
            if carried_state is not None:
                state[:len(carried_state)] += carried_state
            cell = into_cell[start:end] * state
            if carried_cell is not None:
                cell[:len(carried_cell)] += carried_cell
            slope = slopes[start:end]
            slope[:, :3 * size].view(-1, 3, size).mul_(cell[:, None])
            slope[:, 3 * size:].mul_(state)
            if start:
                carried_cell = cell * f[start:end]
                carried_state = slope @ recurrent_weight
        into_recurrent = slopes[first:].t() @ states[packed.before]
        return slopes @ input_weight, slopes.t() @ x, into_recurrent, slopes.sum(0), None


class Lstm(nn.Module):
    """One layer, one or two directions, over packed rows."""

    def __init__(self, inputs, size, directions):
        super().__init__()
        self.directions = directions
        if options.lstm == "packed":
            self.stock = nn.LSTM(inputs, size, bidirectional=directions == 2)
            return
        bound = size ** -0.5
        draw = lambda *shape: nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))
        self.parts = nn.ParameterList()
        for _ in range(directions):
            self.parts.extend([draw(4 * size, inputs), draw(4 * size, size), draw(4 * size)])

    def forward(self, x, packed):
        if options.lstm == "packed":
            sequence = nn.utils.rnn.PackedSequence(x, torch.tensor(packed.sizes))
            return self.stock(sequence)[0].data
        forward = FusedLstm.apply(x, *self.parts[:3], packed)
        if self.directions == 1:
            return forward
        backward = FusedLstm.apply(x[packed.mirror], *self.parts[3:], packed)
        return torch.cat([forward, backward[packed.mirror]], 1)


class CrfLoss(torch.autograd.Function):
    """Summed negative log-likelihood by scaled forward-backward; its gradient is the marginals less the gold."""

    @staticmethod
    def forward(context, emissions, transitions, packed, gold):
        steps, sequences = packed.mask.shape
        tags = emissions.shape[1]
        top = emissions.max(1, keepdim=True).values
        scores = torch.exp(emissions - top)
        edge = transitions.exp()
        alpha, beta, scale = torch.empty_like(scores), torch.ones_like(scores), torch.empty(len(scores))
        starts, sizes = packed.starts, packed.sizes
        for t in range(steps):
            rows = slice(starts[t], starts[t + 1])
            row = scores[rows]
            if t:
                row = row * (alpha[starts[t - 1]:starts[t - 1] + sizes[t]] @ edge)
            scale[rows] = row.sum(1)
            alpha[rows] = row / scale[rows, None]
        weighted = torch.empty_like(scores)
        for t in range(steps - 1, 0, -1):
            rows = slice(starts[t], starts[t + 1])
            weighted[rows] = scores[rows] * beta[rows] / scale[rows, None]
            beta[starts[t - 1]:starts[t - 1] + sizes[t]] = weighted[rows] @ edge.t()
        first = sizes[0]
        into_emissions = alpha * beta
        into_transitions = edge * (alpha[packed.before].t() @ weighted[first:])
        rows = torch.arange(len(gold))
        into_emissions[rows, gold] -= 1
        pairs = gold[packed.before] * tags + gold[first:]
        into_transitions -= torch.bincount(pairs, minlength=tags * tags).view(tags, tags)
        context.save_for_backward(into_emissions, into_transitions)
        gold_score = emissions[rows, gold].sum() + transitions[gold[packed.before], gold[first:]].sum()
        return scale.log().sum() + top.sum() - gold_score

    @staticmethod
    def backward(context, given):
        into_emissions, into_transitions = context.saved_tensors
        return given * into_emissions, given * into_transitions, None, None


class Model(nn.Module):
    def __init__(self, characters, words, languages, tags):
        super().__init__()
        self.characters = nn.Embedding(characters, CHARACTER)
        self.words = torch.empty(words, WORD).uniform_(-0.17, 0.17)
        self.character_lstm = Lstm(CHARACTER, CHARACTER_STATE, 1)
        self.layers = nn.ModuleList([Lstm(CHARACTER_STATE + WORD, STATE, 2), Lstm(2 * STATE, STATE, 2)])
        self.languages = nn.Embedding(languages, LANGUAGE)
        self.hidden = nn.Linear(2 * STATE + LANGUAGE, HIDDEN)
        self.output = nn.Linear(HIDDEN, tags)
        self.transitions = nn.Parameter(torch.zeros(tags, tags))

    def emissions(self, batch):
        packed, characters = batch["packed"], batch["characters"]
        states = self.character_lstm(self.characters(characters["ids"]), characters["packed"])
        forms = states[characters["packed"].last][batch["forms"]]
        rows = self.words[batch["rows"]]
        if self.training:
            rows.requires_grad_()
        self.touched = (batch["rows"], rows)
        x = torch.cat([forms, rows[batch["words"]]], 1)
        for layer in self.layers:
            x = layer(x, packed)
        language = self.languages(batch["languages"])[packed.sequence]
        return self.output(torch.tanh(self.hidden(torch.cat([x, language], 1))))


class Adadelta:
    """On whole tensors for dense parameters, on the rows of the batch for words."""

    def __init__(self, model, rho=0.9, epsilon=1e-6):
        self.model, self.rho, self.epsilon = model, rho, epsilon
        self.dense = torch.optim.Adadelta(model.parameters(), lr=1.0, rho=rho, eps=epsilon)
        self.squares, self.steps = torch.zeros_like(model.words), torch.zeros_like(model.words)

    @torch.no_grad()
    def step(self):
        self.dense.step()
        rows, leaf = self.model.touched
        squares = self.squares[rows] * self.rho + leaf.grad ** 2 * (1 - self.rho)
        steps = self.steps[rows]
        move = ((steps + self.epsilon) / (squares + self.epsilon)).sqrt() * leaf.grad
        self.squares[rows], self.steps[rows] = squares, steps * self.rho + move ** 2 * (1 - self.rho)
        self.model.words[rows] -= move


def main():
    characters, words, languages, tags, forms = (Numbers() for _ in range(5))
    spelling, data, held_out = [], [], []

    def encode(language, sentences):
        for tokens, names in sentences:
            for token in tokens:
                if token not in forms:
                    forms[token]
                    spelling.append([characters[character] for character in token])
            yield (
                torch.tensor([forms[token] for token in tokens]),
                torch.tensor([words[language, token] for token in tokens]),
                torch.tensor([tags[name] for name in names]),
                languages[language],
            )

    for corpus in options.corpus:
        language, path = corpus.split("=", 1)
        data += encode(language, read(path, options.limit))
    if options.tag:
        held_out += encode(options.corpus[0].split("=", 1)[0], read(options.tag, 10 ** 9))

    def batch(sentences):
        sentences = sorted(sentences, key=lambda sentence: -len(sentence[0]))
        packed = Packed([len(sentence[0]) for sentence in sentences])
        order = lambda field: nn.utils.rnn.pad_sequence([s[field] for s in sentences])[packed.mask]
        distinct, inverse = order(0).unique(return_inverse=True)
        spelled = [spelling[form] for form in distinct.tolist()]
        by_length = sorted(range(len(spelled)), key=lambda k: -len(spelled[k]))
        place = torch.empty(len(spelled), dtype=torch.long)
        place[torch.tensor(by_length)] = torch.arange(len(spelled))
        letters = Packed([len(spelled[k]) for k in by_length])
        padded = nn.utils.rnn.pad_sequence([torch.tensor(spelled[k]) for k in by_length])
        rows, word = order(1).unique(return_inverse=True)
        return {
            "packed": packed, "gold": order(2), "rows": rows, "words": word, "forms": place[inverse],
            "characters": {"ids": padded[letters.mask], "packed": letters},
            "languages": torch.tensor([sentence[3] for sentence in sentences]),
        }

    model = Model(len(characters), len(words), len(languages), len(tags))
    optimizer = Adadelta(model)
    generator = random.Random(1)

    def epoch(limit=None):
        order = list(range(len(data)))
        generator.shuffle(order)
        total = 0.0
        for start in range(0, len(order), options.batch)[:limit]:
            chosen = batch([data[k] for k in order[start:start + options.batch]])
            model.zero_grad(set_to_none=True)
            loss = CrfLoss.apply(model.emissions(chosen), model.transitions, chosen["packed"], chosen["gold"])
            loss.backward()
            optimizer.step()
            total += float(loss)
        return total

    epoch(options.warm_up)
    started = time.perf_counter()
    loss = epoch()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {
        "torch": torch.__version__, "lstm": options.lstm, "threads": options.threads, "sentences": len(data),
        "tokens": sum(len(s[0]) for s in data), "seconds": seconds, "lossPerSentence": loss / len(data), "peakMb": peak,
    }
    if held_out:
        result["tagTokensPerSecond"] = tag(model, held_out, batch)
    print(json.dumps(result))


@torch.inference_mode()
def tag(model, sentences, batch):
    """Tokens a second, Viterbi included, over at least three seconds."""
    model.eval()
    transitions = model.transitions.detach()
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < 3:
        for start in range(0, len(sentences), options.tag_batch):
            chosen = batch(sentences[start:start + options.tag_batch])
            viterbi(model.emissions(chosen), transitions, chosen["packed"])
        done += sum(len(sentence[0]) for sentence in sentences)
    return done / (time.perf_counter() - started)


def viterbi(emissions, transitions, packed):
    best = emissions[:packed.sizes[0]]
    back = []
    for start, end in zip(packed.starts[1:-1], packed.starts[2:]):
        value, tag = (best[:end - start, :, None] + transitions).max(1)
        back.append(tag)
        best = torch.cat([value + emissions[start:end], best[end - start:]])
    path = best.argmax(1)
    tags = [path]
    for pointers in reversed(back):
        path = torch.cat([pointers.gather(1, path[:len(pointers), None])[:, 0], path[len(pointers):]])
        tags.append(path)
    return tags


main()

/** What a hand-off's `train.py` does with dropout and fresh starts; passed over where there is no PyTorch. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import type { RunConfiguration } from '../../../src/shared'
import { runToEnd } from '../support/small-runs'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab, RESOURCES } from '../support/test-lab'

const HANDOFF = join(RESOURCES, 'handoff')

/** Checks of `train.py`'s own functions; prints what it found as JSON. */
const PROGRAM = `
import json, sys
sys.path.insert(0, ${JSON.stringify(HANDOFF)})
sys.dont_write_bytecode = True
import torch
import train

found = {}
drawn = torch.tensor([True, False, True])
for cell in ("vanilla", "gru", "lstm", "window"):
    model = {"cell": cell, "vocabularySize": 5, "embedding": 0, "hidden": 6, "layers": 1, "window": 4}
    torch.manual_seed(1)
    network = train.Network(model, 0.5, True)
    earlier = train.Network(model, 0.5, False)
    earlier.load_state_dict(network.state_dict())
    ids = torch.randint(0, 5, (3, 7))
    network.train(); earlier.train()
    logits, state = network(ids, None)
    plain, _ = earlier(ids, None)
    network.eval()
    read, after = network(ids, None)
    parts = [each if cell == "window" else each.transpose(0, 1) for each in (state if isinstance(state, tuple) else (state,))]
    begun = train.begun_anew(network, state, drawn)
    begun = [each if cell == "window" else each.transpose(0, 1) for each in (begun if isinstance(begun, tuple) else (begun,))]
    nothing = -1 if cell == "window" else 0
    found[cell] = {
        "acts": not torch.equal(logits, plain),
        "not earlier": torch.allclose(plain, read, atol=1e-6),
        "state whole": all(torch.allclose(a, b, atol=1e-6) for a, b in zip(
            state if isinstance(state, tuple) else (state,), after if isinstance(after, tuple) else (after,))),
        "drawn from nothing": all(bool((each[drawn] == nothing).all()) for each in begun),
        "others kept": all(torch.equal(a[~drawn], b[~drawn]) for a, b in zip(begun, parts)),
        "were something": all(not bool((each[drawn] == nothing).all()) for each in parts),
        "none yet": train.begun_anew(network, None, drawn) is None,
    }
print(json.dumps(found))
`

const STEPS = '30'
/** Trains in several folders, one after the other; prints the losses by the folders' names. */
const TRAINING = `
import contextlib, io, json, os, sys
sys.path.insert(0, ${JSON.stringify(HANDOFF)})
sys.dont_write_bytecode = True
import train

losses = {}
for name, folder in json.loads(sys.argv[1]).items():
    train.HERE = folder
    sys.argv[1:] = ["--steps", "${STEPS}", "--model", os.path.join(folder, "model.safetensors"), "--out", os.path.join(folder, "trained.safetensors")]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        train.main()
    losses[name] = json.loads(printed.getvalue())["loss"]
print(json.dumps(losses))
`

type Settings = Partial<Record<keyof RunConfiguration, number | boolean | null>>

function pythonOrSkip({ skip }: TestContext): string {
  const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import torch']).status === 0)
  if (python === undefined) skip('no python3 with torch on this machine (Debian: python3-torch)')
  return python ?? ''
}

function run(python: string, words: readonly string[]): unknown {
  const env = { ...process.env, OMP_NUM_THREADS: '1', GLOO_SOCKET_IFNAME: 'lo' }
  const { status, stdout, stderr } = spawnSync(python, words, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`)
  return JSON.parse(/\{.*\}/.exec(stdout)?.[0] ?? 'null')
}

/** A small run, to be handed off with other settings; null: the setting is not in the file at all. */
async function handedOff(): Promise<(changes: Settings) => Promise<string>> {
  const { lab } = await openTestLab()
  const { run: id } = await runToEnd(lab, { cell: 'gru', batch: 5, steps: 40 })
  return async (changes) => {
    const folder = join(temporaryDirectory(), 'out')
    await lab.carry.handOff(id, { folder, overwrite: false, best: false })
    const file = join(folder, 'configuration.json')
    const configuration = JSON.parse(readFileSync(file, 'utf8')) as { training: Record<string, unknown> }
    const given = Object.entries({ ...configuration.training, ...changes }).filter(([, value]) => value !== null)
    writeFileSync(file, JSON.stringify({ ...configuration, training: Object.fromEntries(given) }))
    return folder
  }
}

describe('the hand-off’s training', () => {
  it('drops before the decoder where the run did, and begins the drawn sequences anew', (test) => {
    const found = run(pythonOrSkip(test), ['-c', PROGRAM]) as Record<string, Record<string, boolean>>
    expect(Object.keys(found)).toEqual(['vanilla', 'gru', 'lstm', 'window'])
    for (const [cell, checks] of Object.entries(found)) {
      for (const [what, isSo] of Object.entries(checks)) expect(isSo, `${cell}: ${what}`).toBe(true)
    }
  })

  it('depends on both settings, and reads a configuration without them as before', async (test) => {
    const python = pythonOrSkip(test)
    const folderWith = await handedOff()
    const folders = {
      plain: await folderWith({ dropout: 0, freshStarts: 0 }),
      earlier: await folderWith({ dropout: 0, freshStarts: null, dropoutBeforeDecoder: null }),
      // One layer: between layers there is nothing to drop.
      between: await folderWith({ dropout: 0.5, freshStarts: 0, dropoutBeforeDecoder: null }),
      everywhere: await folderWith({ dropout: 0.5, freshStarts: 0, dropoutBeforeDecoder: true }),
      fresh: await folderWith({ dropout: 0, freshStarts: 0.3 }),
    }
    const losses = run(python, ['-c', TRAINING, JSON.stringify(folders)]) as Record<keyof typeof folders, number>
    expect(losses.earlier).toBe(losses.plain)
    expect(losses.between).toBe(losses.plain)
    expect(losses.everywhere).not.toBe(losses.plain)
    expect(Math.abs(losses.fresh - losses.plain)).toBeGreaterThan(1e-5)
  })

  it('begins the same sequences anew over two processes', async (test) => {
    const python = pythonOrSkip(test)
    const folder = await (await handedOff())({ dropout: 0, freshStarts: 0.3 })
    const { one } = run(python, ['-c', TRAINING, JSON.stringify({ one: folder })]) as { one: number }
    const launcher = ['-m', 'torch.distributed.run', '--nproc_per_node', '2', '--redirects', '1', '--tee', '1']
    const address = ['--master_addr', '127.0.0.1', '--master_port', String(41_000 + (process.pid % 20_000))]
    const words = [...launcher, ...address, join(folder, 'train.py'), '--steps', STEPS, '--force']
    const { loss } = run(python, words) as { loss: number }
    expect(Math.abs(loss - one)).toBeLessThan(1e-5)
  })
})

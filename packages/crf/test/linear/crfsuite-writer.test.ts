import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CrfInputError, LinearCrf } from '../../src/index.js';
import { lookup3 } from '../../src/linear/file/lookup3.js';
import { fixtureBytes, readSequences, runs } from './crfsuite-fixtures.js';
import { expectSameWeights, randomSequences } from './helpers.js';

describe('toCrfsuite', () => {
  // What CRFsuite wrote itself is the measure: the same weights make the same bytes.
  it.each(Object.keys(runs))('writes %s as CRFsuite did, to the byte', (run) => {
    const bytes = fixtureBytes(`${run}.crfsuite`);
    expect(Buffer.compare(LinearCrf.fromCrfsuite(bytes).toCrfsuite(), bytes)).toBe(0);
  });

  it('keeps names and weights of any model', async () => {
    const names = ['', '__proto__', 'a:b', 'a\tb', 'é', 'e\u0301', '😀', 'पुणे', 'x'.repeat(70)];
    const sequences = names.map((name) => ({ attributes: [[name], ['all', name]], tags: [name, 'B'] }));
    const crf = await LinearCrf.train(sequences, { params: { c2: 0.01 } });
    expectSameWeights(LinearCrf.fromCrfsuite(crf.toCrfsuite()), crf, 0);
  });

  it('writes models without weights', async () => {
    const bare = await LinearCrf.train([{ attributes: [[]], tags: ['A'] }]);
    const again = LinearCrf.fromCrfsuite(bare.toCrfsuite());
    expect(again.tags).toEqual(['A']);
    expect(again.statistics()).toMatchObject({ attributes: 0, stateWeights: 0, transitionWeights: 0 });
  });

  it.each(['zero \0 inside', 'half \ud800'])('refuses the name %j', async (name) => {
    const params = { c2: 0.01 };
    const inAttribute = await LinearCrf.train(
      [
        { attributes: [[name]], tags: ['A'] },
        { attributes: [[]], tags: ['B'] },
      ],
      {
        params,
      },
    );
    const inTag = await LinearCrf.train([{ attributes: [['a']], tags: [name] }], { params });
    for (const [crf, what] of [
      [inAttribute, 'attribute'],
      [inTag, 'tag'],
    ] as const) {
      expect(() => crf.toCrfsuite()).toThrow(CrfInputError);
      expect(() => crf.toCrfsuite()).toThrow(`toCrfsuite: expected the name of each ${what} to be`);
    }
  });
});

describe('lookup3', () => {
  // Printed by the C code of its author; the fourth is one byte longer than a block.
  it.each([
    ['', 0xdeadbeef],
    ['a', 1490454280],
    ['w=Santiago!!', 184326806],
    ['w=Santiago!!!', 4289110396],
    ['0123456789abcdef0123456789', 2324537690],
  ])('hashes %j', (text, hash) => {
    const bytes = new TextEncoder().encode(text);
    expect(lookup3(bytes, 0, bytes.length)).toBe(hash);
  });
});

interface Peer {
  Tagger: new () => {
    open(file: string): boolean;
    tag(attributes: string[][]): string[] | { result: string[] };
    close(): void;
  };
}

/** CRFsuite itself, if the benchmarks have installed it; it is compiled, so nothing here may need it. */
function loadPeer(): Peer | undefined {
  const peers = fileURLToPath(new URL('../../../../benchmarks/peers/', import.meta.url));
  try {
    return createRequire(`${peers}package.json`)('crfsuite') as Peer;
  } catch {
    process.stderr.write('skipped: CRFsuite reads the files (the benchmarks install it)\n');
    return undefined;
  }
}

const peer = loadPeer();

describe.skipIf(peer === undefined)('CRFsuite, given a file of ours', () => {
  it('tags as the model does', async () => {
    const data = randomSequences({ seed: 51, count: 60, tags: 6, attributes: 60, maxLength: 12 });
    // Each place has an attribute of its own: where tokens have none, taggings with the same transitions in another order tie.
    const lists = data.map(({ attributes }) =>
      (attributes as string[][]).map((token, t) => [...token, `at ${t}`]),
    );
    const sequences = lists.map((attributes, i) => ({ attributes, tags: data[i].tags }));
    const folder = mkdtempSync(join(tmpdir(), 'cognate-crf-'));
    try {
      for (const [name, crf] of [
        ['trained', await LinearCrf.train(sequences, { algorithm: 'l2sgd', params: { max_iterations: 3 } })],
        ['read', LinearCrf.fromCrfsuite(fixtureBytes('lbfgs-l1l2.crfsuite'))],
      ] as const) {
        const file = join(folder, `${name}.crfsuite`);
        writeFileSync(file, crf.toCrfsuite());
        const tagger = new peer!.Tagger();
        expect(tagger.open(file)).toBe(true);
        const sentences = name === 'read' ? readSequences('test.txt').map(namesOnly) : lists;
        for (const attributes of sentences) {
          const tagged = tagger.tag(attributes);
          expect(Array.isArray(tagged) ? tagged : tagged.result).toEqual(crf.predict(attributes));
        }
        tagger.close();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** The peer takes names alone. */
const namesOnly = ({ attributes }: ReturnType<typeof readSequences>[number]): string[][] =>
  attributes.map((token) => [...(token as Map<string, number>).keys()]);

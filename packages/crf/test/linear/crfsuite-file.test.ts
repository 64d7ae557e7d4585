import { randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import { LinearCrf, ModelFileError, type CrfsuiteFileOptions } from '../../src/index.js';
import { fixtureBytes, readSequences } from './crfsuite-fixtures.js';

const file = new Uint8Array(fixtureBytes('lbfgs-l1l2.crfsuite'));
const header = new DataView(file.buffer, file.byteOffset);
const [featuresAt, labelsAt, attributesAt, labelReferencesAt, attributeReferencesAt] = [
  28, 32, 36, 40, 44,
].map((at) => header.getUint32(at, true));

function changed(change: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
  const bytes = file.slice();
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

/** The error of reading; undefined if there is a model, which then has to work. */
function failure(bytes: Uint8Array, options?: CrfsuiteFileOptions): ModelFileError | undefined {
  try {
    const crf = LinearCrf.fromCrfsuite(bytes, options);
    expect(crf.predict([['w=San', 'BOS'], []])).toHaveLength(2);
    expect(LinearCrf.fromBytes(crf.toBytes()).tags).toEqual(crf.tags);
    return undefined;
  } catch (error) {
    if (error instanceof ModelFileError) return error;
    throw error;
  }
}

const messageOf = (change: (view: DataView, bytes: Uint8Array) => void): string =>
  failure(changed(change))?.message ?? 'no error';

describe('files of CRFsuite', () => {
  it('have the labels and attributes of the data', () => {
    const crf = LinearCrf.fromCrfsuite(file);
    expect([...crf.tags].sort()).toEqual(['B-LOC', 'B-PER', 'I-LOC', 'I-PER', 'O']);
    const names = new Set(
      readSequences('train.txt').flatMap(({ attributes }) =>
        attributes.flatMap((token) => [...(token as Map<string, number>).keys()]),
      ),
    );
    for (const name of crf.attributeNames()) expect(names.has(name)).toBe(true);
    expect(crf.statistics()).toMatchObject({ tags: 5, attributes: 96 });
  });

  it('may lie anywhere in a buffer', () => {
    const shifted = new Uint8Array(file.length + 5);
    shifted.set(file, 5);
    expect(LinearCrf.fromCrfsuite(shifted.subarray(5)).toBytes()).toEqual(
      LinearCrf.fromCrfsuite(file).toBytes(),
    );
  });

  it('may have names in another encoding', () => {
    // "Lugo" with its u as a lone byte FC: ü in Latin-1, nothing in UTF-8.
    const place = Buffer.from(file).indexOf('w=Lugo');
    expect(place).toBeGreaterThan(0);
    const latin = changed((_, bytes) => (bytes[place + 3] = 0xfc));
    expect(failure(latin)?.message).toBe(
      `expected a name in utf-8 (else say which: { encoding: 'latin1' }), got bytes that are not, at byte ${place}`,
    );
    const crf = LinearCrf.fromCrfsuite(latin, { encoding: 'latin1' });
    expect([...crf.attributeNames()]).toContain('w=Lügo');
    expect(() => LinearCrf.fromCrfsuite(file, { encoding: 'klingon' })).toThrow(
      'encoding: expected a label that TextDecoder knows, got "klingon"',
    );
  });

  it('give an error at every length', () => {
    for (let length = 0; length < file.length; length += length < 200 ? 1 : 7) {
      expect(failure(file.subarray(0, length))?.message).toMatch(/^expected .+, got .+, at byte \d+$/);
    }
    // With a header that agrees, the chunks tell.
    for (let length = 48; length < file.length; length += 13) {
      const bytes = file.slice(0, length);
      new DataView(bytes.buffer).setUint32(4, length, true);
      expect(failure(bytes)?.message).toMatch(/^expected .+, got .+, at byte \d+$/);
    }
  });

  it('give an error or a model that works, whatever is changed', () => {
    const random = seededRandom(41);
    let models = 0;
    for (let round = 0; round < 1500; round++) {
      const bytes = changed((_, target) => {
        for (let k = randomInteger(random, 3); k >= 0; k--) {
          const at = randomInteger(random, random() < 0.3 ? 100 : target.length);
          target[at] = randomInteger(random, 256);
        }
      });
      if (failure(bytes) === undefined) models++;
    }
    expect(models).toBeGreaterThan(100);
    expect(models).toBeLessThan(1500);
  });

  it('cannot claim more than they hold', () => {
    for (const value of [2 ** 20, 2 ** 31 - 1, 2 ** 32 - 1]) {
      const set = (at: number) => messageOf((view) => view.setUint32(at, value, true));
      expect(set(20)).toMatch('expected 1 to 4096 labels');
      expect(set(24)).toMatch(`expected ${value} names, got 96`);
      for (const at of [28, 32, 36, 40, 44]) expect(set(at)).toMatch('a place past the end of the file');
      expect(set(featuresAt + 8)).toMatch(`expected ${value} features`);
      expect(set(labelsAt + 4)).toMatch('expected a database of names');
      expect(set(labelsAt + 16)).toMatch(`expected 5 names, got ${value}`);
      expect(set(labelsAt + 20)).toMatch('the offsets of 5 names');
      expect(set(labelReferencesAt + 8)).toMatch(`expected ${value} lists of references`);
      expect(set(attributeReferencesAt + 12)).toMatch('expected a list of references');
      const list = header.getUint32(attributeReferencesAt + 12, true);
      expect(set(list)).toMatch('more references to features');
      expect(set(list + 4)).toMatch('expected a feature from 0 to 405');
    }
    // Both counts of the names agree on more than there are.
    const both = messageOf((view) => {
      view.setUint32(24, 2 ** 32 - 1, true);
      view.setUint32(attributesAt + 16, 2 ** 32 - 1, true);
    });
    expect(both).toMatch('the offsets of 4294967295 names');
  });

  it('cannot use a part of themselves many times over', () => {
    const shared = messageOf((view) => {
      for (let a = 0; a < 96; a++) {
        view.setUint32(
          attributeReferencesAt + 12 + 4 * a,
          header.getUint32(attributeReferencesAt + 12, true),
          true,
        );
      }
    });
    expect(shared).toMatch(/expected a state feature of attribute 1, got another/);
    // Attribute 0 refers to its first feature as often as there are features, in a list behind the end of the file.
    const total = header.getUint32(featuresAt + 8, true);
    const longer = new Uint8Array(file.length + 4 * (total + 1));
    longer.set(file);
    const view = new DataView(longer.buffer);
    const list = header.getUint32(attributeReferencesAt + 12, true);
    view.setUint32(4, longer.length, true);
    view.setUint32(attributeReferencesAt + 12, file.length, true);
    view.setUint32(file.length, total, true);
    for (let k = 1; k <= total; k++)
      view.setUint32(file.length + 4 * k, header.getUint32(list + 4, true), true);
    expect(failure(longer)?.message).toMatch(/expected at most \d+ more references to features/);
    // Every record of a name reaches over those that follow.
    const backward = labelsAt + header.getUint32(labelsAt + 20, true);
    const nested = changed((view) => {
      for (let id = 0; id < 5; id++) {
        const record = labelsAt + view.getUint32(backward + 4 * id, true);
        let end = record + 1000;
        while (file[end] !== 0) end++;
        view.setUint32(record + 4, end + 1 - record - 8, true);
      }
    });
    expect(failure(nested, { encoding: 'latin1' })?.message).toMatch(
      /expected names within \d+ bytes, got more/,
    );
  });

  it('have to be what they say', () => {
    expect(messageOf((_, bytes) => (bytes[0] = 0x4c))).toBe(
      'expected the header of a CRFsuite model ("lCRF"), got "LCRF", at byte 0',
    );
    expect(messageOf((_, bytes) => (bytes[8] = 0))).toMatch('expected a first-order model ("FOMC")');
    expect(messageOf((view) => view.setUint32(12, 101, true))).toBe(
      'expected version 100 of the format, got 101, at byte 12',
    );
    expect(messageOf((view) => view.setUint32(labelsAt + 12, 0x62445371, false))).toMatch(
      'expected the byte order',
    );
    expect(messageOf((view) => view.setFloat64(featuresAt + 12 + 12, NaN, true))).toBe(
      `expected a finite weight, got NaN, at byte ${featuresAt + 24}`,
    );
    // Two weights of one attribute and one tag, which are added up.
    expect(
      messageOf((view) => {
        for (const feature of [0, 1]) {
          view.setUint32(featuresAt + 12 + 20 * feature + 8, 0, true);
          view.setFloat64(featuresAt + 12 + 20 * feature + 12, Number.MAX_VALUE, true);
        }
      }),
    ).toBe(`expected weights with a finite sum, got Infinity, at byte ${featuresAt + 32}`);
    expect(messageOf((view) => view.setUint32(featuresAt + 12 + 8, 5, true))).toMatch(
      'expected a label from 0 to 4',
    );
    const first = labelsAt + header.getUint32(labelsAt + header.getUint32(labelsAt + 20, true), true);
    expect(messageOf((view) => view.setUint32(first, 3, true))).toBe(
      `expected the name of number 0, got that of 3, at byte ${first}`,
    );
    expect(messageOf((view) => view.setUint32(first + 4, 0, true))).toMatch(
      'a name that ends with a zero byte',
    );
    expect(failure(7 as unknown as Uint8Array)?.message).toMatch('expected a Uint8Array, got 7');
    expect(failure(new Uint8Array(0))?.message).toMatch('expected the header of a CRFsuite model');
  });
});

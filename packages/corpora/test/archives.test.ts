import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CorpusError, memberMatches, readSentences, tarMembers, zipMembers } from '../src/index.js';
import { archives, bytesOf } from './fixtures/archives.js';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size));
}

const textOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
};

const tar = (base64: string): Uint8Array => new Uint8Array(gunzipSync(bytesOf(base64)));

async function tarTexts(bytes: Uint8Array, size = 10_000): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for await (const { name, chunks } of tarMembers(pieces(bytes, size), 'f'))
    texts[name] = await textOf(chunks);
  return texts;
}

const longName = `set/${'x'.repeat(120)}.dev`;

describe('tar', () => {
  it.each([1, 7, 512, 100_000])('gives the files, also with long names, in pieces of %d', async (size) => {
    expect(await tarTexts(tar(archives.gnuTar), size)).toEqual({
      'set/LICENSE': 'CC0\n',
      'set/a.train': 'A\tO\nLugo\tB-LOC\n\n',
      'set/a.test': 'Vigo\tB-LOC\n\n',
      [longName]: 'Noia\tB-LOC\n\n',
    });
    expect(await tarTexts(tar(archives.paxTar), size)).toEqual({
      LICENSE: 'CC0\n',
      [`Galicia_ñ_${'y'.repeat(120)}.conll`]: 'Cañiza\tB-LOC\n\n',
    });
  });

  it('skips what is not read', async () => {
    const names = [];
    for await (const { name, chunks } of tarMembers(pieces(tar(archives.gnuTar), 100))) {
      names.push(name);
      for await (const chunk of chunks) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
    }
    expect(names).toHaveLength(4);
  });

  it('tells of damage', async () => {
    const bytes = tar(archives.gnuTar);
    await expect(tarTexts(bytes.subarray(0, 700))).rejects.toThrow(
      /^f: expected a sound tar archive, got one that is cut off/,
    );
    await expect(tarTexts(bytes.subarray(0, 512 * 3 + 2))).rejects.toThrow(/cut off/);
    const other = bytes.slice();
    other[3] ^= 1;
    await expect(tarTexts(other)).rejects.toThrow(/a header with a wrong checksum/);
    await expect(tarTexts(new Uint8Array(512).fill(120))).rejects.toThrow(CorpusError);
  });
});

describe('zip', () => {
  it('gives the files, stored and deflated', async () => {
    for (const archive of [
      bytesOf(archives.zip),
      new Blob([bytesOf(archives.zip) as Uint8Array<ArrayBuffer>]),
    ]) {
      const members = await zipMembers(archive);
      expect(members.map(({ name, size }) => [name, size])).toEqual([
        ['set/README.md', 6],
        ['set/data.conll', 212],
      ]);
      expect(await textOf(members[0].chunks)).toBe('hello\n');
      expect(await textOf(members[1].chunks)).toBe(`Lugo\tB-LOC\n${'de\tO\n'.repeat(40)}\n`);
    }
  });

  it('gives sentences', async () => {
    const [, member] = await zipMembers(bytesOf(archives.zip));
    const [sentence] = await readSentences(member.chunks).toArray();
    expect(sentence.tokens).toHaveLength(41);
  });

  it('reads 64-bit sizes', async () => {
    const [streamed] = await zipMembers(bytesOf(archives.streamedZip));
    expect(await textOf(streamed.chunks)).toBe('Vigo\tB-LOC\n');
    const [wide] = await zipMembers(withWideDirectory(bytesOf(archives.streamedZip)));
    expect(wide.size).toBe(11);
    expect(await textOf(wide.chunks)).toBe('Vigo\tB-LOC\n');
  });

  const readAll = async (bytes: Uint8Array): Promise<void> => {
    for (const { chunks } of await zipMembers(bytes, { file: 'f' })) await textOf(chunks);
  };

  it('tells of damage', async () => {
    const bytes = bytesOf(archives.zip);
    const changed = (at: number, value: number): Uint8Array => {
      const copy = bytes.slice();
      copy[at] = value;
      return copy;
    };
    const directory = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const deflatedEntry = Buffer.from(bytes).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    await expect(readAll(bytes.subarray(0, 200))).rejects.toThrow(
      /^f: expected a sound zip archive, got one without a directory/,
    );
    await expect(readAll(changed(directory, 0))).rejects.toThrow(/breaks off at entry 0/);
    await expect(readAll(changed(deflatedEntry + 8, 1))).rejects.toThrow(
      /not encrypted, got "set\/data.conll"/,
    );
    await expect(readAll(changed(deflatedEntry + 10, 12))).rejects.toThrow(/in compression method 12/);
    await expect(readAll(changed(deflatedEntry + 24, 9))).rejects.toThrow(
      /another size than the directory says/,
    );
    await expect(readAll(changed(deflatedEntry + 42, 1))).rejects.toThrow(/is not where the directory says/);
    await expect(readAll(new Uint8Array(0))).rejects.toThrow(CorpusError);
  });

  it('never does worse than tell, whatever byte is changed', async () => {
    const bytes = bytesOf(archives.zip);
    for (let at = 0; at < bytes.length; at++) {
      const copy = bytes.slice();
      copy[at] ^= 0xff;
      await readAll(copy).catch((error: unknown) => {
        expect(error).toBeInstanceOf(CorpusError);
      });
    }
  });
});

/** The archive with its directory's sizes and places in 64 bits, as an archive of over 4 GB has them. */
function withWideDirectory(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes);
  const entry = data.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const name = data.subarray(entry + 46, entry + 46 + data.readUInt16LE(entry + 28));
  const header = Buffer.from(data.subarray(entry, entry + 46));
  const extra = Buffer.alloc(4 + 24);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(header.readUInt32LE(24)), 4);
  extra.writeBigUInt64LE(BigInt(header.readUInt32LE(20)), 12);
  extra.writeBigUInt64LE(BigInt(header.readUInt32LE(42)), 20);
  for (const at of [20, 24, 42]) header.writeUInt32LE(0xffffffff, at);
  header.writeUInt16LE(extra.length, 30);
  const directory = Buffer.concat([header, name, extra]);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(1n, 24);
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(directory.length), 40);
  end64.writeBigUInt64LE(BigInt(entry), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(entry + directory.length), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.fill(0xff, 8, 20);
  return Buffer.concat([data.subarray(0, entry), directory, end64, locator, end]);
}

describe('patterns of members', () => {
  it.each([
    ['set/a.train', 'set/a.train', true],
    ['set/a.train', 'a.train', true],
    ['set/a.train', '*.train', true],
    ['set/a.train', 'set/*', true],
    ['set/a.train', 'a.tra?n', true],
    ['set/a.train', '.train', false],
    ['set/a.train', 'a.trai', false],
    ['set/a+train', 'a+train', true],
    ['set/a.train', 'a-train', false],
  ])('%s goes by %s: %s', (name, pattern, matches) => {
    expect(memberMatches(name, pattern)).toBe(matches);
  });
});

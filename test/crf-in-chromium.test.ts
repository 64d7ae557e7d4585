import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LinearCrf } from '@cognate/crf';
import { findChromium, serveSite, type Resource } from './chromium.js';
import { root } from './repository.js';

const program = findChromium();
if (program === undefined) {
  process.stderr.write(
    'no Chromium here (Debian: apt-get install chromium): the tests in a real browser are skipped\n',
  );
}

/** What the page does, and what the test does here: trains, stores, loads, tags. */
const data = Array.from({ length: 60 }, (_, i) => {
  const [place, person] = [`lugar${i % 7}`, `xente${i % 5}`];
  return {
    attributes: [[`w=${person}`, 'first'], ['w=vive'], ['w=en'], [`w=${place}`, 'after=en']],
    tags: ['B-PER', 'O', 'O', 'B-LOC'],
  };
});
const unseen = [['w=Rosalía', 'first'], ['w=vive'], ['w=en'], ['w=😀', 'after=en']];
const params = { max_iterations: 30 };

const page = `<!doctype html><meta charset="utf-8"><title>CRF</title>
<script type="module">
import { LinearCrf } from '/crf/index.js';
globalThis.run = async ({ data, unseen, params, threads }) => {
  const events = [];
  const trained = await LinearCrf.train(data, { params, threads, onEvent: (event) => events.push(event) });
  const bytes = trained.toBytes();
  const crf = LinearCrf.fromBytes(bytes);
  const all = [];
  for await (const tags of crf.predictAll(Array.from({ length: 500 }, () => unseen), { threads: 2 })) all.push(tags.join(' '));
  const { kernel, threads: used, kernelNotes } = events.find(({ type }) => type === 'features');
  return { bytes: [...bytes], tags: crf.predict(unseen), tagging: crf.kernel, kernel, used, kernelNotes, all };
};
document.title = 'ready';
</script>`;

interface Report {
  readonly bytes: number[];
  readonly tags: string[];
  readonly tagging: string;
  readonly kernel: string;
  readonly used: number;
  readonly kernelNotes: string[];
  /** What `predictAll` gave, on two threads. */
  readonly all: string[];
}

describe.skipIf(program === undefined)('the built @cognate/crf in a page of a real browser', () => {
  let browser: Browser | undefined;
  const site = new Map<string, Resource>([['/', { type: 'text/html', body: page }]]);

  beforeAll(async () => {
    const built = join(root, 'packages/crf/dist');
    for (const file of readdirSync(built).filter((name) => name.endsWith('.js'))) {
      site.set(`/crf/${file}`, { type: 'text/javascript', body: readFileSync(join(built, file)) });
    }
    browser = await chromium.launch({
      executablePath: program,
      // Nothing of the page is a stranger's; in a container there is no sandbox to be had.
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function runInPage(isolated: boolean, threads: number) {
    const server = await serveSite(site, isolated);
    try {
      const tab = await started(browser).newPage();
      const problems: string[] = [];
      let begun = 0;
      tab.on('worker', () => begun++);
      tab.on('pageerror', (error) => problems.push(String(error)));
      await tab.goto(server.origin);
      await tab.waitForFunction('document.title === "ready"');
      const report: Report = await tab.evaluate(`run(${JSON.stringify({ data, unseen, params, threads })})`);
      // The browser tells of a worker's end some time after it.
      await expect.poll(() => tab.workers().length, { timeout: 20_000 }).toBe(0);
      const workers = { left: tab.workers().length, started: begun };
      await tab.close();
      return { report, problems, workers, requests: server.requests };
    } finally {
      await server.close();
    }
  }

  it('trains and tags as in Node, and fetches nothing but itself', async () => {
    const { report, problems, requests } = await runInPage(false, 1);
    const here = await LinearCrf.train(data, { params, threads: 1 });
    expect(problems).toEqual([]);
    expect(report).toMatchObject({ kernel: 'simd', used: 1, tagging: 'simd' });
    expect(report.tags).toEqual(here.predict(unseen));
    expect(report.tags).toEqual(['B-PER', 'O', 'O', 'B-LOC']);
    const there = LinearCrf.fromBytes(Uint8Array.from(report.bytes));
    expect([...there.attributeNames()]).toEqual([...here.attributeNames()]);
    for (const { attribute, tag, weight } of states(here)) {
      expect(there.stateWeight(attribute, tag)).toBeCloseTo(weight, 9);
    }
    for (const path of requests) expect(path).toMatch(/^\/($|crf\/[\w-]+\.js$|favicon\.ico$)/);
  });

  it('trains on two threads where the page is cross-origin isolated, and ends them', async () => {
    const { report, problems, workers } = await runInPage(true, 2);
    expect(problems).toEqual([]);
    expect(report).toMatchObject({ kernel: 'simd', used: 2, tags: ['B-PER', 'O', 'O', 'B-LOC'] });
    // One more tags with `predictAll`.
    expect(workers).toEqual({ left: 0, started: 3 });
  });

  it('tags on another thread, isolated or not, and ends it', async () => {
    const { report, workers } = await runInPage(false, 1);
    expect(report.all).toEqual(Array.from({ length: 500 }, () => 'B-PER O O B-LOC'));
    expect(workers).toEqual({ left: 0, started: 1 });
  });

  it('says why it has one thread where the page is not', async () => {
    const { report } = await runInPage(false, 2);
    expect(report.used).toBe(1);
    expect(report.kernelNotes.join()).toContain('cross-origin isolated');
  });
});

const states = (crf: LinearCrf) => crf.topWeights({ limit: 1e6 }).filter((weight) => weight.kind === 'state');

function started(browser: Browser | undefined): Browser {
  if (browser === undefined) throw new Error('expected a browser that has been started');
  return browser;
}

import axe from 'axe-core';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatSentences, kFold, type Sentence } from '@cognate/corpora';
import { sampleCorpus } from '@cognate/corpora/samples';
import { LinearTagger, type Entity, type Tagger } from '@cognate/tagger';
import { loadTagger, saveTagger } from '@cognate/tagger/node';
import { NeuralTagger } from '@cognate/tagger/neural';
import { selectBackend } from '@cognate/nn';
import { unpack } from '../scripts/tarball.mjs';
import { findChromium, serveSite, type Resource } from './chromium.js';
import { root } from './repository.js';

const program = findChromium();
if (program === undefined) {
  process.stderr.write(
    'no Chromium here (Debian: apt-get install chromium fonts-noto-core): the tests of the playground are skipped\n',
  );
}

// Chromium on a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

const playground = join(root, 'apps/playground');
/** Looked at by people: what no test sees. */
const screenshots = join(root, 'test/.screenshots');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The built page, as a server would have it. */
function builtSite(): Map<string, Resource> {
  const folder = join(playground, 'dist');
  const site = new Map<string, Resource>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    const type = types[extname(path)] ?? 'application/octet-stream';
    site.set(path.slice(folder.length).replaceAll('\\', '/'), { type, body });
  }
  site.set('/', site.get('/index.html')!);
  return site;
}

describe.skipIf(program === undefined)('the built playground in a real browser', () => {
  let browser: Browser | undefined;
  let server: Awaited<ReturnType<typeof serveSite>> | undefined;
  let bundled: Tagger;
  let scratch = '';
  /** What went wrong in the open pages, and what they asked of other servers. */
  let problems: string[] = [];

  beforeAll(async () => {
    server = await serveSite(builtSite(), true);
    browser = await chromium.launch({
      executablePath: program,
      // Nothing of the page is a stranger's; in a container there is no sandbox to be had.
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    bundled = await loadTagger(join(playground, 'dist/model'));
    scratch = mkdtempSync(join(tmpdir(), 'cognate-playground-'));
    mkdirSync(screenshots, { recursive: true });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    if (scratch !== '') rmSync(scratch, { recursive: true, force: true });
  });

  afterEach(async () => {
    await Promise.all(browser!.contexts().map((context) => context.close()));
    expect(problems).toEqual([]);
    problems = [];
  });

  /** Opens the page and waits until it has tagged its first example. */
  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser!.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    context.on('request', (request) => {
      if (!/^(blob:)?http:\/\/127\.0\.0\.1:/.test(request.url())) problems.push(`asks for ${request.url()}`);
    });
    await page.goto(server!.origin);
    await page.locator('.entities tbody tr').first().waitFor();
    return page;
  }

  /** The entities that the page shows: text, label, probability, place. */
  const shown = (page: Page) =>
    page
      .locator('.entities tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim()).join(' ')),
      );

  const asShown = ({ text, label, score, start, end }: Entity) =>
    `${text} ${label} ${percent(score)} ${start}–${end}`;

  async function expectTagged(page: Page, tagger: Tagger, text: string, language: string): Promise<void> {
    await page.getByLabel('Your text').fill(text);
    const expected = tagger.tag(text, { language }).map(asShown);
    await expect.poll(() => shown(page), { timeout: 20_000 }).toEqual(expected);
  }

  it.each([
    ['gl', 'Latin', 'Antón Toro Pazos casou de novo no Rosal. Chove en Santiago de Compostela.'],
    ['mr', 'Devanagari', 'सुनील ओझा पुणे येथे राहतात. इचलकरंजी नागरिक समितीने कच्छमध्ये झाडे लावली.'],
    ['ur', 'Arabic', 'فرحان مسیح لاہور میں رہتے ہیں۔ ڈاکٹر محسود نے کراچی میں علاج کیا۔'],
  ])('tags %s (%s) as Node does', async (language, script, text) => {
    const page = await open();
    await page.getByLabel('Language', { exact: true }).selectOption(language);
    const example = page.getByLabel('Your text');
    await expect.poll(() => example.getAttribute('lang')).toBe(language);
    expect(await example.evaluate((area) => getComputedStyle(area).direction)).toBe(
      language === 'ur' ? 'rtl' : 'ltr',
    );
    await expectTagged(page, bundled, text, language);
    await page.screenshot({ path: join(screenshots, `${script}.png`), fullPage: true });
  });

  it('shows the other taggings and the probability of each tag at each token', async () => {
    const page = await open();
    const tokens = ['Rosalía', 'vive', 'en', 'Lugo'];
    await expectTagged(page, bundled, tokens.join(' '), 'gl');
    const ranked = await page.locator('.alternatives .meter-number').allTextContents();
    const expected = bundled.kBest(tokens, 6, { language: 'gl' });
    expect(ranked).toEqual(expected.map(({ probability }) => percent(probability)));
    const rows = await page.locator('.marginals tbody tr').evaluateAll((all) =>
      all.map((row) => ({
        token: row.querySelector('th')!.textContent,
        best: row.querySelector('.best')!.getAttribute('title')!.split(' ')[1],
        sum: [...row.querySelectorAll('td')]
          .map((cell) => parseFloat(cell.getAttribute('aria-label')!.replace(/[<>]/, '')))
          .reduce((sum, share) => sum + share, 0),
      })),
    );
    expect(rows.map(({ token }) => token)).toEqual(tokens);
    expect(rows.map(({ best }) => best)).toEqual(expected[0].tags);
    for (const { sum } of rows) expect(sum).toBeCloseTo(100, -0.5);
  });

  it('trains on a dropped corpus, and the model that it gives to download is the one that Node trains', async () => {
    const corpus = (await sampleCorpus('gl', 'train')).slice(0, 60);
    const page = await open();
    await drop(panel(page, /^Train/), 'mine.bio', await asText(corpus));
    await page.getByText('60 sentences').waitFor();
    expect(
      await panel(page, /^Train/)
        .locator('summary')
        .textContent(),
    ).toContain('conll');
    await page.getByLabel('Iterations at most').fill('30');
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByText(/Done after 30 iterations/).waitFor({ timeout: 30_000 });
    const scores = await page.locator('.scores tbody tr').allTextContents();
    expect(scores.at(-1)).toMatch(/^all/);
    await page.screenshot({ path: join(screenshots, 'training.png'), fullPage: true });

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the model' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('mine-model.tar.gz');
    const files = unpack(readFileSync(await download.path()));
    const downloaded = LinearTagger.fromFiles(Object.fromEntries(files));
    const here = await LinearTagger.train(kFold(corpus, 5, 1)[0].train, {
      language: 'gl',
      params: { c1: 0.05, c2: 0.02, max_iterations: 30 },
    });
    const test = (await sampleCorpus('gl', 'test')).slice(0, 50);
    for (const { tokens } of test) expect(downloaded.predictTags(tokens)).toEqual(here.predictTags(tokens));

    await page.getByRole('button', { name: 'Tag with it' }).click();
    await page.locator('.facts').getByText('mine-model').waitFor();
    await expectTagged(page, downloaded, 'Antón Toro Pazos casou de novo no Rosal.', 'gl');
  });

  it('ends a training that is cancelled, and trains again', async () => {
    const page = await open();
    const corpus = await asText(await sampleCorpus('es', 'train'));
    await drop(panel(page, /^Train/), 'es.bio', corpus);
    await page.getByLabel('Iterations at most').fill('1000');
    await page.getByLabel('L1 penalty').fill('0');
    await page.getByLabel('L2 penalty').fill('0.000001');
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByText(/Iteration \d+ of at most 1,000/).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/Cancelled after \d+ iterations?/).waitFor();
    await page.getByLabel('Iterations at most').fill('2');
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByText(/Done after 2 iterations/).waitFor({ timeout: 30_000 });
  });

  it('can be used by the keyboard alone', async () => {
    const page = await open();
    const focused = () =>
      page.evaluate(() => document.activeElement!.textContent || document.activeElement!.id);
    const goTo = async (text: RegExp) => {
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab');
        if (text.test(await focused())) return;
      }
      throw new Error(`Tab does not lead to ${String(text)}`);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the text');
    await goTo(/Another example/);
    const before = await page.getByLabel('Your text').inputValue();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Your text').inputValue()).not.toBe(before);
    await goTo(/Take 100 sample sentences of Galician/);
    await page.keyboard.press('Enter');
    await page.getByText('100 sentences').waitFor();
    await goTo(/^Train$/);
    await page.keyboard.press('Enter');
    await page.getByText(/Done after/).waitFor({ timeout: 30_000 });
    await goTo(/Tag with it/);
    await page.keyboard.press('Enter');
    await page.locator('.facts').getByText('sample-gl-model').waitFor();
  });

  it('loads a linear model from its folder and a neural one from its files', async () => {
    const corpus = (await sampleCorpus('gl', 'train')).slice(0, 30);
    const linear = await LinearTagger.train(corpus, { language: 'gl', params: { max_iterations: 20 } });
    await saveTagger(linear, join(scratch, 'small'));
    const page = await open();
    await page.getByLabel('Choose the folder of a model').setInputFiles(join(scratch, 'small'));
    await page.locator('.facts').getByText('small').waitFor();
    await expectTagged(page, linear, 'Antón Toro Pazos vive en Lugo.', 'gl');

    await selectBackend();
    const network = { characters: { size: 16 }, words: { size: 16 }, sentence: { size: 16, layers: 1 } };
    const neural = await NeuralTagger.create(corpus, { language: 'gl', network });
    const files = Object.entries(neural.toFiles()).map(([name, bytes]) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    }));
    await page.getByLabel('Choose a model', { exact: true }).setInputFiles(files);
    await page.getByText('(neural CRF)').waitFor({ timeout: 20_000 });
    await page.getByLabel('Your text').fill('Lugo');
    await expect
      .poll(async () => (await page.locator('.alternatives .meter-number').allTextContents())[0])
      .toBe(percent(neural.kBest(['Lugo'], 1)[0].probability));
    neural.dispose();
  });

  it('says what is wrong with what is dropped, and keeps the model that it has', async () => {
    const page = await open();
    await drop(panel(page, 'Model'), 'config.json', '{"format":"other"}');
    await page.getByRole('alert').getByText('expected format "cognate-tagger", got "other"').waitFor();
    await drop(panel(page, 'Model'), 'notes.txt', 'hello');
    await page.getByRole('alert').getByText('expected a model: a folder with config.json').waitFor();
    await expectTagged(page, bundled, 'Antón Toro Pazos vive en Lugo.', 'gl');
    await drop(panel(page, /^Train/), 'notes.txt', 'just some words\non two lines\n');
    await panel(page, /^Train/)
      .getByRole('alert')
      .waitFor();
    expect(await page.getByRole('button', { name: 'Train' }).count()).toBe(0);
  });

  it('has nothing that axe objects to, in light colours and in dark ones', async () => {
    const page = await open();
    await page.getByRole('button', { name: /Take 100 sample/ }).click();
    await page.getByLabel('Iterations at most').fill('40');
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByText(/Done after/).waitFor({ timeout: 30_000 });
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(`axe.run().then(({ violations }) => violations.map(
        ({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join('; ')))`);
      expect(found, colorScheme).toEqual([]);
      await page.screenshot({ path: join(screenshots, `${colorScheme}.png`), fullPage: true });
    }
  });

  it('fits on a narrow screen', async () => {
    const page = await open({ viewport: { width: 360, height: 700 } });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await page.screenshot({ path: join(screenshots, 'narrow.png'), fullPage: true });
  });
});

const panel = (page: Page, name: string | RegExp): Locator => page.getByRole('region', { name, exact: true });

/** Drops a file on a panel's place for files. */
async function drop(where: Locator, name: string, content: string): Promise<void> {
  const dataTransfer = await where.page().evaluateHandle(
    ([file, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], file));
      return transfer;
    },
    [name, content],
  );
  await where.locator('.drop-zone').dispatchEvent('drop', { dataTransfer });
}

async function asText(sentences: readonly Sentence[]): Promise<string> {
  let text = '';
  for await (const piece of formatSentences(sentences)) text += piece;
  return text;
}

/** As the page writes a probability. */
function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Runs that are kept: a line of JSON each in `results/`, written as soon as a run is done, so that a long table can be made in several goes
 * and no test set is read twice for the same row.
 */
export class KeptRuns<Run extends object> {
  readonly runs: Run[];
  readonly #file: string;

  /** @param key tells runs apart: of two with the same key the later one counts */
  constructor(
    name: string,
    private readonly key: (run: Run) => string,
  ) {
    this.#file = `${folder}${name}.jsonl`;
    const lines = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n') : [];
    this.runs = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Run);
  }

  find(key: string): Run | undefined {
    return this.runs.filter((run) => this.key(run) === key).at(-1);
  }

  keep(run: Run): Run {
    const dated = { ...run, date: new Date().toISOString().slice(0, 10) };
    mkdirSync(folder, { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify(dated)}\n`);
    this.runs.push(dated);
    return dated;
  }
}

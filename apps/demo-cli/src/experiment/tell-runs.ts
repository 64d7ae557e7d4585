import { describeRun } from '@cognate/experiments';
import type { GridEvent } from '@cognate/experiments/node';
import { percent } from '../terminal/table.js';
import { createMonitor } from '../training/monitor.js';

/** Tells a person at the terminal how far a grid is: a bar, or a line for each run where stderr is no terminal. */
export function tellRuns(): { readonly onEvent: (event: GridEvent) => void; readonly stop: () => void } {
  const bar = createMonitor({ title: 'runs', onlyBar: true });
  const say = (line: string): void => {
    if (!process.stderr.isTTY) process.stderr.write(`${line}\n`);
  };
  const underWay = new Map<string, { name: string; share: number }>();
  let all = 0;
  let done = 0;
  const update = (): void => {
    const shares = [...underWay.values()];
    const words = shares.map(({ name, share }) => `${name} ${Math.round(100 * share)} %`).join('; ');
    const part = shares.reduce((sum, { share }) => sum + share, 0);
    bar.status({ done: Math.round(100 * (done + part)) / 100, total: all, words, milestone: false });
  };
  const onEvent = (event: GridEvent): void => {
    switch (event.type) {
      case 'plan':
        [all, done] = [event.runs, event.finished];
        say(`${event.runs} runs, ${event.finished} of them finished before`);
        for (const { line, problem } of event.faults)
          process.stderr.write(`runs.jsonl, line ${line}: left out: ${problem}\n`);
        break;
      case 'start':
        underWay.set(event.key, { name: describeRun(event.run), share: 0 });
        break;
      case 'progress':
        underWay.set(event.key, {
          name: describeRun(event.run),
          share: Math.min(1, event.done / event.total),
        });
        break;
      case 'end': {
        const { key, dev, test, trainSeconds } = event.record;
        underWay.delete(key);
        done++;
        const scores = `dev F1 ${percent(dev.scores.f1)}${test ? `, test F1 ${percent(test.scores.f1)}` : ''}`;
        say(`[${done}/${all}] ${describeRun(event.run)}: ${scores}, ${trainSeconds.toFixed(1)} s`);
        break;
      }
      case 'failure':
        underWay.delete(event.key);
        process.stderr.write(`failed: ${describeRun(event.run)}: ${event.error.message}\n`);
    }
    update();
  };
  return { onEvent, stop: () => bar.stop() };
}

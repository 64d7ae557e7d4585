import cliProgress from 'cli-progress';
import { duration } from '../terminal/duration.js';
import type { JsonLog } from './json-log.js';

/** How far a training is. */
export interface Status {
  readonly done: number;
  readonly total: number;
  /** As `epoch 3 of 8, loss 1.23`. */
  readonly words: string;
  /** Worth a line of its own where there is no bar. */
  readonly milestone: boolean;
  /** Of what the steps are where more follows: `of member 2 of 3`. The time left is that of it alone. */
  readonly part?: string | undefined;
}

/** Tells a person and a log how a training goes. */
export interface Monitor {
  /** One line of the log. */
  log(event: Readonly<Record<string, unknown>>): void;
  status(status: Status): void;
  /** Something that a person should know, at a terminal and elsewhere. */
  say(line: string): void;
  /** Takes the bar away. */
  stop(): void;
}

export interface MonitorOptions {
  /** Before the bar and the lines. */
  readonly title?: string | undefined;
  /** Only the log. */
  readonly quiet?: boolean | undefined;
  /** Where there is no terminal nothing is shown: for a work of several short trainings. */
  readonly onlyBar?: boolean | undefined;
  readonly log?: JsonLog | undefined;
}

/** Between milestones a line of its own says that the work goes on. */
const signOfLife = 30_000;

/** A bar with the time left where standard error is a terminal; plain lines elsewhere. */
export function createMonitor({ title = 'training', quiet, onlyBar, log }: MonitorOptions): Monitor {
  const logged = (event: Readonly<Record<string, unknown>>): void => log?.write(event);
  const silent = { log: logged, status: () => undefined, say: () => undefined, stop: () => undefined };
  if (quiet === true) return silent;
  if (process.stderr.isTTY) return { log: logged, ...bar(title) };
  return onlyBar === true ? silent : { log: logged, ...lines(title) };
}

function bar(title: string): Omit<Monitor, 'log'> {
  const view = new cliProgress.SingleBar(
    {
      format: `${title} {bar} {percentage}% | {words} | {left}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
      barsize: 20,
    },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  const left = timeLeft();
  return {
    status({ done, total, words, part }) {
      const fields = { words, left: inWords(left(done, total), part) };
      if (started) {
        view.setTotal(total);
        view.update(done, fields);
      } else {
        view.start(total, done, fields);
        started = true;
      }
    },
    say(line) {
      if (started) view.stop();
      process.stderr.write(`${line}\n`);
      started = false;
    },
    stop() {
      if (started) view.stop();
      started = false;
    },
  };
}

function lines(title: string): Omit<Monitor, 'log'> {
  let last = performance.now();
  const left = timeLeft();
  return {
    status({ done, total, words, milestone, part }) {
      const rest = left(done, total);
      const now = performance.now();
      if (!milestone && now - last < signOfLife) return;
      last = now;
      process.stderr.write(`${title}: ${words}${done < total ? `; at most ${inWords(rest, part)}` : ''}\n`);
    },
    say: (line) => void process.stderr.write(`${line}\n`),
    stop: () => undefined,
  };
}

const inWords = (rest: string, part: string | undefined): string =>
  `${rest} left${part === undefined ? '' : ` ${part}`}`;

/**
 * The time that the rest takes, if it goes on as it has since the first status. Where the count falls back, or there is another number to do, another work has
 * begun (the next member of an ensemble, the fine-tuning), of which the one before tells nothing.
 */
export function timeLeft(
  now: () => number = () => performance.now(),
): (done: number, total: number) => string {
  let first = { done: 0, total: 0, time: 0 };
  let last = 0;
  return (done, total) => {
    if (total !== first.total || done < last) first = { done, total, time: now() };
    last = done;
    const made = done - first.done;
    return made <= 0 ? '?' : duration(((now() - first.time) / 1000 / made) * (total - done));
  };
}

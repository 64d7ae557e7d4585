import cliProgress from 'cli-progress';

/** Tells a person how far long work is. Silent where stderr is no terminal, so that logs stay clean. */
export interface Progress {
  /** `done` of `total` units, with a few words on where the work stands. */
  update(done: number, total: number, words: string): void;
  stop(): void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };

export function progress(title: string, enabled = process.stderr.isTTY): Progress {
  if (!enabled) return silent;
  const bar = new cliProgress.SingleBar(
    {
      format: `${title} {bar} {words}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 24,
    },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  return {
    update(done, total, words) {
      if (started) {
        bar.setTotal(total);
        bar.update(done, { words });
      } else {
        bar.start(total, done, { words });
        started = true;
      }
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

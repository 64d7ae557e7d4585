import { describe, expect, it } from 'vitest';
import { breather } from '../../src/linear/breathe.js';
import { rejection } from './helpers.js';

/** Holds the thread for longer than a loop may. */
function hold(): void {
  const since = performance.now();
  while (performance.now() - since < 60);
}

describe('breather', () => {
  it('lets another task run once the thread was held, and not again at once', async () => {
    const breathe = breather(undefined);
    hold();
    let ran = false;
    setTimeout(() => (ran = true), 0);
    await breathe();
    // A timer that is due and the pause may come in either order; after two pauses it has run.
    hold();
    await breathe();
    expect(ran).toBe(true);
    expect(breathe()).toBeUndefined();
  });

  it('rejects with the reason of an abort before or during the pause', async () => {
    const reason = new Error('enough');
    const before = breather(AbortSignal.abort(reason));
    hold();
    expect(await rejection(Promise.resolve(before()))).toBe(reason);
    const controller = new AbortController();
    const during = breather(controller.signal);
    hold();
    const pause = during();
    controller.abort(reason);
    expect(await rejection(Promise.resolve(pause))).toBe(reason);
  });

  it('finds a way in a host that has only channels, or only timers', async () => {
    const { setImmediate, MessageChannel } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'setImmediate');
      const byChannel = breather(undefined);
      hold();
      await byChannel();
      Reflect.deleteProperty(globalThis, 'MessageChannel');
      const byTimer = breather(undefined);
      hold();
      await byTimer();
      expect(byTimer()).toBeUndefined();
    } finally {
      Object.assign(globalThis, { setImmediate, MessageChannel });
    }
  });
});

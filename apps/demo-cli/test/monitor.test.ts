import { expect, test } from 'vitest';
import { timeLeft } from '../src/training/monitor.js';

test('the time left of a member is told by its own steps', () => {
  let time = 0;
  const left = timeLeft(() => time * 1000);
  const after = (seconds: number, done: number, total: number): string => {
    time += seconds;
    return left(done, total);
  };
  // Went on from a checkpoint.
  expect(after(0, 90, 100)).toBe('?');
  expect(after(20, 95, 100)).toBe('20 s');
  expect(after(20, 100, 100)).toBe('0 s');
  // The next one has as many steps, and one after it others.
  expect(after(5, 10, 100)).toBe('?');
  expect(after(10, 20, 100)).toBe('1 min 20 s');
  expect(after(5, 30, 60)).toBe('?');
  expect(after(10, 40, 60)).toBe('20 s');
});

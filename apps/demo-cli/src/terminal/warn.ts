import { palette } from './colour.js';

/** Tells on standard error what a person should know although the work goes on. */
export const warn = (words: string): void => {
  process.stderr.write(`${palette(process.stderr).yellow('warning')}: ${words}\n`);
};

import { config } from 'zod';

/** The page's content security policy forbids code from strings: zod is to check by plain functions from the start. */
export function withoutEval(): void {
  config({ jitless: true });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drawArchitecture } from '../scripts/architecture-picture.mjs';
import { root } from './repository.js';

it('docs/architecture.svg is what node scripts/architecture-picture.mjs draws', () => {
  const committed = readFileSync(join(root, 'docs/architecture.svg'), 'utf8');
  expect(committed.replaceAll('\r\n', '\n')).toBe(drawArchitecture());
});

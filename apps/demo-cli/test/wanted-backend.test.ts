import { selectBackend } from '@cognate/nn';
import { expect, test } from 'vitest';
import { Failure } from '../src/failure.js';
import { wantedBackend } from '../src/training/wanted-backend.js';

test('a backend that was asked for is the one, or there is an error that says why not', async ({ skip }) => {
  expect((await wantedBackend('cpu')).backend).toBe('cpu');
  const { backend } = await selectBackend();
  expect((await wantedBackend(undefined)).backend).toBe(backend);
  if (backend === 'tensorflow') skip('tfjs-node is here: nothing that could be asked for is missing');
  await expect(wantedBackend('tensorflow')).rejects.toThrow(Failure);
  await expect(wantedBackend('tensorflow')).rejects.toThrow(
    /expected backend tensorflow, got none: .+; without --backend the fastest is taken, here wasm/u,
  );
});

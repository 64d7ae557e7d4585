import { selectBackend, type BackendChoice, type BackendName } from '@cognate/nn';
import { Failure } from '../failure.js';

/**
 * Sets the backend that was asked for, or the fastest.
 *
 * @throws Failure that says what was in the way of the one that was asked for: another would do the work at another speed, and not to the same bits
 */
export async function wantedBackend(wanted: BackendName | undefined): Promise<BackendChoice> {
  const choice = await selectBackend({ ...(wanted && { prefer: wanted }) });
  if (wanted === undefined || choice.backend === wanted) return choice;
  const reason = choice.rejected.find(({ backend }) => backend === wanted)?.reason ?? 'it does not work here';
  throw new Failure(
    `expected backend ${wanted}, got none: ${reason}; without --backend the fastest is taken, here ${choice.backend}`,
  );
}

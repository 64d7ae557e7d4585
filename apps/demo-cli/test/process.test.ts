import { describe, expect, test } from 'vitest';
import { spawnCognate } from './run.js';

describe('the program as a process', () => {
  test('help and version are no errors; a wrong call is 2; work that fails is 1', async () => {
    const [help, wrong, flag, failed] = await Promise.all([
      spawnCognate(['--help']),
      spawnCognate(['trian']),
      spawnCognate(['train', 'x.bio', '--out', 'm', '--c1', 'much']),
      spawnCognate(['tag', '--model', 'no-such-model']),
    ]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('cognate demo');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('Did you mean train?');
    expect(flag.code).toBe(2);
    expect(flag.stderr).toContain('expected a number of 0 or more');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(
      /^error: expected a model's config\.json in ".*no-such-model", got no such file\n$/,
    );
    expect(failed.stdout).toBe('');
  });
});

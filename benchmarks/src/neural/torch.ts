import { spawnSync } from 'node:child_process';

/** A Python that has PyTorch: COGNATE_PYTHON, or the first that does. Undefined where there is none. */
export function findTorch(): string | undefined {
  const own = process.env.COGNATE_PYTHON;
  const candidates = own === undefined ? ['python3', '/usr/bin/python3', 'python'] : [own];
  return candidates.find(
    (python) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCrfsuite } from './crfsuite.js';

/**
 * The program of peers/crfsuite-online.cc, compiled from the sources that npm `crfsuite` brings and with its own optimisation; wants
 * a C and a C++ compiler. Gives its path.
 */
export function buildCrfsuiteOnline(): string {
  loadCrfsuite();
  const peers = fileURLToPath(new URL('../peers/', import.meta.url));
  const root = join(peers, 'node_modules/crfsuite');
  const folder = join(peers, 'node_modules/.crfsuite-online');
  const source = join(peers, 'crfsuite-online.cc');
  const program = join(folder, 'crfsuite-online');
  if (existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs) return program;
  mkdirSync(folder, { recursive: true });
  const include = ['crfsuite/include', 'crfsuite/lib/cqdb/include', 'liblbfgs/include'].map(
    (part) => `-I${join(root, part)}`,
  );
  const sources = ['crfsuite/lib/crf/src', 'crfsuite/lib/cqdb/src', 'liblbfgs/lib'].flatMap((part) =>
    readdirSync(join(root, part))
      .filter((name) => name.endsWith('.c') && name !== 'main.c')
      .map((name) => join(root, part, name)),
  );
  execFileSync('cc', ['-O3', '-w', '-c', ...include, ...sources], { cwd: folder, stdio: 'inherit' });
  const objects = readdirSync(folder).filter((name) => name.endsWith('.o'));
  execFileSync('c++', ['-O3', '-w', ...include, source, ...objects, '-lm', '-o', program], {
    cwd: folder,
    stdio: 'inherit',
  });
  return program;
}

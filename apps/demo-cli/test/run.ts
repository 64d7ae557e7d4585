import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { createProgram } from '../src/program.js';
import { bundleProgram } from './bundle.js';

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process; errors come back as they are thrown. */
export async function cognate(...args: string[]): Promise<Output> {
  const output = { stdout: '', stderr: '' };
  const { stdout, stderr } = process;
  const original = { stdout: stdout.write.bind(stdout), stderr: stderr.write.bind(stderr) };
  const catching = (name: 'stdout' | 'stderr') =>
    ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      output[name] += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
      const done = rest.find((item) => typeof item === 'function') as (() => void) | undefined;
      done?.();
      return true;
    }) as typeof process.stdout.write;
  stdout.write = catching('stdout');
  stderr.write = catching('stderr');
  try {
    const program = await createProgram();
    await program.parseAsync(['node', 'cognate', ...args]);
  } finally {
    stdout.write = original.stdout;
    stderr.write = original.stderr;
  }
  return output;
}

export interface Exit extends Output {
  readonly code: number | null;
}

let bundle: { readonly folder: string; readonly program: Promise<string> } | undefined;

afterAll(() => {
  if (bundle) rmSync(bundle.folder, { recursive: true });
});

/** The program, made of its sources for the tests of one file: what Node is to run. */
export function programFile(): Promise<string> {
  if (!bundle) {
    // Where it finds the packages that are not bundled.
    const place = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
    mkdirSync(place, { recursive: true });
    const folder = mkdtempSync(join(place, 'program-'));
    bundle = { folder, program: bundleProgram(folder) };
  }
  return bundle.program;
}

/** Starts the program as a process of its own. */
export async function startCognate(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ChildProcessWithoutNullStreams> {
  return spawn(process.execPath, [await programFile(), ...args], { env: { ...process.env, ...env } });
}

/** Runs the program as a process of its own, to its end. */
export async function spawnCognate(
  args: readonly string[],
  input = '',
  env: Record<string, string> = {},
): Promise<Exit> {
  const child = await startCognate(args, env);
  const exit = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (exit.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (exit.stderr += text));
  // A program that ends before it has read everything closes the pipe.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ ...exit, code });
    });
  });
}

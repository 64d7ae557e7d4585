// Runs a program of Node in a process of its own and prints its seconds and peak memory. Arguments: the program and its arguments.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const peak = join(tmpdir(), `cognate-bench-peak-${process.pid}.txt`);
const hook = `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`;
const preload = `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(pathToFileURL(peak).href)}); ${hook}`)}`;
const started = performance.now();
const child = spawn(process.execPath, ['--import', preload, ...process.argv.slice(2)], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
const seconds = (performance.now() - started) / 1000;
if (code !== 0) throw new Error(`exit code ${code}`);
console.log(JSON.stringify({ seconds, programPeakKb: Number(readFileSync(peak, 'utf8')) }));
rmSync(peak);

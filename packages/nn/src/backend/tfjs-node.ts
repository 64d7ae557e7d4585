import { nodeProcess } from './host.js';

const NAME = '@tensorflow/tfjs-node';

/** What is used of Node's own modules. */
interface ModuleModule {
  createRequire: (from: string) => (name: string) => unknown;
}
interface UtilModule {
  isNullOrUndefined?: (value: unknown) => boolean;
}

/**
 * Loads tfjs-node, which registers its backend. It is looked for in the folder that the environment variable COGNATE_TFJS_NODE
 * names, or else where this package finds its dependencies. Throws an Error that says what is in the way. The folder can
 * be there without the native addon, if the install script could not download it.
 */
export async function loadTfjsNode(): Promise<void> {
  const process = nodeProcess();
  if (!process) throw new Error('it needs Node');
  // Node 23 has removed a function that it calls.
  const util = process.getBuiltinModule?.('node:util') as UtilModule | undefined;
  if (util) util.isNullOrUndefined ??= (value) => value === undefined || value === null;

  const folder = process.env.COGNATE_TFJS_NODE ?? '';
  await quietly(process.env, async () => {
    try {
      if (folder === '') {
        // No bundler is to look for it: it may not be there.
        const name = NAME;
        await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
      } else {
        const modules = process.getBuiltinModule?.('node:module') as ModuleModule | undefined;
        if (!modules) throw new Error('COGNATE_TFJS_NODE wants Node 20.16 or newer');
        modules.createRequire(`${folder}/package.json`)('./');
      }
    } catch (cause) {
      throw new Error(explain(folder, cause), { cause });
    }
  });
}

function explain(folder: string, cause: unknown): string {
  const [message] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  const notFound = /^(cannot find|failed to (load|resolve))/i.test(message);
  if (folder === '') {
    return notFound && message.includes(NAME)
      ? `${NAME} is not installed`
      : `${NAME} does not load: ${message}`;
  }
  const what = `COGNATE_TFJS_NODE=${folder}`;
  return notFound && message.includes("'./'")
    ? `${what}: there is no package in that folder`
    : `${what} does not load: ${message}`;
}

/** Without TensorFlow's notices about the processor. */
async function quietly(env: Record<string, string | undefined>, use: () => Promise<void>): Promise<void> {
  const level = env.TF_CPP_MIN_LOG_LEVEL;
  env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    await use();
  } finally {
    if (level === undefined) delete env.TF_CPP_MIN_LOG_LEVEL;
  }
}

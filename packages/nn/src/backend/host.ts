/** What is used of Node's `process`. By its place among the globals, so that browsers, and their bundlers, see nothing of Node. */
interface NodeProcess {
  readonly versions: { readonly node?: string };
  readonly env: Record<string, string | undefined>;
  /** From Node 20.16 on. */
  getBuiltinModule?(name: string): unknown;
}

/** Node's `process`, or undefined in a browser. */
export function nodeProcess(): NodeProcess | undefined {
  const { process } = globalThis as { process?: Partial<NodeProcess> };
  return process?.versions?.node === undefined ? undefined : (process as NodeProcess);
}

import type { SafeTensor } from '@cognate/nn';
import { z } from 'zod';
import { ModelFormatError } from '../errors.js';
import type { Inventory } from './inventory.js';

/** The inventory's tensors in a model's file begin with this; no parameter does. */
const prefix = 'inventory.';

const namesSchema = z.strictObject({
  alphabet: z.string(),
  words: z.array(z.array(z.string())),
  shapes: z.array(z.string()),
  attributes: z.array(z.string()),
});

/** The inventory as tensors: lists of names are JSON in UTF-8. */
export function inventoryTensors({ singletons, ...names }: Inventory): [string, SafeTensor][] {
  const bytes = (name: string, data: Uint8Array): [string, SafeTensor] => [
    `${prefix}${name}`,
    { dtype: 'U8', shape: [data.length], data },
  ];
  return [bytes('names', new TextEncoder().encode(JSON.stringify(names))), bytes('singletons', singletons)];
}

/** Takes the inventory out of a file's tensors; what remains are parameters. @throws ModelFormatError */
export function takeInventory(tensors: Map<string, SafeTensor>): Inventory {
  const take = (name: string): Uint8Array => {
    const tensor = tensors.get(prefix + name);
    tensors.delete(prefix + name);
    if (tensor?.dtype === 'U8') return tensor.data;
    throw new ModelFormatError(
      `expected a tensor "${prefix}${name}" of bytes, got ${tensor ? `one of ${tensor.dtype}` : 'none'}`,
    );
  };
  const text = take('names');
  const singletons = take('singletons');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (error) {
    throw new ModelFormatError(
      `tensor "${prefix}names": expected JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  const names = namesSchema.safeParse(json);
  if (!names.success) {
    const [issue] = names.error.issues;
    throw new ModelFormatError(
      `tensor "${prefix}names": ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`,
    );
  }
  const count = names.data.words.reduce((sum, group) => sum + group.length, 0);
  if (singletons.length !== count)
    throw new ModelFormatError(
      `tensor "${prefix}singletons": expected a byte for each of ${count} words, got ${singletons.length}`,
    );
  return { ...names.data, singletons };
}

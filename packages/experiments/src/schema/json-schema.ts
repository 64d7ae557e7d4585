/** What of a JSON Schema tells which fields there are. */
export interface SchemaNode {
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[] | undefined;
  readonly oneOf?: readonly unknown[] | undefined;
}

/**
 * The names that an object at this place may have. Where there are alternatives it is those whose constants (`kind: lstm`) the object has, or all of
 * them.
 */
export function fieldsAt(schema: unknown, path: readonly (string | number)[], value: unknown): string[] {
  const nodes = nodesAt(schema, path, value);
  return [...new Set(nodes.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

/** The places of all fields of a name, as `training.epochs`, outside of alternatives that the value has not chosen. */
export function placesOf(schema: unknown, name: string, value: unknown, before = ''): string[] {
  const sure = alternatives(schema, value).filter((node) => !isVariant(node) || hasConstants(node, value));
  return sure.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([key, child]) => {
      const place = `${before}${key}`;
      return [...(key === name ? [place] : []), ...placesOf(child, name, fieldOf(value, key), `${place}.`)];
    }),
  );
}

function nodesAt(schema: unknown, path: readonly (string | number)[], value: unknown): SchemaNode[] {
  const nodes = alternatives(schema, value);
  if (path.length === 0) return nodes;
  const [key, ...rest] = path;
  return nodes.flatMap(({ properties = {}, additionalProperties, items }) => {
    const child =
      typeof key === 'number'
        ? items
        : Object.hasOwn(properties, key)
          ? properties[key]
          : additionalProperties;
    return isNode(child) ? nodesAt(child, rest, fieldOf(value, key)) : [];
  });
}

function alternatives(schema: unknown, value: unknown): SchemaNode[] {
  if (!isNode(schema)) return [];
  const children = schema.anyOf ?? schema.oneOf;
  if (!children) return [schema];
  const nodes = children.flatMap((child) => alternatives(child, value));
  const meant = nodes.filter((node) => hasConstants(node, value));
  return meant.length > 0 ? meant : nodes;
}

const constantsOf = ({ properties = {} }: SchemaNode): [string, SchemaNode][] =>
  Object.entries(properties).filter(([, child]) => child.const !== undefined);

const isVariant = (node: SchemaNode): boolean => constantsOf(node).length > 0;

const hasConstants = (node: SchemaNode, value: unknown): boolean =>
  isVariant(node) && constantsOf(node).every(([name, child]) => fieldOf(value, name) === child.const);

const isNode = (value: unknown): value is SchemaNode => typeof value === 'object' && value !== null;

/** The own field of an object or the entry of a list, if there is one. */
export const fieldOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editorSchemas } from '../src/config/editor-schemas.js';
import { shippedConfigs } from '../src/shipped.js';

const folder = new URL('../schema/', import.meta.url);
const shipped = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const validator = (name: string): ValidateFunction =>
  new Ajv({ strict: false, allErrors: true }).compile(shipped(name) as object);

test('the schemas that come with the program are up to date: pnpm --filter @cognate/cli schemas', () => {
  expect(readdirSync(folder).sort()).toEqual(['project.json', 'recipe.json']);
  for (const [name, schema] of Object.entries(editorSchemas()))
    expect(shipped(name)).toEqual(JSON.parse(JSON.stringify(schema)));
});

describe('another program than ours finds', () => {
  test.each(shippedConfigs())('the recipe %s in order, and its schema named in its first line', (name) => {
    const text = readFileSync(new URL(`../configs/${name}.yaml`, import.meta.url), 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schema/recipe.json');
    const valid = validator('recipe');
    expect([valid(parse(text)), valid.errors]).toEqual([true, null]);
  });

  const target = '{ language: gl, train: a.bio }';
  test.each([
    [true, `target: ${target}\noutput: m`],
    [
      true,
      `target: ${target}\noutput: m\nrecipe: fast\nseeds: [1, 2]\nread: { map: { GPE: LOC, EVENT: null } }`,
    ],
    [true, `target: ${target}\noutput: m\nrecipe: { extends: fast, training: { epochs: 3 } }`],
    [true, `target: ${target}\noutput: m\nrecipe: { model: linear, params: { c1: 0 } }`],
    [false, `target: ${target}`],
    [false, `target: ${target}\noutput: m\nrecipe: { training: { epochs: 3 } }`],
    [false, `target: ${target}\noutput: m\nrecipe: { extends: fast, training: { epoch: 3 } }`],
    [false, `target: ${target}\noutput: m\nsources: [{ language: es }]`],
    [false, `target: ${target}\noutput: m\nseeds: []`],
  ])('%s: %j', (expected, text) => {
    expect(validator('project')(parse(text))).toBe(expected);
  });
});

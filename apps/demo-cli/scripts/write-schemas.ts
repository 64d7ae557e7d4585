// Writes the JSON Schemas that come with the program; to be run when a field of a project or a recipe changes.
//   pnpm --filter @cognate/cli schemas
import { writeFileSync } from 'node:fs';
import { editorSchemas } from '../src/config/editor-schemas.js';

for (const [name, schema] of Object.entries(editorSchemas())) {
  writeFileSync(
    new URL(`../schema/${name}.json`, import.meta.url),
    `${JSON.stringify(schema, undefined, 2)}\n`,
  );
}

// What `pnpm pack` and `pnpm publish` leave out of a published manifest: the condition that points the workspace at its
// own sources (which are not published), and what only development needs.
const withoutSource = (entry) =>
  entry === null || typeof entry !== 'object'
    ? entry
    : Object.fromEntries(
        Object.entries(entry)
          .filter(([condition]) => condition !== '@cognate/source')
          .map(([condition, target]) => [condition, withoutSource(target)]),
      );

function beforePacking(manifest) {
  delete manifest.devDependencies;
  delete manifest.scripts;
  if (manifest.exports !== undefined) manifest.exports = withoutSource(manifest.exports);
  return manifest;
}

module.exports = { hooks: { beforePacking } };

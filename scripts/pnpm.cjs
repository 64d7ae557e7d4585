// The pinned pnpm, on a machine that may have Node and npm only. As a program: `node scripts/pnpm.cjs ARGUMENTS`.
// Plain syntax: any Node can read it.
var childProcess = require('child_process');
var fs = require('fs');
var path = require('path');

var root = path.resolve(__dirname, '..');
var packageManager = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).packageManager;

/**
 * The program to start and its first arguments. npm's npx and pnpm are scripts of Node's own: started as such, without
 * a shell, they get their arguments unchanged on every system.
 */
function pnpmCommand() {
  // Whichever of npm and pnpm runs this script says here where it is.
  var runner = process.env.npm_execpath || '';
  if (/^pnpm\.c?js$/.test(path.basename(runner))) {
    return { program: process.execPath, first: [runner], shell: false };
  }
  var folder = path.dirname(process.execPath);
  var npx = [
    path.join(path.dirname(runner), 'npx-cli.js'),
    path.join(folder, 'node_modules/npm/bin/npx-cli.js'),
    path.join(folder, '../lib/node_modules/npm/bin/npx-cli.js'),
  ].filter(function (file) {
    return path.isAbsolute(file) && fs.existsSync(file);
  });
  if (npx.length > 0) {
    return { program: process.execPath, first: [npx[0], '-y', packageManager], shell: false };
  }
  // On Windows npx is a .cmd file, which only a shell starts.
  return { program: 'npx', first: ['-y', packageManager], shell: process.platform === 'win32' };
}

module.exports = { root: root, pnpmCommand: pnpmCommand };

if (require.main === module) {
  var command = pnpmCommand();
  var result = childProcess.spawnSync(command.program, command.first.concat(process.argv.slice(2)), {
    stdio: 'inherit',
    shell: command.shell,
  });
  if (result.error) process.stderr.write(result.error.message + '\n');
  process.exit(result.status === null ? 1 : result.status);
}

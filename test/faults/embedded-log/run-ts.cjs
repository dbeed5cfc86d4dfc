/**
 * Runs a TypeScript file of this repository in plain node: `node run-ts.cjs child.ts …`. A test that kills or crashes a
 * process needs one of its own, and there is nothing compiled where tests run.
 */
const { existsSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { transformFileSync } = require('@swc/core');

const root = resolve(__dirname, '../../..');
const { jsc, module: target } = require(join(root, 'package.json')).jest.transform['^.+\\.(ts|[cm]?js)$'][1];

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const library = /^#libs\/([^/]+)$/.exec(request);
  if (library) return join(root, 'libs', library[1], 'src', 'index.ts');
  if (/^\.{1,2}\/.*\.js$/.test(request)) {
    const source = resolve(dirname(parent.filename), request).replace(/\.js$/, '.ts');
    if (existsSync(source)) return source;
  }
  return resolveFilename.call(this, request, parent, ...rest);
};
require.extensions['.ts'] = (module, file) => {
  module._compile(transformFileSync(file, { jsc, module: target, swcrc: false, sourceMaps: false }).code, file);
};

const [program, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], resolve(program), ...rest];
require(process.argv[1]);

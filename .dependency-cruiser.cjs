/** Who may import whom (docs/ARCHITECTURE.md). Each comment says what to do instead. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Move what both need into a third file.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      comment: 'The kernel is the bottom: move what needs more to the library that has it.',
      from: { path: '^libs/kernel/src' },
      to: { path: '^(libs/(?!kernel)|apps/)' },
    },
    {
      name: 'law-imports-kernel',
      severity: 'error',
      comment: 'law is data and arithmetic: systems call it, it calls nobody.',
      from: { path: '^libs/law/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs/(?!kernel|law)|apps/)' },
    },
    {
      name: 'platform-knows-no-system',
      severity: 'error',
      comment: 'Pass what platform needs of a system in through its module.',
      from: { path: '^libs/platform/src' },
      to: { path: '^(libs/(?!kernel|law|proof|platform)|apps/)' },
    },
    {
      name: 'a-system-imports-no-system',
      severity: 'error',
      comment:
        'What crosses systems belongs in libs/reactions or libs/overviews. organs is read by all through its register.',
      from: { path: '^libs/(?!kernel|law|proof|platform|testing|reactions|overviews)([^/]+)/src' },
      to: { path: '^libs/(?!kernel|law|proof|platform|organs|testing|$1)[^/]+/src' },
    },
    {
      name: 'a-reaction-is-pure',
      severity: 'error',
      comment: 'A reaction knows facts and commands of systems; what runs it is in libs/platform.',
      from: { path: '^libs/reactions/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs/(platform|testing)|apps/)' },
    },
    {
      name: 'product-imports-no-test',
      severity: 'error',
      comment: 'Test helpers stay in libs/testing and test/.',
      from: { path: '^(apps|libs)/', pathNot: '(\\.spec\\.ts$|^libs/testing)' },
      to: { path: '^(test|libs/testing)/' },
    },
    {
      name: 'libs-import-no-app',
      severity: 'error',
      comment: 'Apps are wired from libraries, never the other way.',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-unlisted-packages',
      severity: 'error',
      comment: 'List the package in package.json with a fixed version.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};

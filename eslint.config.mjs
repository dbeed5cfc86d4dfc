import tseslint from 'typescript-eslint';

/** What a file may import, and what it must not look at. Each message says what to do instead. */
const PURE = [
  {
    selector: [
      "NewExpression[callee.name='Date']",
      "CallExpression[callee.name='Date']",
      "MemberExpression[object.name='Date'][property.name=/^(now|parse|UTC)$/]",
      "MemberExpression[object.name='Math'][property.name='random']",
      "MemberExpression[object.name='Intl']",
      'Identifier[name=/^(randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues|performance|setTimeout|setInterval|setImmediate|queueMicrotask|fetch|process)$/]',
    ].join(', '),
    message: 'Time, chance, ids and I/O come in through the context (design principle 5).',
  },
];

/**
 * A place's name in code is a branch on a place: what differs between places is pack data that names rule functions. So
 * no pack code, rule id or region stands in product code as a text, whatever is done with it.
 */
const PLACE_NEUTRAL = [
  {
    selector:
      'Literal[value=/^(XM|CQ|GZ|QZ|PW)([-@].*)?$/], TemplateElement[value.raw=/(^|[^A-Z])(XM|CQ|GZ|QZ|PW)-\\d/], Property[key.name=/^(XM|CQ|GZ|QZ|PW)$/], Literal[value=/^(3502|5000|5202|3308)\\d{0,2}$/]',
    message: 'No branch on a place: put what differs into the rule pack, by the name of a rule function.',
  },
];

/** Protected data leaves through one door. */
const ONE_DOOR = [
  { selector: "NewExpression[callee.name='Disclosed']", message: 'A protected body is made by disclose() only.' },
];

const restricted = (...patterns) => ['error', { patterns }];
const NO_FRAMEWORK = {
  regex:
    '^(@nestjs|@eventstore|fastify|pg$|lmdb|jose|node:(?!crypto$)|(fs|os|net|http|https|http2|tls|dns|path|child_process|worker_threads|timers|perf_hooks|process|crypto|stream|events|util)(/|$))',
  message:
    'A pure file sees no framework and no I/O: Nest belongs in *.controller.ts and *.module.ts, the rest in libs/platform.',
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'data/'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      complexity: ['error', 14],
      'no-restricted-syntax': ['error', ...PLACE_NEUTRAL, ...ONE_DOOR],
    },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: [
      'libs/{platform,testing}/**',
      '**/*.{controller,module,spec}.ts',
      'libs/kernel/src/{legal-date,instant}.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...PURE, ...PLACE_NEUTRAL] },
  },
  { files: ['libs/platform/src/http/disclosed.ts'], rules: { 'no-restricted-syntax': ['error', ...PLACE_NEUTRAL] } },
  {
    files: ['libs/kernel/src/**/*.ts'],
    rules: {
      'no-restricted-imports': restricted(NO_FRAMEWORK, {
        regex: '^#libs/',
        message: 'The kernel imports no other library of ours.',
      }),
    },
  },
  {
    files: ['libs/law/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': restricted(NO_FRAMEWORK, {
        regex: '^#libs/(?!kernel$)',
        message: 'law imports the kernel only.',
      }),
    },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: ['libs/{kernel,law,platform,testing,reactions}/**', '**/*.{controller,module,spec}.ts'],
    rules: {
      'no-restricted-imports': restricted(NO_FRAMEWORK, {
        regex: '^#libs/(?!(kernel|law|organs)$)',
        message: 'A system imports kernel, law and its own files; what crosses systems belongs in libs/reactions.',
      }),
    },
  },
  {
    files: ['libs/reactions/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': restricted(NO_FRAMEWORK, {
        regex: '^#libs/(platform|testing)$',
        message: 'A reaction is pure: facts in, a command out. libs/platform runs it.',
      }),
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'libs/testing/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  // Tests and the demo tell of one place's law, and say so.
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'libs/testing/**/*.ts', 'apps/demo/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['apps/cli/**/*.ts', 'test/{bench,cards,cluster,crash,simulation,demo,contract,powercut}/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);

/**
 * The house as law: which layer may import which, and through which door. A wrong import fails `npm test`
 * (tests/layers.test.ts proves that it does).
 */
import js from '@eslint/js'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import importX from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Every layer, the layers below it that it may use, and the packages it may never name. */
const LAYERS = {
  engine: { uses: [], only: [] },
  shared: { uses: ['engine'], only: ['valibot'] },
  lab: { uses: ['shared', 'engine'], never: ['electron', 'vue', 'pinia', 'chart.js', 'vue-i18n'] },
  main: { uses: ['lab', 'shared'], never: ['better-sqlite3', 'vue', 'pinia', 'chart.js'] },
  cli: { uses: ['lab', 'shared'], never: ['electron', 'better-sqlite3', 'vue', 'pinia', 'chart.js'] },
  preload: { uses: ['shared'], only: ['electron'] },
  renderer: { uses: ['shared', 'engine'], never: ['electron', 'better-sqlite3', 'node:*', 'iconv-lite'] },
}

/** Files of a layer that others may import: its door, and for `shared` its two rooms' doors. */
const DOORS = ['index.ts', 'ipc/index.ts']

const names = Object.keys(LAYERS)

const zones = names.flatMap((layer) =>
  names
    .filter((other) => other !== layer)
    .map((other) => ({
      target: `./src/${layer}`,
      from: `./src/${other}`,
      except: LAYERS[layer].uses.includes(other) ? DOORS : [],
      message: LAYERS[layer].uses.includes(other)
        ? `${layer} uses ${other} through its door, src/${other}/index.ts.`
        : `${layer} may not import ${other} (docs/architecture.md).`,
    })),
)

function packageRule({ only, never }) {
  if (only) {
    const allowed = only.map((name) => `(?!${name}$)`).join('')
    return [
      { regex: `^${allowed}[^.]`, message: `This layer may import no package${only.length ? ` but ${only}` : ''}.` },
    ]
  }
  return [{ group: never.flatMap((name) => [name, `${name}/*`]), message: 'This layer may not use that package.' }]
}

export default ts.config(
  {
    ignores: [
      'out/**',
      'tour/**',
      'test-results/**',
      'node_modules/**',
      'tests/**/fixtures/**',
      'src/engine/kernels/assembly/*.ts',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })] },
    languageOptions: { globals: globals.es2022 },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
    },
  },
  ...names.map((layer) => ({
    files: [`src/${layer}/**/*.{ts,vue}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: packageRule(LAYERS[layer]) }] },
  })),
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...packageRule(LAYERS.shared),
            {
              group: ['**/engine', '**/engine/*'],
              allowTypeImports: true,
              message: 'shared uses only types of engine.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/engine/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...[
          'exp',
          'expm1',
          'log',
          'log2',
          'log10',
          'log1p',
          'pow',
          'tanh',
          'sin',
          'cos',
          'tan',
          'cbrt',
          'hypot',
          'random',
        ].map((property) => ({
          object: 'Math',
          property,
          message: 'Differs between versions of V8: use engine/numerics.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'BinaryExpression[operator="**"]', message: '** is Math.pow: use engine/numerics.' },
      ],
    },
  },
  {
    files: ['scripts/**', 'tests/**', 'bench/**', '*.{js,ts}'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: globals.node },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Any Node may start these: Node 8 has to parse them.
    files: ['scripts/**/*.cjs'],
    ignores: ['scripts/engram/import-module.cjs', 'scripts/setup/import-file.cjs'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { caughtErrors: 'none' }],
      'no-restricted-syntax': [
        'error',
        ...[
          'ImportExpression',
          'ChainExpression',
          'LogicalExpression[operator="??"]',
          'AssignmentExpression[operator=/^(\\?\\?|\\|\\||&&)=$/]',
          'CatchClause[param=null]',
          'PrivateIdentifier',
          'PropertyDefinition',
          'ForOfStatement[await=true]',
        ].map((selector) => ({ selector, message: 'Node 8 does not know this syntax.' })),
      ],
    },
  },
  {
    files: ['src/renderer/**'],
    languageOptions: { globals: globals.browser },
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/one-component-per-file': 'off',
    },
  },
)

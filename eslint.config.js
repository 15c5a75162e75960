// House rules that a machine can hold: one-way arrows, no cycles, small files, exhaustive switches.
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

const ENGINE = './packages/engine/src';

export default tseslint.config(
  { ignores: ['extension-jupyter/lib/**', 'extension-jupyter/headwater_jupyterlab/**', '**/dist/**', '**/node_modules/**', '.venv/**', '.cache/**', 'bench/results/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      // The editor itself is this module.
      'import-x/core-modules': ['vscode'],
      'import-x/resolver-next': [createTypeScriptImportResolver({ conditionNames: ['@headwater/source', 'types', 'import', 'node', 'default'] })],
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      // A switch over a union is one decision.
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-params': ['error', 4],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'import-x/no-cycle': 'error',
      'import-x/no-extraneous-dependencies': ['error', { packageDir: ['.', './packages/protocol', './packages/engine', './packages/service', './packages/panels', './packages/cli', './extension-jupyter', './extension-vscode'] }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'import-x/no-restricted-paths': ['error', {
        zones: [
          { target: './packages/protocol', from: './packages/engine' },
          { target: './packages/protocol', from: './packages/cli' },
          { target: './packages/engine', from: ['./packages/cli', './packages/service'] },
          { target: './packages/service', from: './packages/cli' },
          // Editors speak to the engine, they never import it.
          { target: ['./packages/panels', './extension-jupyter', './extension-vscode'], from: ['./packages/engine', './packages/service', './packages/cli'] },
          // Deciding is pure: `run` and `notebook` know no disk, no process and no network.
          { target: `${ENGINE}/run`, from: ENGINE, except: ['./run'], message: 'run/ decides only: it imports nothing but the protocol.' },
          { target: `${ENGINE}/notebook`, from: ENGINE, except: ['./notebook'], message: 'notebook/ analyses text only.' },
          { target: `${ENGINE}/environment`, from: ENGINE, except: ['./environment'], message: 'environment/ makes interpreters; it knows no run.' },
          // Built-in stores and executors live under the rules of an outsider: the interface file and the protocol.
          { target: `${ENGINE}/store/disk`, from: ENGINE, except: ['./store/disk', './store/store.ts', './store/testing'] },
          { target: `${ENGINE}/store/s3`, from: ENGINE, except: ['./store/s3', './store/store.ts'] },
          { target: `${ENGINE}/execute/remote`, from: ENGINE, except: ['./execute/remote', './execute/executor.ts', './store/store.ts'] },
          { target: `${ENGINE}/execute/kubernetes`, from: ENGINE, except: ['./execute/kubernetes', './execute/remote', './execute/executor.ts', './store/store.ts'] },
          { target: `${ENGINE}/execute/batch`, from: ENGINE, except: ['./execute/batch', './execute/remote', './execute/executor.ts', './store/store.ts'] },
          { target: `${ENGINE}/execute/local`, from: ENGINE, except: ['./execute/local', './execute/executor.ts'] },
        ],
      }],
    },
  },
  {
    // The client's models are classes whose instances are written as literals: its own examples do nothing else.
    files: ['packages/engine/src/execute/kubernetes/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    // What a component shows under which condition is one picture.
    files: ['**/*.tsx'],
    rules: { complexity: ['error', { max: 24, variant: 'modified' }] },
  },
  {
    // Vitest and JupyterLab read a default export.
    files: ['vitest.config.ts', 'extension-jupyter/src/index.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);

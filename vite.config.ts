// Builds the pages of `ui/` into `dist/`, and says how the tests run.
import { resolve } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

const page = (name: string) => resolve(import.meta.dirname, 'ui', name, 'index.html')

const tests = ['**/*.test.ts', '**/*.test.tsx']
const notOurs = ['**/node_modules/**', 'dist/**', 'var/**', 'provisioning/toolchain/**']

/** These start benches, browsers and programs that are killed: each file has a process of its own. */
const onWires = [
  'kiosk/bench/**/*.test.ts',
  'kiosk/watchdog/joining.test.ts',
  'test/{benchmark,end-to-end,kills,postgres,power-cuts}/**/*.test.ts',
  'test/pages.test.ts',
  'test/console/pages*.test.ts',
]

/**
 * These change nothing that belongs to a whole process: the files of an area share a few, and what they import is loaded once
 * in each. An area is left with its processes, so that none of them grows for the length of a run.
 */
const areas = {
  'within themselves': [
    'domain/**/*.test.ts',
    'state-machines/**/*.test.ts',
    'drivers/{bank-terminal,note-acceptor,receipt-printer}/**/*.test.ts',
    'drivers/card-reader/simulated-*/**/*.test.ts',
  ],
  centre: ['{centre,server}/**/*.test.ts'],
  front: ['front/**/*.test.ts'],
  kiosk: ['kiosk/**/*.test.ts'],
  scenarios: ['test/**/*.test.ts'],
}

/** Every browser a kiosk runs in preloads modules by itself. */
const modulePreload: BuildOptions['modulePreload'] = {
  polyfill: false,
  // What a page begins with is named in it; what is fetched later brings along what it needs.
  resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
}

/** What is fetched later is words, pages and the encoder of the square code: none brings a style sheet to be fetched first. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) =>
    id.includes('vite/preload-helper')
      ? 'export const __vitePreload = (load) => load()'
      : undefined,
}

/**
 * The pages of the console and of the first setup are built after the others, into the same folder: built together, whatever
 * both import would be cut into files of its own, and a kiosk would fetch more and heavier ones (design.md 10).
 */
let outDir = ''
const builtApart = (apart: string): Plugin => ({
  name: `${apart}-apart`,
  apply: 'build',
  configResolved: (config) => {
    outDir = resolve(config.root, config.build.outDir)
  },
  closeBundle: async () => {
    await build({
      configFile: false,
      root: resolve(import.meta.dirname, 'ui'),
      // A page of the console may have any address: its files are named from the root.
      base: '/',
      logLevel: 'warn',
      plugins: [plainImports],
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2023',
        modulePreload,
        rolldownOptions: {
          input: { [apart]: page(apart) },
          // The kiosk has an `en.ts` too: nobody takes one for the other.
          output: { chunkFileNames: `assets/${apart}-[name]-[hash].js` },
        },
      },
    })
  },
})

export default defineConfig({
  root: 'ui',
  // The same files are served at `/` of the kiosk's screen server and of the bench.
  base: './',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload,
    rolldownOptions: { input: { kiosk: page('kiosk'), bench: page('bench') } },
  },
  plugins: [plainImports, builtApart('console'), builtApart('setup')],
  test: {
    root: import.meta.dirname,
    globalSetup: 'test/in-memory.ts',
    projects: [
      { extends: true, test: { name: 'on wires', include: onWires, exclude: notOurs } },
      ...Object.entries(areas).map(([name, include]) => ({
        extends: true as const,
        test: { name, include, exclude: [...notOurs, ...onWires], isolate: false },
      })),
      {
        extends: true,
        test: {
          name: 'apart',
          include: tests,
          exclude: [...notOurs, ...onWires, ...Object.values(areas).flat()],
        },
      },
    ],
    // A journal or a store waits for the disk; two cores are shared by everything.
    testTimeout: 60_000,
    // More than the two cores of a small machine: the longest tests wait for wires and people, not for the processor.
    maxWorkers: 5,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
  },
})

// Builds the pages of `ui/` into `dist/`, and says how the tests run.
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

const page = (name: string) => resolve(import.meta.dirname, 'ui', name, 'index.html')

const tests = ['**/*.test.ts', '**/*.test.tsx']
const notOurs = ['**/node_modules/**', 'dist/**', 'var/**', 'provisioning/toolchain/**']

/** These start benches, browsers and programs that are killed: each file has a process of its own. */
const onWires = [
  'kiosk/bench/**/*.test.ts',
  'test/{end-to-end,kills,power-cuts}/**/*.test.ts',
  'test/pages.test.ts',
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

export default defineConfig({
  root: 'ui',
  // The same files are served at `/` of the kiosk's screen server and of the bench.
  base: './',
  // A page of the console may have any address: its own files are named from the root.
  experimental: {
    renderBuiltUrl: (file, { hostId, hostType }) =>
      hostType === 'html' && hostId.endsWith('console/index.html') ? `/${file}` : undefined,
  },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // Every browser a kiosk runs in preloads modules by itself.
    modulePreload: {
      polyfill: false,
      // What a page begins with is named in it; what is fetched later brings along what it needs.
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    rolldownOptions: {
      input: { kiosk: page('kiosk'), bench: page('bench'), console: page('console') },
    },
  },
  // What is fetched later is words and the encoder of the square code: neither brings a style sheet to be fetched first.
  plugins: [
    {
      name: 'plain-imports',
      enforce: 'pre',
      load: (id) =>
        id.includes('vite/preload-helper')
          ? 'export const __vitePreload = (load) => load()'
          : undefined,
    },
  ],
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
    testTimeout: 20_000,
    // More than the two cores of a small machine: the longest tests wait for wires and people, not for the processor.
    maxWorkers: 4,
    hookTimeout: 30_000,
    sequence: { sequencer: LongestFirst },
  },
})

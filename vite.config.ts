// Builds the pages of `ui/` into `dist/`, and says how the tests run.
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

const page = (name: string) => resolve(import.meta.dirname, 'ui', name, 'index.html')

const tests = ['**/*.test.ts', '**/*.test.tsx']
const notOurs = ['**/node_modules/**', 'dist/**', 'var/**', 'provisioning/toolchain/**']

/** These touch nothing outside their own process: they share one, and what they import is loaded once. */
const withinThemselves = [
  'domain/**',
  'state-machines/**',
  'drivers/{bank-terminal,note-acceptor,receipt-printer}/**',
  'drivers/card-reader/simulated-*/**',
  'front/iso8583/**',
].map((folder) => `${folder}/*.test.ts`)

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
      {
        extends: true,
        test: {
          name: 'apart',
          include: tests,
          exclude: [...notOurs, ...withinThemselves],
        },
      },
      {
        extends: true,
        test: { name: 'together', include: withinThemselves, exclude: notOurs, isolate: false },
      },
    ],
    // A journal or a store waits for the disk; two cores are shared by everything.
    testTimeout: 20_000,
    // More than the two cores of a small machine: the longest tests wait for wires and people, not for the processor.
    maxWorkers: 3,
    hookTimeout: 30_000,
    sequence: { sequencer: LongestFirst },
  },
})

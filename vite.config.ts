// Builds the pages of `ui/` into `dist/`, and says how the tests run.
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const page = (name: string) => resolve(import.meta.dirname, 'ui', name, 'index.html')

export default defineConfig({
  root: 'ui',
  // The same files are served at `/` of the kiosk's screen server and of the bench.
  base: './',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // Every browser a kiosk runs in preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { kiosk: page('kiosk'), bench: page('bench') } },
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
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', 'dist/**', 'var/**', 'provisioning/toolchain/**'],
    // A journal or a store waits for the disk; two cores are shared by everything.
    testTimeout: 20_000,
    // More than the two cores of a small machine: the longest tests wait for wires and people, not for the processor.
    maxWorkers: 3,
    hookTimeout: 30_000,
  },
})

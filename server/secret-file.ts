// A file that only its owner reads, and that is whole or not there: written beside its place, synced, renamed, folder synced.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export const writeSecret = (path: string, text: string): void => {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true })
  const making = `${path}.new`
  const file = openSync(making, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(making, path)
  const directory = openSync(folder, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

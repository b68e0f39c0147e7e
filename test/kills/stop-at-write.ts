// Loaded into the kiosk's process before its own code (`node --import`): kills it at one call to the disk, exactly.
//
// The production code knows nothing of it. What is to be done stands in a file that is read at every call that changes
// something in the kiosk's data folder; the process ends by SIGKILL just before the call, or when it is done and nobody
// has been told.
import fs, { readFileSync, writeFileSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import { orderFile, seenFile, type Order, type Seen } from './orders.ts'

const folder = process.env['WATTPOINT_KILLS']

let counted: { order: string; calls: number } = { order: '', calls: 0 }

const orderNow = (within: string): Order | null => {
  try {
    return JSON.parse(readFileSync(orderFile(within), 'utf8')) as Order
  } catch {
    return null
  }
}

/** Nothing of this process happens any more. */
const end = (within: string, seen: Seen): never => {
  writeFileSync(seenFile(within), JSON.stringify(seen))
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
}

const through = async <Result>(what: string, call: () => Promise<Result>): Promise<Result> => {
  if (folder === undefined) return call()
  const order = orderNow(folder)
  if (order === null) return call()
  if (counted.order !== order.id) counted = { order: order.id, calls: 0 }
  const isIt = ++counted.calls === order.call
  const seen = { id: order.id, what, when: order.when }
  if (isIt && order.when === 'before') end(folder, seen)
  const result = await call()
  if (isIt) end(folder, seen)
  return result
}

/** The calls of a file handle by which something gets onto the disk. */
const watched = (file: FileHandle, name: string): FileHandle => {
  const write = file.write.bind(file)
  const writeFile = file.writeFile.bind(file)
  const datasync = file.datasync.bind(file)
  const sync = file.sync.bind(file)
  const truncate = file.truncate.bind(file)
  return Object.assign(file, {
    write: (...of: Parameters<typeof write>) => through(`write ${name}`, () => write(...of)),
    writeFile: (...of: Parameters<typeof writeFile>) =>
      through(`write ${name}`, () => writeFile(...of)),
    datasync: () => through(`datasync ${name}`, datasync),
    sync: () => through(`sync ${name}`, sync),
    truncate: (length?: number) => through(`truncate ${name}`, () => truncate(length)),
  })
}

const isOurs = (path: unknown): path is string =>
  typeof path === 'string' && /[\\/]kiosk[\\/]data([\\/]|$)/.test(path)

const { open, rename } = fs.promises
if (folder !== undefined) {
  fs.promises.open = async (...of: Parameters<typeof open>) => {
    const file = await open(...of)
    return isOurs(of[0]) ? watched(file, basename(of[0])) : file
  }
  fs.promises.rename = (from, to) =>
    isOurs(from) ? through(`rename ${basename(from)}`, () => rename(from, to)) : rename(from, to)
  syncBuiltinESMExports()
}

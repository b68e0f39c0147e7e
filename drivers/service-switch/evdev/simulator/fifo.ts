// A named pipe in the place of an input device: the kiosk opens it like one, and a plug can be pulled.
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

export type SwitchFifo = {
  say: (bytes: Uint8Array) => void
  plugged: () => boolean
  setPlugged: (plugged: boolean) => void
  close: () => void
}

/** Makes the pipe at `path` and plugs it in. Throws where the machine has no `mkfifo`. */
export const switchFifo = (path: string): SwitchFifo => {
  let end: number | null = null
  const remove = () => {
    if (existsSync(path)) unlinkSync(path)
  }
  const pushIn = () => {
    mkdirSync(dirname(path), { recursive: true })
    // One that a killed bench has left behind may be full of what nobody read.
    remove()
    const made = spawnSync('mkfifo', [path])
    if (made.status !== 0) throw new Error(`mkfifo could not make ${path}`)
    // Open for both ways, the pipe has somebody at its other end whoever reads: a reader never comes to its end.
    end = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  }
  const pullOut = () => {
    if (end !== null) closeSync(end)
    end = null
    remove()
  }
  pushIn()
  return {
    say: (bytes) => {
      if (end === null) return
      try {
        writeSync(end, bytes)
      } catch {
        // Full: nobody has read for long. What is said now is lost, as at a device that nobody has open.
      }
    },
    plugged: () => end !== null,
    setPlugged: (plugged) => {
      if (plugged === (end !== null)) return
      if (plugged) pushIn()
      else pullOut()
    },
    close: pullOut,
  }
}

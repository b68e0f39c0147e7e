// Opens an input device of Linux as a stream of bytes.
import { constants, open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pause, realClock } from '../../clock.ts'
import { eventBytes } from './codec.ts'

/** Between looks. A hand at a key does not notice; the kernel keeps 64 events and more meanwhile. */
const lookMs = 100

/**
 * Opens the device file (`/dev/kiosk/key`). Rejects with the system's error when it is not there. The stream closes when the
 * device is gone. A read that waits would hold one of the program's few threads and the end of the program with it, so the
 * file is opened not to block and looked at again and again.
 */
export const openInputDevice = async (path: string): Promise<Readable> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return Readable.from(bytesOf(file), { objectMode: false })
}

async function* bytesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const read = await readNow(file)
      if (read === 'gone') return
      if (read === 'nothing') await pause(realClock, lookMs)
      else yield read
    }
  } finally {
    await file.close()
  }
}

const readNow = async (file: FileHandle): Promise<Uint8Array | 'nothing' | 'gone'> => {
  const bytes = new Uint8Array(64 * eventBytes)
  try {
    const { bytesRead } = await file.read(bytes)
    return bytesRead === 0 ? 'gone' : bytes.subarray(0, bytesRead)
  } catch (error) {
    const waits = error instanceof Error && 'code' in error && error.code === 'EAGAIN'
    // ENODEV once it is unplugged; whatever else it is, the file is opened again.
    return waits ? 'nothing' : 'gone'
  }
}

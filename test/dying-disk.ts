// The real disk until one of its calls, and from there on none that works, as when the power goes.
import { realDisk, type Disk } from '../kiosk/disk.ts'

/** How much of the call that dies was done before. */
export type Leaves = 'nothing' | 'half' | 'all'

export const dyingDisk = ({ at, leaves }: { at: number; leaves: Leaves }) => {
  let calls = 0
  let mended = false
  const isAlive = () => mended || calls < at
  /** `half` is what is done of the call in which the power goes. */
  const through = async <Result>(
    whole: () => Promise<Result>,
    half: () => Promise<unknown> = async () => undefined,
  ): Promise<Result> => {
    calls++
    if (isAlive()) return whole()
    if (calls === at && leaves === 'half') await half()
    if (calls === at && leaves === 'all') await whole()
    throw new Error('the power went')
  }
  const disk: Disk = {
    ...realDisk,
    makeFolder: (folder) => through(() => realDisk.makeFolder(folder)),
    // Half of it: the new file is there beside the old one.
    replaceFile: (path, text) =>
      through(
        () => realDisk.replaceFile(path, text),
        () => realDisk.replaceFile(`${path}.new`, text.slice(0, text.length / 2)),
      ),
    openFile: async (path) => {
      await through(async () => undefined)
      const file = await realDisk.openFile(path)
      const write = file.write.bind(file)
      const datasync = file.datasync.bind(file)
      return Object.assign(file, {
        write: (bytes: Buffer, from: number, length: number) =>
          through(
            () => write(bytes, from, length, null),
            () => write(bytes, from, Math.floor(length / 2), null),
          ),
        datasync: () => through(datasync),
      })
    },
  }
  return {
    disk,
    isAlive,
    mend: () => {
      mended = true
    },
  }
}

// What a running system has to be told before and after its files are changed. A tree is told nothing.
import type { Run } from './running.ts'

/** A system that is mounted read-only is opened for the change and closed after it, whatever happens. */
export const whileWritable = async <T>(
  { root, run, isReadOnly }: { root: string; run: Run; isReadOnly: boolean },
  change: () => Promise<T>,
): Promise<T> => {
  if (root !== '/' || !isReadOnly) return change()
  await run(['mount', '-o', 'remount,rw', '/'], {})
  try {
    return await change()
  } finally {
    // Busy while a program that was replaced still runs: then the next start closes it, and the check says so until then.
    await run(['mount', '-o', 'remount,ro', '/'], {}).catch(() => undefined)
  }
}

/** Rejects with the words of the program that refused. */
export const takeEffect = async (run: Run, say: (line: string) => void): Promise<void> => {
  await run(['systemctl', 'daemon-reload'], {})
  await run(['udevadm', 'control', '--reload'], {})
  await run(['udevadm', 'trigger'], {})
  await run(['nft', '-f', '/etc/nftables.conf'], {})
  say('restart the machine: some of it takes effect only then')
}

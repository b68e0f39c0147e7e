// Whether the power cuts can run on this machine, and the rig started in name spaces of its own.
import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Installs what is missing. Null when the rig can run here, else the reason in a few words. */
export const whyNotHere = (): string | null => {
  const script = resolve('provisioning/power-cut-rig.sh')
  const ran = spawnSync('sh', [script], { encoding: 'utf8' })
  if (ran.status === 0) return null
  const said = ran.stderr.trim().split('\n').at(-1) ?? ''
  return said.replace(/^power cuts: /, '') || 'the rig cannot be prepared'
}

/**
 * Everything of the rig lives in name spaces of its own: when its first process ends, however it ends, the kernel ends
 * all others and takes away their mounts, and with the last mount goes its loop device. Then its files are removed.
 */
export const startRig = (args: readonly string[], stdio: StdioOptions): ChildProcess => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-rig-'))
  const rig = spawn(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      process.execPath,
      join(import.meta.dirname, 'inside.ts'),
      ...args,
    ],
    { stdio, env: { ...process.env, TMPDIR: folder } },
  )
  rig.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))
  return rig
}

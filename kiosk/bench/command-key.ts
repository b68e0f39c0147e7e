// The key that commands at the bench are signed with: made once, as the office makes its own.
import { existsSync } from 'node:fs'
import { makeCommandKey, openCommandKey } from '../../centre/fleet/commands/command-key.ts'
import type { CommandKey } from '../../domain/fleet/commands.ts'
import type { BenchPaths } from './folder.ts'

export const benchKid = 'bench'

/** What the kiosk knows of it. */
export const benchCommandKey = ({
  commandKey: file,
}: Pick<BenchPaths, 'commandKey'>): CommandKey => {
  if (!existsSync(file)) makeCommandKey(file)
  return openCommandKey({ kid: benchKid, file }).known
}

// What may be set on site, and is there again after a restart: the language customers are met in, and how loud it is.
import { Low } from 'lowdb'
import { z } from 'zod'
import { languages, type Language } from '../../domain/language.ts'
import { volumeAfter, type Setting } from '../../state-machines/servicing-context.ts'
import type { Disk } from '../disk.ts'
import { durableJson } from '../durable-json.ts'

export const usualVolume = 7
const mostVolume = 10

const Settings = z.object({
  /** Null: as the configuration says. */
  language: z.enum(languages).nullable(),
  volume: z.int().min(0).max(mostVolume),
})
export type Settings = z.infer<typeof Settings>

export type SettingsOptions = {
  path: string
  /** They were unreadable and were set aside: the configuration's hold again. */
  onUnreadable: (found: { problem: string; keptAside: string }) => void
  disk?: Disk | undefined
}

export type KeptSettings = {
  now: () => Settings
  /** Resolves when it is on disk. */
  save: (setting: Setting) => Promise<void>
}

/** Rejects when the disk cannot be read. */
export const openSettings = async (options: SettingsOptions): Promise<KeptSettings> => {
  const { path, onUnreadable, disk } = options
  const file = durableJson({ path, schema: Settings, onUnreadable, ...(disk && { disk }) })
  const settings = new Low<Settings>(file, { language: null, volume: usualVolume })
  await settings.read()
  return {
    now: () => settings.data,
    save: async (setting) => {
      settings.data = settingsAfter(settings.data, setting)
      await settings.write()
    },
  }
}

export const settingsAfter = (settings: Settings, setting: Setting): Settings =>
  setting.kind === 'language'
    ? { ...settings, language: setting.language }
    : { ...settings, volume: volumeAfter(settings.volume, setting.step) }

/** The language customers are met in. */
export const homeLanguage = (
  settings: Settings,
  config: { language: Language; languages: readonly Language[] },
): Language =>
  settings.language !== null && config.languages.includes(settings.language)
    ? settings.language
    : config.language

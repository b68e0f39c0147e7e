// What was answered so far, on the disk: a power cut in the middle of a set-up costs the question that was on the screen.
import { join } from 'node:path'
import { Low } from 'lowdb'
import { z } from 'zod'
import { languages } from '../../domain/language.ts'
import { Money } from '../../domain/schema.ts'
import {
  noAnswers,
  resumed,
  setupStages,
  type SetupAnswers,
} from '../../state-machines/setup-answers.ts'
import { setupQuestions } from '../../domain/setup/questions.ts'
import { KioskConfig } from '../config.ts'
import type { Disk } from '../disk.ts'
import { durableJson } from '../durable-json.ts'

const onLine = {
  line: z.string(),
  usb: z.union([z.object({ serial: z.string() }), z.object({ path: z.string() })]).nullable(),
}

const Answers: z.ZodType<SetupAnswers> = z.object({
  language: z.enum(languages).nullable(),
  at: z.enum(setupStages),
  texts: z.partialRecord(z.enum(setupQuestions), z.string()),
  enrolled: z.boolean(),
  pinHash: z.string().nullable(),
  devices: z.object({
    cardReader: z.object({ name: z.string() }).nullable(),
    noteAcceptor: z
      .object({ ...onLine, serial: z.string(), currency: z.string(), values: z.array(Money) })
      .nullable(),
    receiptPrinter: z.object({ ...onLine, model: z.string() }).nullable(),
    bankTerminal: z
      .object({ ...onLine, framing: z.enum(['serial', 'tcp']), terminalId: z.string() })
      .nullable(),
  }),
  slots: KioskConfig.shape.slots,
})

export type AnswersFile = {
  /** As they were when the program started. */
  begun: SetupAnswers
  /** In order, each on the disk when its promise resolves. */
  keep: (answers: SetupAnswers) => Promise<void>
}

/** Rejects when the disk cannot be read. */
export const openAnswers = async (of: {
  folder: string
  onUnreadable: (found: { problem: string; keptAside: string }) => void
  disk?: Disk | undefined
}): Promise<AnswersFile> => {
  const { folder, onUnreadable, disk } = of
  const path = join(folder, 'setup', 'answers.json')
  const file = durableJson({ path, schema: Answers, onUnreadable, ...(disk && { disk }) })
  const kept = new Low<SetupAnswers>(file, noAnswers)
  await kept.read()
  return {
    begun: resumed(kept.data),
    keep: async (answers) => {
      kept.data = answers
      await kept.write()
    },
  }
}

// The requests of the centre: done in one transaction each, which keeps the reply too.
import * as shared from '../server/once-only.ts'
import type { Store, Work } from './store.ts'

export type OnceOnly = shared.OnceOnly<Work>

export const onceOnly = ({ read, transact }: Store): OnceOnly =>
  shared.onceOnly<Work>({
    find: (request, work) =>
      (work ?? read)
        .selectFrom('requests')
        .select(['hash', 'reply'])
        .where('request', '=', request)
        .executeTakeFirst(),
    transact,
    keep: async (work, row) => {
      await work.insertInto('requests').values(row).execute()
    },
  })

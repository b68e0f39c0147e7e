// What the process that is to be killed is told, and what it says of its end: two files that both sides know.
import { join } from 'node:path'

/** The `call`-th call to the disk from the moment this order is there; counted from 1. */
export type Order = { id: string; call: number; when: 'before' | 'after' }
export type Seen = { id: string; what: string; when: Order['when'] }

export const orderFile = (folder: string): string => join(folder, 'kill-order.json')
export const seenFile = (folder: string): string => join(folder, 'kill-seen.json')

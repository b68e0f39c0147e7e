// Tasks on site: what to look at, where, and what was found there.
import { z } from 'zod'
import {
  fieldChecks,
  type FieldCheck,
  type FieldTask,
  type LossPattern,
} from '../../../domain/console/losses.ts'
import type { LossesReading } from '../../losses/losses-tables.ts'
import { whyOf } from './finding-rows.ts'

const Checks = z.array(z.enum(fieldChecks))

const mostTasks = 300

/** The one that is due first comes first; of answered ones the newest. */
export const tasksOf = async (
  read: LossesReading,
  which: { task: number } | { finding: number } | { state: 'open' | 'answered' },
): Promise<FieldTask[]> => {
  let query = read
    .selectFrom('loss_tasks')
    .innerJoin('loss_findings', 'loss_findings.finding', 'loss_tasks.finding')
    .leftJoin('customers', 'customers.customer', 'loss_findings.customer')
    .leftJoin('kiosks', 'kiosks.kiosk', 'loss_findings.kiosk')
    .leftJoin('areas', 'areas.area', 'loss_findings.area')
    .selectAll('loss_tasks')
    .select([
      'loss_findings.pattern',
      'loss_findings.customer',
      'loss_findings.meter',
      'loss_findings.kiosk',
      'loss_findings.person',
      'loss_findings.why',
      'customers.short_name as customerName',
      'customers.address',
      'kiosks.place as kioskPlace',
      'areas.name as areaName',
    ])
    .limit(mostTasks)
  if ('task' in which) query = query.where('loss_tasks.task', '=', which.task)
  else if ('finding' in which) query = query.where('loss_tasks.finding', '=', which.finding)
  else query = query.where('loss_tasks.result', which.state === 'open' ? 'is' : 'is not', null)
  const isAnswered = 'state' in which && which.state === 'answered'
  const rows = await query
    .orderBy(isAnswered ? 'loss_tasks.answered_at' : 'loss_tasks.due', isAnswered ? 'desc' : 'asc')
    .orderBy('loss_tasks.task', 'desc')
    .execute()
  return rows.map((row) => ({
    task: row.task,
    finding: row.finding,
    pattern: row.pattern,
    orderedAt: row.ordered_at,
    orderedBy: row.ordered_by,
    due: row.due,
    checks: Checks.parse(JSON.parse(row.checks)),
    note: row.note,
    place: row.address ?? row.kioskPlace,
    areaName: row.areaName,
    customer: row.customer,
    customerName: row.customerName,
    meter: row.meter,
    kiosk: row.kiosk,
    person: row.person,
    why: whyOf(row),
    answer:
      row.result === null || row.answered_at === null
        ? null
        : {
            result: row.result,
            reason: row.reason,
            note: row.result_note ?? '',
            at: row.answered_at,
            by: row.answered_by ?? '',
          },
  }))
}

/** What one looks at first, in the order in which one comes to it. */
export const checksFor: Record<LossPattern, readonly FieldCheck[]> = {
  'count too high': ['keep the meter', 'meter number', 'seals', 'read registers', 'second card'],
  'count gap': ['meter number', 'seals', 'read registers', 'second card'],
  'remaining more than bought': [
    'meter number',
    'seals',
    'covers',
    'read registers',
    'turns under load',
  ],
  'use more than bought': [
    'meter number',
    'seals',
    'read registers',
    'turns under load',
    'meter clock',
  ],
  'credited not sold': ['meter number', 'seals', 'read registers', 'second card'],
  'meter went back': ['meter number', 'meter clock', 'read registers', 'seals', 'keep the meter'],
  'meter touched': ['meter number', 'seals', 'covers', 'bypass', 'turns under load'],
  'card in two places': ['second card', 'card in meter', 'meter number'],
  'zero buyer': [
    'is it lived in',
    'meter number',
    'seals',
    'bypass',
    'turns under load',
    'other supply',
  ],
  'low buyer': [
    'is it lived in',
    'meter number',
    'seals',
    'bypass',
    'turns under load',
    'other supply',
  ],
  'unread purchase': ['is it lived in', 'meter number', 'card in meter', 'read registers'],
  'boxes short': ['count with two', 'box and seal', 'note acceptor'],
  'notes refused': ['note acceptor'],
}

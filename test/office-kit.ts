// The office beside the sample town, for tests: people of every role who ask, do, propose and approve on the very same books.
import { randomUUID } from 'node:crypto'
import { CentreConfig } from '../centre/config.ts'
import { approve } from '../centre/console/approvals.ts'
import type { AnyDeed, AnyQuestion, Doing, Looking, Told } from '../centre/console/asking.ts'
import { proposals } from '../centre/console/proposals.ts'
import { StaffName, type StaffMember, type StaffRole } from '../domain/console/staff.ts'
import type { CentreKit } from './centre-kit.ts'

type Shape = { asked: unknown; told: unknown }

export const officeOf = (kit: CentreKit) => {
  const config = CentreConfig.parse({
    dataFolder: 'var',
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy: kit.town.policy,
    log: 'silent',
  })
  const memberOf = (name: string, role: StaffRole): StaffMember => ({
    name: StaffName.parse(name),
    fullName: name,
    role,
  })
  const asking = (member: StaffMember) => ({
    now: kit.clock.now,
    member,
    session: member.name,
    config,
    means: { policy: kit.town.policy, random: kit.random },
  })
  const doing = <Value>(member: StaffMember, act: (doing: Doing) => Promise<Value>) =>
    kit.store().transact((work) => act({ ...asking(member), work }))
  const looking = (member: StaffMember): Looking => ({
    ...asking(member),
    read: kit.store().read,
  })
  const anna = memberOf('anna', 'accounts')
  const boris = memberOf('boris', 'accounts')
  const clara = memberOf('clara', 'administrator')

  /** As the frame does it, with what was asked read by the route's own schema. */
  const ask = <Of extends Shape>(
    question: AnyQuestion<Of>,
    asked: Of['asked'],
    member = anna,
  ): Promise<Told<Of['told']>> => {
    const read = question.read(asked)
    if (read.kind === 'wrong') throw read.error
    return read.value.tell(looking(member))
  }
  const perform = <Of extends Shape>(
    deed: AnyDeed<Of>,
    asked: Omit<Extract<Of['asked'], object>, 'deedId'>,
    member = anna,
  ): Promise<Told<Of['told']>> => {
    const read = deed.read({ deedId: randomUUID(), ...asked })
    if (read.kind === 'wrong') throw read.error
    return doing(member, read.value.carryOut)
  }
  return {
    anna,
    boris,
    clara,
    ask,
    perform,
    approve: (approval: string, member = boris) =>
      doing(member, (it) => approve(it, { approval, note: '' }, proposals)),
  }
}

/** What was told; a refusal fails the test with its sentence. */
export const toldBy = <Value>(told: Told<Value>): Value => {
  if (told.kind === 'refused') throw new Error(told.refusal.code)
  return told.told
}

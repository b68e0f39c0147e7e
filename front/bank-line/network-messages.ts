// The 0800 messages: what the front machine says to the host on its own behalf (domain.md 13.2, field 70).
import { pendingAction, type IsoMessage } from '../iso8583/message.ts'
import { businessDateField, networkCode, transmissionTime } from '../iso8583/values.ts'

export type NetworkMessage =
  | { code: Exclude<keyof typeof networkCode, 'cutOver'> }
  /** The business date, `YYYY-MM-DD`, that begins. */
  | { code: 'cutOver'; businessDate: string }

/** The front machine as the host knows it: a terminal of its own, so that its STANs meet nobody else's. */
export type FrontIdentity = { terminal: string; merchant: string }

export const networkMessage = (
  asked: NetworkMessage,
  { terminal, merchant }: FrontIdentity,
  { stan, nowMs }: { stan: number; nowMs: number },
): IsoMessage => ({
  mti: '0800',
  pendingAction: pendingAction.none,
  fields: {
    7: transmissionTime(nowMs),
    11: String(stan).padStart(6, '0'),
    ...(asked.code === 'cutOver' && { 15: businessDateField(asked.businessDate) }),
    41: terminal,
    42: merchant,
    70: networkCode[asked.code],
  },
})

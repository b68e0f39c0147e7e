// What the bench page knows: the panel as the bench last sent it, and where the person at the bench is looking.
import { computed, createModel, signal } from '@preact/signals'
import type { Act, BankCard, Panel, RackCard } from './panel.ts'

export const bankCards: BankCard[] = [
  'good',
  'wrong PIN once',
  'declined',
  'account empty',
  'PIN blocked',
  'cannot be read',
]

export type Group = 'all' | RackCard['look']

/** As long as a PIN may be. */
const mostPinDigits = 12

export const BenchModel = createModel(() => {
  const panel = signal<Panel | null>(null)
  const refused = signal<string | null>(null)
  const orientation = signal<'portrait' | 'landscape'>('portrait')
  const connected = signal(false)
  /** How often the kiosk has started: its screen is loaded anew each time. */
  const starts = signal(0)
  /** The card that was moved last: it is at hand, not somewhere in the rack. */
  const hand = signal<string | null>(null)
  /** The home whose meter is looked at; null until one was chosen. */
  const meter = signal<string | null>(null)
  const search = signal('')
  const group = signal<Group>('all')
  /** The bank card that was used last: it is the one that looks out of the terminal. */
  const bankCard = signal<BankCard>('good')
  /** What has been typed on the keys of the bank terminal. */
  const pin = signal('')
  /** The receipt held up to be read. */
  const reading = signal<string | null>(null)

  /** True when the bench has done it. */
  const act = async (wanted: Act): Promise<boolean> => {
    refused.value = null
    try {
      const answer = await fetch('/act', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wanted),
      })
      if (!answer.ok) refused.value = await answer.text()
      return answer.ok
    } catch {
      refused.value = 'The bench does not answer. Is `npm start` still running?'
      return false
    }
  }

  const cardOf = (id: string) => panel.value?.cards.find((card) => card.id === id)

  /** Takes a card from wherever it is into the hand. */
  const take = async (id: string): Promise<boolean> => {
    const card = cardOf(id)
    if (card === undefined) return false
    hand.value = id
    meter.value = card.meter ?? meter.value
    if (card.where === 'slot') return act({ type: 'card.take' })
    const home = panel.value?.meters.find((each) => each.card === id)
    return home === undefined || act({ type: 'meter.take', meter: home.number })
  }

  const hear = (next: Panel) => {
    if (next.programs.kiosk === 'running' && panel.value?.programs.kiosk !== 'running') {
      starts.value += 1
    }
    if (next.terminal.asks !== 'pin') pin.value = ''
    panel.value = next
    connected.value = true
  }

  return {
    panel: computed(() => panel.value),
    refused: computed(() => refused.value),
    orientation: computed(() => orientation.value),
    connected: computed(() => connected.value),
    starts: computed(() => starts.value),
    hand: computed(() => hand.value),
    meter: computed(() => meter.value),
    search: computed(() => search.value),
    group: computed(() => group.value),
    reading: computed(() => reading.value),
    bankCard: computed(() => bankCard.value),
    pin: computed(() => pin.value),
    act,
    take,
    intoKiosk: async (id: string) => {
      if (await take(id)) await act({ type: 'card.insert', card: id })
    },
    intoMeter: async (id: string, into: string) => {
      if (!(await take(id))) return
      meter.value = into
      await act({ type: 'meter.insert', card: id, meter: into })
    },
    present: async (card: BankCard, how: 'tap' | 'insert') => {
      if (await act({ type: 'bank-card.present', card, how })) bankCard.value = card
    },
    typeDigit: (digit: string) => {
      if (pin.value.length < mostPinDigits) pin.value += digit
    },
    enterPin: async () => {
      const typed = pin.value
      pin.value = ''
      await act({ type: 'terminal.pin', pin: typed })
    },
    lookAt: (home: string) => {
      meter.value = home
    },
    find: (words: string) => {
      search.value = words
    },
    show: (which: Group) => {
      group.value = which
    },
    read: (receipt: string | null) => {
      reading.value = receipt
    },
    turn: () => {
      orientation.value = orientation.value === 'portrait' ? 'landscape' : 'portrait'
    },
    hush: () => {
      refused.value = null
    },
    listen: () => {
      const source = new EventSource('/panel')
      source.addEventListener('message', ({ data }: MessageEvent<string>) => hear(JSON.parse(data)))
      source.addEventListener('error', () => {
        connected.value = false
      })
    },
  }
})
export type Bench = InstanceType<typeof BenchModel>

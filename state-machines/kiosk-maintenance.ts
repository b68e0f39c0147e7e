// The kiosk while people look after it: what still goes on is waited for, the maintenance mode runs, and the kiosk serves again.
import { assign } from 'xstate'
import { cast } from './kiosk-cast.ts'
import type { KioskContext } from './kiosk-context.ts'
import type { ServicingInput } from './servicing-context.ts'

/** Nobody is being served any more. What goes on by itself comes to its end, and begins nothing new. */
export const awaitingParties = cast.createStateConfig({
  entry: ['forgetCustomer', { type: 'bankHearsOfSale', params: { type: 'sale.begun' } }],
  always: [
    { guard: 'nobodyWantsService', target: '#kiosk.service.serviceOver' },
    { guard: 'nobodyHolds', target: '#kiosk.service.servicing' },
  ],
  after: { handshakePatience: '#kiosk.service.servicing' },
})

/** Somebody is at the maintenance mode, or about to say who they are. */
export const servicing = cast.createStateConfig({
  exit: 'serviceIsOver',
  invoke: {
    src: 'servicing',
    id: 'servicing',
    input: ({ context }) => servicingInput(context),
    onDone: [
      {
        guard: ({ event }) => event.output.next !== null,
        target: '#kiosk.service.doingMachineAct',
        actions: assign({ machineAct: ({ event }) => event.output.next }),
      },
      { target: '#kiosk.service.serviceOver' },
    ],
  },
  on: {
    'press.*': { actions: 'tellServicing' },
    'card.*': { actions: 'tellServicing' },
    'note.*': { actions: 'tellServicing' },
    'receipt.*': { actions: 'tellServicing' },
    'card-reader.*': { actions: 'tellServicing' },
    'note-acceptor.*': { actions: 'tellServicing' },
    'receipt-printer.*': { actions: 'tellServicing' },
    'bank-terminal.*': { actions: 'tellServicing' },
    'service-key.turned': { actions: 'tellServicing' },
    'kiosk.closed': {
      actions: [{ type: 'isClosed', params: ({ event }) => event }, 'tellServicing'],
    },
    'kiosk.opened': { actions: ['isOpened', 'tellServicing'] },
  },
})

/** What was chosen there is done to the machine. */
export const doingMachineAct = cast.createStateConfig({
  invoke: {
    src: 'machineAct',
    input: ({ context: { machineAct } }) => machineAct ?? 'restart screen',
    onDone: [
      { guard: 'onlyPageRestarts', target: '#kiosk.service.serviceOver' },
      { target: '#kiosk.service.restarting' },
    ],
    // It could not be begun; the kiosk goes on, and the diagnostic log says why.
    onError: '#kiosk.service.serviceOver',
  },
})

/** The program or the machine is about to stop: nobody begins anything any more. Where it does not, the kiosk serves again. */
export const restarting = cast.createStateConfig({
  after: { restartPatience: '#kiosk.service.serviceOver' },
})

/** What was kept from beginning may begin again. */
export const serviceOver = cast.createStateConfig({
  entry: [
    'forgetCustomer',
    assign({ cardFresh: false, machineAct: null }),
    { type: 'bankHearsOfSale', params: { type: 'sale.ended' } },
    'settleSales',
    'findPayments',
  ],
  always: '#kiosk.service.idle',
})

const servicingInput = (context: KioskContext): ServicingInput => {
  const {
    ids,
    serviceWanted,
    devices,
    card,
    devicesFitted,
    closed,
    boxOpen,
    machineActs,
    languages,
  } = context
  return {
    ids,
    by: serviceWanted?.by ?? 'key',
    number: serviceWanted?.number ?? null,
    devices: devicesFitted,
    states: devices,
    cardIn: card !== null,
    closed,
    machineActs,
    languages,
    exchangeOpen: boxOpen,
  }
}

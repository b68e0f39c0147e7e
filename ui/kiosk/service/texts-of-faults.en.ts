// English of every fault: its name in a few words, and what to do about it in one sentence.
import type { FaultTexts } from './texts.ts'

export const faultTexts: FaultTexts = {
  cardReader: {
    'no reader': {
      name: 'No card reader',
      todo: 'Check the cable of the card reader at both ends; if it stays away, change the reader.',
    },
    'no card service': {
      name: 'Card service not running',
      todo: 'It starts again by itself; if it does not within a minute, restart the kiosk.',
    },
  },
  noteAcceptor: {
    'not answering': {
      name: 'Note acceptor does not answer',
      todo: 'Check its power and its cable; if it stays silent, change the acceptor.',
    },
    'wrong unit': {
      name: 'Another note acceptor',
      todo: 'Put the enrolled acceptor back, or enrol the new one; report one that nobody here has changed.',
    },
    'cash box full': {
      name: 'Cash box full',
      todo: 'Exchange the cash box; the kiosk goes on selling for other payment until then.',
    },
    'cash box removed': {
      name: 'Cash box out',
      todo: 'Push the cash box in until it clicks; if you did not take it out, report it at once.',
    },
    jam: {
      name: 'Note jammed',
      todo: 'Open the note path, take out what is stuck, keep it with its time written on it, and close the path.',
    },
    'fraud attempt': {
      name: 'Attempt at fraud',
      todo: 'Look for strings and foreign parts in the note path, take a photograph, and report it.',
    },
    'path open': {
      name: 'Note path open',
      todo: 'Close the head of the acceptor until it clicks.',
    },
    'not trusted': {
      name: 'Acceptor has another key',
      todo: 'Have its fixed key checked, or commission the acceptor anew; no note is taken until then.',
    },
    broken: {
      name: 'Note acceptor broken',
      todo: 'Clean its sensors and switch it off and on; if the fault comes back, change the acceptor.',
    },
  },
  receiptPrinter: {
    'not answering': {
      name: 'Printer does not answer',
      todo: 'Check its power and its cable, and switch it off and on.',
    },
    'paper low': { name: 'Paper runs low', todo: 'Put a new roll in before this one ends.' },
    'paper out': {
      name: 'No paper',
      todo: 'Put a new roll in with its end over the head, and close the cover.',
    },
    'cover open': { name: 'Printer cover open', todo: 'Close the cover until it clicks.' },
    offline: { name: 'Printer switched offline', todo: 'Press the button on the printer once.' },
    cutter: {
      name: 'Cutter jammed',
      todo: 'Open the cover, take scraps of paper away from the knife, and close it again.',
    },
    'too hot': { name: 'Print head too hot', todo: 'Wait: it cools by itself in a few minutes.' },
    broken: {
      name: 'Printer broken',
      todo: 'Switch it off and on; if the fault comes back, change the printer.',
    },
  },
  bankTerminal: {
    'not answering': {
      name: 'Bank terminal does not answer',
      todo: 'Check its power and its cable, then switch it off and on; payments under way are looked for afterwards.',
    },
    'wrong terminal': {
      name: 'Another bank terminal',
      todo: 'Put the enrolled terminal back, or enrol the new one; report one that nobody here has changed.',
    },
    'not suitable': {
      name: 'Bank terminal set up wrongly',
      todo: 'Have its vending mode, currency and password set by whoever runs it for the bank.',
    },
    'not ready': {
      name: 'Bank terminal not ready',
      todo: 'The kiosk helps it by itself; if it is not ready in ten minutes, switch it off and on.',
    },
    'card left inside': {
      name: 'Card left in the bank terminal',
      todo: 'Take the card out and hand it over as lost property.',
    },
    'no connection': {
      name: 'Bank not reached',
      todo: 'Check the network of the terminal; it clears with the next payment the bank answers.',
    },
    'day not ended': {
      name: 'Day of the bank terminal not ended',
      todo: 'The kiosk ends it by itself; if it stays, end the day at the terminal.',
    },
    broken: {
      name: 'Bank terminal broken',
      todo: 'Switch it off and on and start a diagnosis; if the fault comes back, change the terminal.',
    },
  },
  journal: {
    'not written': {
      name: 'Journal cannot be written',
      todo: 'Do not delete anything: call the office with the reference on the screen, then change the disk.',
    },
  },
  disk: {
    full: {
      name: 'Disk full',
      todo: 'Check that the journal is uploaded, then have room made by the office; delete nothing yourself.',
    },
  },
  door: {
    'door open': {
      name: 'Door open',
      todo: 'Close the door of the cabinet and of the cash box; if nobody opened it, call the office.',
    },
  },
  serviceSwitch: {
    'not answering': {
      name: 'Maintenance key not heard',
      todo: 'Plug the key switch in again; if it stays, come in with the management card and change it.',
    },
  },
  centre: {
    away: {
      name: 'Centre not reached',
      todo: 'Check the network of the kiosk; if other kiosks are closed too, the office knows.',
    },
  },
}

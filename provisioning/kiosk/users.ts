// The four users of a kiosk, by name and number.
import type { DeclaredUser } from './declared.ts'

export const runtimeUser: DeclaredUser = {
  name: 'kiosk-rt',
  id: 480,
  groups: ['dialout'],
  why: 'the runtime: devices, journal, centre. The serial lines belong to dialout',
}

export const screenUser: DeclaredUser = {
  name: 'kiosk-ui',
  id: 481,
  groups: [],
  why: 'the screen: the compositor and the browser. It may not leave the machine',
}

export const updateUser: DeclaredUser = {
  name: 'kiosk-up',
  id: 482,
  groups: [],
  why: 'the updater: owns the releases, which the runtime cannot write',
}

export const checkUser: DeclaredUser = {
  name: 'kiosk-check',
  id: 483,
  groups: [],
  why: 'the drift check: reads every file and the firewall, writes its result',
}

// Which USB devices may be used: those of the kiosk, each in its port; never a keyboard that was left in.
import { expect, test } from 'vitest'
import { notesAdapter } from './a-machine.ts'
import { allowedOf, ruleOf, strangersAmong } from './usb-devices.ts'

const keyboard = { id: '046d:c31c', serial: '', port: '1-4', interfaces: ['03:01:01'] }
const touchscreen = { id: '0eef:0001', serial: '', port: '1-5', interfaces: ['03:00:00'] }
const stick = { id: '0781:5581', serial: 'X1', port: '1-6', interfaces: ['08:06:50'] }
const badStick = { ...stick, interfaces: ['08:06:50', '03:01:01'] }
const network = { id: '0bda:8153', serial: '1', port: '1-7', interfaces: ['02:06:00', '0a:00:00'] }
const hub = { id: '1d6b:0002', serial: '0000:00:14.0', port: 'usb1', interfaces: ['09:00:00'] }

test('the rule names device, serial number, port and all interfaces', () => {
  expect(ruleOf(notesAdapter)).toBe(
    'allow id 0403:6001 serial "KSKCASH1" via-port "1-1" with-interface equals { ff:ff:ff }',
  )
  expect(ruleOf(touchscreen)).not.toContain('serial')
})

test('keyboards, storage and network adapters that are plugged in are left out, and it is said', () => {
  const all = [hub, notesAdapter, keyboard, touchscreen, stick, badStick, network]
  const { devices, leftOut } = allowedOf(all, [])
  expect(devices).toEqual([hub, notesAdapter, touchscreen])
  expect(leftOut.map(({ is }) => is)).toEqual([
    'a keyboard or a pointer',
    'storage',
    'storage',
    'a network adapter',
  ])
})

test("the kiosk's own keypad is allowed by its port alone", () => {
  expect(allowedOf([keyboard], ['1-4']).devices).toEqual([keyboard])
  expect(allowedOf([keyboard], ['1-9']).devices).toEqual([])
})

test('a listed device in another port, or one that is authorised and not listed, is a stranger', () => {
  const moved = { ...notesAdapter, port: '1-2' }
  const present = [
    { ...notesAdapter, isAuthorised: true },
    { ...moved, isAuthorised: true },
    { ...stick, isAuthorised: false },
  ]
  expect(strangersAmong(present, [notesAdapter]).map(({ port }) => port)).toEqual(['1-2'])
})

// `npm run test:machine`: an image of the kiosk is built and booted in QEMU with emulated USB adapters, a card reader and a
// watchdog; it enrols, sells, is disturbed, and everything is asserted from outside. Needs root, and no KVM.
//
//   --screen         the screen too: cage and Chromium, which an emulated processor draws very slowly
//   --keep           leaves the disk and the logs of the machine where they are
//   --release FILE   a released build instead of this checkout, with --key FILE: the public release key
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { kernelLine } from '../../provisioning/image/disk.ts'
import { makeImage, type Image, type ImageOptions } from '../../provisioning/image/making.ts'
import { buildPages } from '../../kiosk/bench/pages.ts'
import {
  buildPrograms,
  forBooting,
  installMissing,
  missingFor,
} from '../../provisioning/image/needed.ts'
import { breakOut, panic, plugRogue, replug, rogues, wedgeRuntime } from './disturbing.ts'
import { lookInside } from './looking-inside.ts'
import { startMachine, type Machine } from './machine.ts'
import { hostSeenInside, startOutside, type Outside } from './outside.ts'
import { machineFacts, testOnly } from './overlay.ts'
import { openReport, type Report } from './report.ts'
import { sellForCash } from './sale.ts'
import { enrolInside, inService } from './service.ts'
import { orEnded } from './waiting.ts'

const project = resolve(import.meta.dirname, '../..')
const folder = join(project, 'var/machine')
const needed = { ...buildPrograms, ...forBooting }
/** Nothing on the disk differs: systemd is told by the kernel line not to start it. */
const withoutScreen = 'systemd.mask=kiosk-screen.service'
/** Of the customer who comes after the machine was disturbed. */
const nextCard = 'low-energy'
/** From power to the first answer of the agent. */
const bootLimitMs = 420_000

const { values } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    screen: { type: 'boolean', default: false },
    release: { type: 'string' },
    key: { type: 'string' },
  },
})

const sourceOf = (): ImageOptions['source'] => {
  const { release, key } = values
  if (release === undefined) return { kind: 'checkout' }
  if (key === undefined) throw new Error('--key: found nothing; must name the public release key')
  return { kind: 'release', tarball: resolve(release), key: resolve(key) }
}

const imageFor = (outside: Outside, work: string, report: Report): Image => {
  const config = join(work, 'config.json')
  const machine = join(work, 'machine.json')
  writeFileSync(config, JSON.stringify(outside.config()))
  writeFileSync(machine, JSON.stringify(machineFacts(outside)))
  return makeImage({
    source: sourceOf(),
    out: folder,
    config,
    machine,
    over: testOnly(join(work, 'over')),
    kernelWords: 'console=ttyS0',
    say: report.say,
  })
}

const boot = async (outside: Outside, image: Image, work: string): Promise<Machine> => {
  const machine = await startMachine({
    disk: image.disk,
    kernel: image.kernel,
    initrd: image.initrd,
    append: `${kernelLine} console=ttyS0 ${values.screen ? '' : withoutScreen}`,
    lines: outside.lines,
    cardSocket: outside.cardSocket,
    folder: work,
  })
  try {
    await orEnded(machine.inside.here(), machine.end, bootLimitMs)
  } catch (error) {
    await machine.kill()
    throw error
  }
  return machine
}

const disturb = async (report: Report, machine: Machine, outside: Outside): Promise<void> => {
  const [notes] = outside.lines
  if (notes !== undefined)
    await report.check('a pulled note acceptor comes back', () => replug(machine, notes))
  const guard = await machine.inside.run('systemctl is-active usbguard.service')
  for (const rogue of rogues) {
    const name = `${rogue.what} that is plugged in gets nowhere`
    if (guard.code === 0) await report.check(name, () => plugRogue(machine, rogue))
    else report.notRun(name, 'USBGuard is off in the facts of this machine')
  }
  await report.check('keys do not break out', () => breakOut(machine))
  await report.check('a runtime that hangs is started anew by the watchdog', () =>
    wedgeRuntime(machine),
  )
  await report.check('and is in service again', () => inService(machine.inside))
  // What the first one bought still waits for its meter: another customer comes.
  await report.check('and sells again', () => sellForCash(outside, machine.inside, nextCard))
  await report.check('a dead kernel is reset by the hardware watchdog', () => panic(machine))
}

const main = async (report: Report, work: string): Promise<void> => {
  await using stack = new AsyncDisposableStack()
  const outside = await startOutside(work, stack)
  const image = imageFor(outside, work, report)
  report.say('the machine is switched on')
  const from = performance.now()
  const machine = await boot(outside, image, work)
  stack.defer(machine.kill)
  report.say(`its agent answers ${seconds(from)} after power-on`)
  if (
    !(await report.check('the kiosk enrols with a one-time code', () =>
      enrolInside(outside, machine.inside),
    ))
  )
    return
  if (!(await report.check('the kiosk is in service', () => inService(machine.inside)))) return
  report.say(`in service ${seconds(from)} after power-on, the enrolment by hand included`)
  if (!values.screen) {
    report.notRun('the screen', 'cage and Chromium are left out; npm run test:machine -- --screen')
  }
  await lookInside(report, machine.inside, {
    hasScreen: values.screen,
    centre: `${hostSeenInside}/${outside.centrePort}`,
  })
  await report.check('a customer buys for cash', () => sellForCash(outside, machine.inside))
  await disturb(report, machine, outside)
}

const keepLog = (from: string, to: string): void => {
  if (existsSync(from)) copyFileSync(from, to)
}

const seconds = (from: number): string => `${((performance.now() - from) / 1_000).toFixed(0)} s`

const begin = async (): Promise<number> => {
  const work = mkdtempSync(join(tmpdir(), 'wattpoint-machine-'))
  mkdirSync(folder, { recursive: true })
  const report = openReport(join(folder, 'report.txt'))
  if (process.getuid?.() === 0) installMissing(needed, report.say)
  const missing = missingFor(needed)
  if (missing !== null) {
    report.notRun('the whole test', missing)
    return 0
  }
  try {
    await buildPages({ say: report.say })
    await main(report, work)
  } catch (error) {
    await report.check('the test comes to its end', () => Promise.reject(error))
  } finally {
    for (const log of ['console.log', 'qemu.log']) keepLog(join(work, log), join(folder, log))
    if (!values.keep) rmSync(work, { recursive: true, force: true })
  }
  report.say(
    `${report.count('passed')} passed, ${report.count('failed')} failed, ${report.count('not run')} not run; logs in ${folder}`,
  )
  return report.count('failed') === 0 ? 0 : 1
}

process.exitCode = await begin()

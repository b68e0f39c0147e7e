// One visit of a day: what the customer does in front of each screen, and the faults that are due meanwhile.
import type { Screen } from '../../ui/kiosk/screen.ts'
import { momentOf, someFault, strike, tenderOf, type FaultKind } from './faults.ts'
import type { DayKiosk } from './kiosk.ts'
import type { Person } from './people.ts'
import { clockOf, isOpen, type DayTown } from './town.ts'
import { deedAt, someWish, type Deed } from './visit.ts'

export type Visit = {
  kiosk: DayKiosk
  person: Person
  /** Share of visits with a fault, in hundredths; a part of them meets two. */
  faultShare: number
  /** Hears of a fault when it really happens. */
  met: (kind: FaultKind) => void
}

const visitMs = 15 * 60_000
const mostDeeds = 120

/** The customer at the kiosk, from the card in to the card out or gone, with whatever goes wrong meanwhile. */
export const serve = async (
  town: DayTown,
  { kiosk, person, faultShare, met }: Visit,
): Promise<void> => {
  const { chance, edition, time, trace, until, centre, behind, supervise } = town
  const due = !chance.percent(faultShare) ? 0 : chance.percent(20) ? 2 : 1
  const planned = Array.from({ length: due }, () => {
    const kind = someFault(chance, edition)
    return { kind, at: momentOf(kind, chance) }
  })
  const [tender] = planned.flatMap(({ kind }) => tenderOf(kind) ?? [])
  const wish = { ...someWish(chance, edition), ...(tender !== undefined && { tender }) }
  trace(
    `${clockOf(time.now())} ${person.id} comes to kiosk ${kiosk.number} for ${wish.for} by ${wish.by}, ${wish.tender}`,
  )
  kiosk.reader.insert(person.slot)
  await time.settle()
  await until(5_000, () => !isOpen(kiosk))
  const end = time.monotonic() + visitMs
  for (let deeds = 0; deeds < mostDeeds && time.monotonic() < end; deeds++) {
    for (const { kind } of planned.filter(({ at }) => at === deeds)) {
      trace(`  ${clockOf(time.now())} due: ${kind}`)
      const onMet = () => {
        met(kind)
        trace(`  ${clockOf(time.now())} fault: ${kind}`)
      }
      strike(kind, { kiosk, centre, bankSide: behind, person, chance, met: onMet })
      await time.settle()
    }
    if (!kiosk.running() || !kiosk.well()) {
      if (chance.percent(50)) kiosk.takeCard()
      await supervise(kiosk)
      await until(60_000, () => kiosk.view()?.screen.kind !== 'out of service')
      continue
    }
    const view = kiosk.view()
    if (view === null) continue
    keepSlip(person, view.screen)
    const deed = deedAt({ screen: view.screen, wish, kiosk, person, chance })
    trace(
      `  ${clockOf(time.now())} ${JSON.stringify(view.screen).slice(0, 160)} -> ${JSON.stringify(deed)}`,
    )
    const left = await perform(town, { kiosk, person, deed })
    if (left) return
    const seen = kiosk.view()?.number
    await until(
      deed.do === 'wait' ? deed.ms : 3_000,
      () => !kiosk.running() || kiosk.view()?.number !== seen,
    )
  }
}

/** Whether the customer has gone. */
const perform = async (
  { time }: DayTown,
  { kiosk, person, deed }: { kiosk: DayKiosk; person: Person; deed: Deed },
): Promise<boolean> => {
  switch (deed.do) {
    case 'press':
      kiosk.press(deed.press)
      break
    case 'note':
      kiosk.acceptor.insert(deed.value)
      break
    case 'pull note':
      kiosk.acceptor.pullBack()
      break
    case 'tap':
      kiosk.terminal.tap()
      break
    case 'pin':
      kiosk.terminal.typePin(deed.pin)
      break
    case 'card in':
      if (!kiosk.reader.present()) kiosk.reader.insert(person.slot)
      break
    case 'card out':
      kiosk.takeCard()
      break
    case 'leave':
      return true
    default:
  }
  await time.settle()
  return false
}

/** A customer keeps the number of a claim, once. */
const keepSlip = ({ slips }: Person, screen: Screen): void => {
  if (!('after' in screen) || screen.after.kind !== 'kept') return
  const { number } = screen.after.reference
  if (!slips.includes(number)) slips.push(number)
}

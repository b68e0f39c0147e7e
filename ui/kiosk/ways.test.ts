import { describe, expect, it } from 'vitest'
import { energy } from '../../domain/energy.ts'
import { everyKind, gallery } from '../../test/screen-gallery.ts'
import { servicePages } from '../../test/service-gallery.ts'
import { tendersShown } from '../parts/tenders.ts'
import { formatFor } from '../parts/format.ts'
import { textsOf } from '../texts/en.ts'
import { cuesFor } from './cue-for.ts'
import { moneyIn } from './stage.ts'
import { soundOf } from './sounds.ts'
import { pressOfKey, waysOf } from './ways.ts'
import { whereTo } from './where-to.ts'

const texts = textsOf(
  formatFor({ language: 'en', currency: { code: 'CNY', symbol: '¥' }, timeZone: 'Asia/Shanghai' }),
  () => 0,
)
const picture = (name: string) => {
  const found = gallery.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no picture is called ${name}`)
  return found.view
}

const servicePicture = (name: string) => {
  const found = servicePages.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no picture is called ${name}`)
  return found.view
}

describe('the gallery', () => {
  it('has every refusal and every outcome, under names of their own', () => {
    const shown = (kind: string) => gallery.filter(({ view }) => view.screen.kind === kind)
    const refusals = shown('refused').map(({ view: { screen } }) =>
      screen.kind === 'refused' ? screen.refusal.kind : '',
    )
    expect(new Set(refusals)).toEqual(new Set(Object.keys(everyKind.refusals)))
    const outcomes = shown('take card').map(({ view: { screen } }) =>
      screen.kind === 'take card' ? screen.after.kind : '',
    )
    expect(new Set(outcomes)).toEqual(new Set(Object.keys(everyKind.outcomes)))
    expect(new Set(gallery.map(({ name }) => name)).size).toBe(gallery.length)
  })
})

describe('the ways out', () => {
  it('are none where the card is written, read or taken', () => {
    for (const name of ['writing', 'please wait: order', 'take card: bought', 'attract']) {
      expect(waysOf(picture(name).screen, texts)).toMatchObject({ cancel: null, on: null })
    }
  })

  it('are at most six answers, with a way to leave wherever the customer is asked something', () => {
    const silent = new Set(['attract', 'out of service', 'please wait', 'writing', 'take card'])
    for (const { name, view } of gallery) {
      const { cancel, back, on, choices } = waysOf(view.screen, texts)
      expect(choices.length, name).toBeLessThanOrEqual(6)
      const { screen } = view
      const asked = screen.kind === 'paying by card' ? screen.mayCancel : !silent.has(screen.kind)
      if (asked) expect(cancel ?? back ?? on, name).not.toBeNull()
    }
  })

  it('let a payment be cancelled while the terminal can be stopped, in the usual place, and not after', () => {
    expect(waysOf(picture('paying by card: insert card').screen, texts)).toMatchObject({
      cancel: { press: { type: 'cancel' } },
      on: null,
    })
    expect(waysOf(picture('paying by card: asking the bank').screen, texts).cancel).toBeNull()
  })

  it('say on the button what it does', () => {
    const { on } = waysOf(picture('confirm purchase').screen, texts)
    expect(on?.label.replaceAll('\u00a0', ' ')).toBe('Write 58.40 kWh on the card')
  })

  it('let the number of a slip be typed on the keypad, and be sent only when it can be right', () => {
    const keys = (name: string, ...pressed: string[]) => {
      const { screen } = picture(name)
      const ways = waysOf(screen, texts)
      return pressed.map((key) => pressOfKey(key, screen, ways))
    }
    expect(keys('account', '2')).toEqual([{ type: 'redeem' }])
    const some = ['7', 'Backspace', 'Escape', 'Enter']
    const typed = [{ type: 'digit', digit: 7 }, { type: 'erase' }, { type: 'cancel' }]
    expect(keys('type claim, 7', ...some)).toEqual([...typed, null])
    expect(keys('type claim, wrong', ...some)).toEqual([...typed, null])
    expect(keys('type claim, 12', ...some)).toEqual([...typed, { type: 'continue' }])
    expect(keys('claim told: no answer', 'Enter', 'Backspace')).toEqual([
      { type: 'done' },
      { type: 'continue' },
    ])
    expect(waysOf(picture('claim told: redeemed').screen, texts).back).toBeNull()
  })

  it('never let Enter take the destructive way', () => {
    const press = (name: string) => {
      const { screen } = picture(name)
      return pressOfKey('Enter', screen, waysOf(screen, texts))?.type ?? null
    }
    expect(press('confirm cancel, to account')).toBe('keep going')
    expect(press('open order, may return')).toBe('finish order')
    expect(press('choose tender')).toBeNull()
    expect(press('choose tender, no notes')).toBe('tender')
  })

  it('choose by digit in maintenance while nothing is typed, and let Enter restart nothing', () => {
    const press = (name: string, key: string) => {
      const { screen } = servicePicture(name)
      return pressOfKey(key, screen, waysOf(screen, texts))
    }
    expect(press('service: menu', '9')).toEqual({ type: 'choose', choice: 'restart' })
    expect(press('service: who are you', '9')).toEqual({ type: 'digit', digit: 9 })
    expect(press('service: exchange: put in', 'Enter')).toBeNull()
    expect(press('service: exchange: put in', 'Escape')).toBeNull()
    expect(press('service: devices', 'Escape')).toEqual({ type: 'cancel' })
    expect(press('service: exchange: seal', 'Enter')).toEqual({ type: 'confirm' })
  })

  it('never let a key say that every field was touched', () => {
    const { screen } = servicePicture('service: touch grid')
    expect(waysOf(screen, texts).choices).toEqual([{ type: 'choose', choice: 'not seen' }])
  })

  it('lead from a service card to the maintenance mode, and back', () => {
    const { screen } = picture('refused: service card')
    const ways = waysOf(screen, texts)
    expect(ways.on).toEqual({ press: { type: 'service' }, label: 'Maintenance' })
    expect(ways.cancel?.press).toEqual({ type: 'cancel' })
  })

  it('offer no tender that does not work', () => {
    const { screen } = picture('choose tender, one works, long price')
    expect(waysOf(screen, texts).choices).toEqual([{ type: 'tender', tender: 'cash' }])
  })
})

describe('the tenders', () => {
  it('are shown with those that do not work, but for the account of the other edition', () => {
    const shown = (name: string) => {
      const { screen } = picture(name)
      return screen.kind === 'choose tender'
        ? tendersShown(screen.tenders).map(({ tender }) => tender)
        : []
    }
    expect(shown('choose tender, at a bank')).toEqual(['cash', 'bank card', 'bank account'])
    expect(shown('choose tender, no notes')).toEqual(['cash', 'bank card', 'account'])
  })
})

describe('the cue', () => {
  it('stands where the configuration says the slot is', () => {
    const { screen, slots } = picture('attract')
    expect(cuesFor(screen, slots)).toMatchObject([
      { object: 'card', place: 'right-low', way: 'in' },
    ])
    expect(cuesFor(screen, { ...slots, card: 'left-high' })).toMatchObject([{ place: 'left-high' }])
  })

  it('turns round for a note that comes back, and goes when the slot has stopped', () => {
    const cue = (name: string) => cuesFor(picture(name).screen, picture(name).slots)
    expect(cue('insert notes: given back, 10000')).toMatchObject([{ object: 'note', way: 'out' }])
    expect(cue('insert notes: reading')).toMatchObject([{ way: 'stay' }])
    expect(cue('insert notes: stopped, device fault')).toEqual([])
  })

  it('points to the bank terminal while something is to be done there, away from it with the card, and else stays', () => {
    const cue = (hint: string) => {
      const { screen, slots } = picture(`paying by card: ${hint}`)
      return cuesFor(screen, slots)
    }
    expect(cue('insert card')).toMatchObject([
      { object: 'terminal', place: 'right-high', way: 'in' },
    ])
    expect(['enter pin', 'wrong pin'].map((hint) => cue(hint)[0]?.way)).toEqual(['in', 'in'])
    expect(cue('remove card')[0]?.way).toBe('out')
    expect(cue('asking the bank')[0]?.way).toBe('stay')
  })

  it('fills with the commands that are done, and is full while the proof is read', () => {
    const fed = (name: string) => cuesFor(picture(name).screen, picture(name).slots)[0]?.fed
    expect(fed('writing, preparing')).toBe(0)
    expect(fed('writing')).toBeCloseTo(4 / 7)
    expect(fed('writing, proving')).toBe(1)
  })
})

describe('the sounds', () => {
  const sound = (before: string, after: string) => soundOf(picture(before), picture(after))

  it('say take, done and attention', () => {
    expect(sound('writing', 'take card: bought')).toBe('take')
    expect(sound('take card: bought', 'take card, urgent')).toBe('attention')
    expect(sound('take card: bought', 'thank you: bought')).toBe('done')
    expect(sound('please wait: order', 'mishap: order refused')).toBe('attention')
    expect(sound('choose amount', 'warning')).toBe('attention')
  })

  it('are heard at a note taken and at a note refused, and not for the same news twice', () => {
    expect(sound('insert notes: reading', 'insert notes: taken, 5000')).toBe('take')
    expect(sound('insert notes: reading', 'insert notes: refused, two notes')).toBe('attention')
    expect(sound('insert notes: taken, 5000', 'insert notes: taken, 5000')).toBeNull()
  })

  it('call the customer back to a bank card that is left, to a wrong PIN, and to a payment that did not come about', () => {
    expect(sound('paying by card: asking the bank', 'paying by card: remove card')).toBe('take')
    expect(sound('paying by card: please wait', 'paying by card: wrong pin')).toBe('attention')
    expect(sound('paying by card: enter pin', 'paying by card: asking the bank')).toBeNull()
    expect(sound('paying by card: declined', 'choose tender, payment failed: declined')).toBe(
      'attention',
    )
    expect(sound('choose amount', 'choose tender')).toBeNull()
  })

  it('are silent when the page opens', () => {
    expect(soundOf(null, picture('mishap: order refused'))).toBeNull()
  })
})

describe('the money of a warning', () => {
  it('is what is in, and where it would go', () => {
    expect(moneyIn(picture('insert notes: ready').screen)).toEqual({
      amount: 12_000,
      goesTo: 'account',
    })
    expect(moneyIn(picture('insert notes, the first').screen)).toBeNull()
    expect(moneyIn(picture('confirm purchase, from the account').screen)).toBeNull()
    expect(moneyIn(picture('choose amount').screen)).toBeNull()
    expect(moneyIn(picture('confirm purchase, from the bank account').screen)).toEqual({
      amount: 5_100,
      goesTo: 'payer',
    })
  })
})

describe('the picture of a refusal', () => {
  it('sends an unread purchase home, a stranger to change cards, the rest to the office', () => {
    expect(whereTo({ kind: 'meter full', remaining: energy(1), limit: energy(1) })).toBe('home')
    expect(whereTo({ kind: 'refused by meter', code: 20, otherMeter: null })).toBe('home')
    expect(whereTo({ kind: 'refused by meter', code: 13, otherMeter: null })).toBe('change')
    expect(whereTo({ kind: 'refused by meter', code: 10, otherMeter: null })).toBe('office')
    expect(whereTo({ kind: 'foreign card' })).toBe('change')
    expect(whereTo({ kind: 'centre away' })).toBe('later')
  })
})

// Pure: the ways out of each screen, always in the same places: Cancel at the bottom start, the way on at the bottom end.
import { never } from '../../domain/never.ts'
import type { Texts } from '../texts/texts.ts'
import type { ClaimTold, Press, ReceiptState, Screen, TenderOffer } from './screen.ts'
import type { ServiceChoice, ServicePage } from './service/service-page.ts'

export type Way = { press: Press; label: string }

export type Ways = {
  cancel: Way | null
  back: Way | null
  on: Way | null
  /** The answers between them, in the order of the screen; the keypad's 1 to 6 press them, 1 to 9 in maintenance. */
  choices: Press[]
}

export const waysOf = (screen: Screen, texts: Texts): Ways => {
  const cancel: Way = { press: { type: 'cancel' }, label: texts.cancel }
  const back: Way = { press: { type: 'back' }, label: texts.back }
  switch (screen.kind) {
    case 'attract':
    case 'out of service':
    case 'please wait':
    case 'writing':
      return none
    case 'refused': {
      const leave: Way = { press: { type: 'done' }, label: texts.takeCardBack }
      if (screen.refusal.kind === 'service card') {
        return {
          ...none,
          cancel: { ...leave, press: { type: 'cancel' } },
          on: { press: { type: 'service' }, label: texts.service.open },
        }
      }
      return screen.depositOffered
        ? {
            ...none,
            cancel: { ...leave, press: { type: 'cancel' } },
            on: { press: { type: 'deposit' }, label: texts.refusedDeposit.button },
          }
        : { ...none, on: leave }
    }
    case 'account': {
      const buy: Way = { press: { type: 'buy' }, label: texts.account.buy }
      return {
        ...none,
        cancel,
        on: screen.canBuy ? buy : null,
        choices: [{ type: 'enquire' }, { type: 'redeem' }],
      }
    }
    case 'enquiry':
      return { ...none, cancel, back, on: { press: { type: 'buy' }, label: texts.account.buy } }
    case 'choose amount': {
      const next: Way = { press: { type: 'continue' }, label: texts.amount.next }
      return { ...none, cancel, back, on: screen.typed === '' ? null : next }
    }
    case 'type claim': {
      const next: Way = { press: { type: 'continue' }, label: texts.claim.next }
      const ready = screen.typed.length === claimDigits && !screen.wrong
      return { ...none, cancel, back, on: ready ? next : null }
    }
    case 'claim told':
      return {
        ...none,
        back: afterClaim(screen.told, texts),
        on: { press: { type: 'done' }, label: texts.takeCardBack },
      }
    case 'choose tender':
      return { ...none, cancel, back, choices: screen.tenders.flatMap(tenderPress) }
    case 'paying by card':
      return screen.mayCancel ? { ...none, cancel } : none
    case 'insert notes':
      return { ...none, cancel, on: screen.canFinish ? finishPaying(screen, texts) : null }
    case 'more than chosen':
      return {
        ...none,
        cancel,
        choices: [
          { type: 'rest', to: 'energy' },
          { type: 'rest', to: 'account' },
        ],
      }
    case 'confirm purchase':
      return {
        ...none,
        cancel,
        back: screen.tender === 'account' ? back : null,
        on: { press: { type: 'confirm' }, label: texts.confirm.write(screen.quote.get) },
      }
    // The notes are in and can't come back: there is nothing to cancel, only more to add.
    case 'confirm deposit':
      return {
        ...none,
        back: { press: { type: 'keep going' }, label: texts.confirmDeposit.more },
        on: { press: { type: 'confirm' }, label: texts.confirmDeposit.confirm(screen.amount) },
      }
    case 'confirm cancel':
      return {
        ...none,
        cancel: { press: { type: 'cancel' }, label: texts.confirmCancel.cancel[screen.goesTo] },
        on: { press: { type: 'keep going' }, label: texts.confirmCancel.keepGoing },
      }
    case 'put card back':
      return { ...none, cancel: { ...cancel, label: texts.putBack.later } }
    case 'open order':
      return {
        ...none,
        cancel,
        on: { press: { type: 'finish order' }, label: texts.openOrder.finish(screen.energy) },
        choices: screen.mayReturn ? [{ type: 'return order' }] : [],
      }
    case 'healed':
      return {
        ...none,
        cancel,
        back: again(screen.receipt, texts),
        on: { press: { type: 'continue' }, label: texts.healed.next },
      }
    case 'take card': {
      const more = again(screen.receipt, texts)
      return {
        ...none,
        choices: [
          ...(screen.undo === 'offered' ? [{ type: 'take back' as const }] : []),
          ...(more === null ? [] : [more.press]),
        ],
      }
    }
    case 'confirm undo':
      return {
        ...none,
        cancel: { ...back, label: texts.undo.keep },
        on: { press: { type: 'confirm' }, label: texts.undo.confirm },
      }
    case 'thank you':
      return {
        ...none,
        back: again(screen.receipt, texts),
        on: { press: { type: 'done' }, label: texts.done },
      }
    case 'interrupted':
      return { ...none, on: { press: { type: 'done' }, label: texts.mishap.understood } }
    case 'mishap':
      return {
        ...none,
        back: again(screen.receipt, texts),
        on: { press: { type: 'done' }, label: texts.mishap.understood },
      }
    case 'service':
      return {
        ...none,
        cancel: screen.page.back ? { ...cancel, label: texts.back } : null,
        on: screen.page.confirm
          ? { press: { type: 'confirm' }, label: texts.service.confirm }
          : null,
        choices: choicesOf(screen.page).map((choice) => ({ type: 'choose', choice })),
      }
    default:
      return never(screen)
  }
}

/** That every field was touched is found out by touching them, never by a key. */
export const choicesOf = ({ choices, whole }: ServicePage): ServiceChoice[] =>
  whole === 'touch grid' ? choices.filter((choice) => choice !== 'seen') : choices

const none: Ways = { cancel: null, back: null, on: null, choices: [] }

/** Digits of a reference. */
const claimDigits = 12

/** Another number, or the same once more where nobody has answered; nothing where the money has arrived. */
const afterClaim = ({ kind }: ClaimTold, { back, claim }: Texts): Way | null =>
  kind === 'redeemed'
    ? null
    : kind === 'no answer' || kind === 'centre away'
      ? { press: { type: 'continue' }, label: claim.again }
      : { press: { type: 'back' }, label: back }

/** A receipt that is on the screen can be asked for on paper again; one that is on paper, as a duplicate. */
export const again = (receipt: ReceiptState, { receipt: words }: Texts): Way | null =>
  receipt.kind === 'on screen' || (receipt.kind === 'on paper' && receipt.again === true)
    ? {
        press: { type: 'print again' },
        label: receipt.kind === 'on paper' ? words.copy : words.again,
      }
    : null

const tenderPress = (offer: TenderOffer): Press[] =>
  offer.works ? [{ type: 'tender', tender: offer.tender }] : []

const finishPaying = (
  { target, inserted }: Extract<Screen, { kind: 'insert notes' }>,
  { notes }: Texts,
): Way => ({
  press: { type: 'finish paying' },
  label: target === null ? notes.finishDeposit(inserted) : notes.finish,
})

/** What a key of the keypad does on this screen; null = nothing. */
export const pressOfKey = (key: string, screen: Screen, ways: Ways): Press | null => {
  if (/^[0-9]$/.test(key)) {
    const digit = Number(key)
    return typesDigits(screen) ? { type: 'digit', digit } : (ways.choices[digit - 1] ?? null)
  }
  switch (key) {
    case 'Enter':
      // In maintenance everything has its digit: Enter only confirms, and restarts nothing.
      if (ways.on !== null || screen.kind === 'service') return ways.on?.press ?? null
      return ways.choices.length === 1 ? (ways.choices[0] ?? null) : null
    case 'Escape':
    case 'c':
    case 'C':
      return ways.cancel?.press ?? (ways.on?.press.type === 'done' ? ways.on.press : null)
    case 'Backspace':
    case 'Delete':
      return typesDigits(screen) ? { type: 'erase' } : (ways.back?.press ?? null)
    default:
      return null
  }
}

const typesDigits = (screen: Screen): boolean =>
  screen.kind === 'choose amount' ||
  screen.kind === 'type claim' ||
  (screen.kind === 'service' && screen.page.typing !== null)

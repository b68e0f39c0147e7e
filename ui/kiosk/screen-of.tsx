// Which component draws which screen: one for each kind.
import type { ReadonlySignal } from '@preact/signals'
import { never } from '../../domain/never.ts'
import { Account } from './screens/account.tsx'
import { Attract } from './screens/attract.tsx'
import { ClaimToldScreen } from './screens/claim-told.tsx'
import { ChooseAmount } from './screens/choose-amount.tsx'
import { ChooseTender } from './screens/choose-tender.tsx'
import { ConfirmCancel } from './screens/confirm-cancel.tsx'
import { ConfirmDeposit } from './screens/confirm-deposit.tsx'
import { ConfirmPurchase } from './screens/confirm-purchase.tsx'
import { ConfirmUndo } from './screens/confirm-undo.tsx'
import { Enquiry } from './screens/enquiry.tsx'
import { Healed } from './screens/healed.tsx'
import { InsertNotes } from './screens/insert-notes.tsx'
import { Interrupted } from './screens/interrupted.tsx'
import { MishapScreen } from './screens/mishap.tsx'
import { MoreThanChosen } from './screens/more-than-chosen.tsx'
import { OpenOrder } from './screens/open-order.tsx'
import { OutOfService } from './screens/out-of-service.tsx'
import { PayingByCard } from './screens/paying-by-card.tsx'
import { PleaseWait } from './screens/please-wait.tsx'
import { PutCardBack } from './screens/put-card-back.tsx'
import { Refused } from './screens/refused.tsx'
import { TakeCard } from './screens/take-card.tsx'
import { ThankYou } from './screens/thank-you.tsx'
import { TypeClaim } from './screens/type-claim.tsx'
import { Writing } from './screens/writing.tsx'
import type { Stage } from './stage.ts'

export const ScreenOf = ({ at, turn }: { at: Stage; turn: ReadonlySignal<number> }) => {
  const { screen } = at.view
  switch (screen.kind) {
    case 'attract':
      return <Attract screen={screen} at={at} turn={turn} />
    case 'out of service':
      return <OutOfService screen={screen} at={at} />
    case 'please wait':
      return <PleaseWait screen={screen} at={at} />
    case 'refused':
      return <Refused screen={screen} at={at} />
    case 'account':
      return <Account screen={screen} at={at} />
    case 'enquiry':
      return <Enquiry screen={screen} at={at} />
    case 'choose amount':
      return <ChooseAmount screen={screen} at={at} />
    case 'type claim':
      return <TypeClaim screen={screen} at={at} />
    case 'claim told':
      return <ClaimToldScreen screen={screen} at={at} />
    case 'choose tender':
      return <ChooseTender screen={screen} at={at} />
    case 'paying by card':
      return <PayingByCard screen={screen} at={at} />
    case 'insert notes':
      return <InsertNotes screen={screen} at={at} />
    case 'more than chosen':
      return <MoreThanChosen screen={screen} at={at} />
    case 'confirm purchase':
      return <ConfirmPurchase screen={screen} at={at} />
    case 'confirm deposit':
      return <ConfirmDeposit screen={screen} at={at} />
    case 'confirm cancel':
      return <ConfirmCancel screen={screen} at={at} />
    case 'writing':
      return <Writing screen={screen} at={at} />
    case 'put card back':
      return <PutCardBack screen={screen} at={at} />
    case 'open order':
      return <OpenOrder screen={screen} at={at} />
    case 'healed':
      return <Healed screen={screen} at={at} />
    case 'confirm undo':
      return <ConfirmUndo screen={screen} at={at} />
    case 'take card':
      return <TakeCard screen={screen} at={at} />
    case 'thank you':
      return <ThankYou screen={screen} at={at} />
    case 'interrupted':
      return <Interrupted screen={screen} at={at} />
    case 'mishap':
      return <MishapScreen screen={screen} at={at} />
    case 'service':
      return at.service === null ? null : (
        <at.service.Service screen={screen} part={at.service} at={at} />
      )
    default:
      return never(screen)
  }
}

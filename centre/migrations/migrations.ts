// Every step the tables have gone through, in order. A step that was released is never changed again.
import type { Migration } from 'kysely/migration'
import { customers } from './0001-customers.ts'
import { cardsSeen } from './0002-cards-seen.ts'
import { sales } from './0003-sales.ts'
import { books } from './0004-books.ts'
import { undo } from './0005-undo.ts'
import { journals } from './0006-journals.ts'
import { claims } from './0007-claims.ts'
import { askedBySale } from './0008-asked-by-sale.ts'
import { payments } from './0009-payments.ts'
import { withoutAccount } from './0010-without-account.ts'
import { settlement } from './0011-settlement.ts'
import { fleet } from './0012-fleet.ts'
import { alerts } from './0013-alerts.ts'
import { commands } from './0014-commands.ts'
import { boxes } from './0015-boxes.ts'
import { setAside } from './0016-set-aside.ts'
import { console } from './0017-console.ts'
import { areasAndChannels } from './0018-areas-and-channels.ts'
import { daysOfTheFleet } from './0019-days-of-the-fleet.ts'
import { explaining } from './0020-explaining.ts'
import { losses } from './0023-losses.ts'
import { termsAndChanges } from './0021-terms-and-changes.ts'
import { figures } from './0022-figures.ts'
import { enrolment } from './0024-enrolment.ts'
import { whyNotDone } from './0025-why-not-done.ts'
import { receiptNumbers } from './0026-receipt-numbers.ts'

export const migrations: Record<string, Migration> = {
  '0001-customers': { up: customers },
  '0002-cards-seen': { up: cardsSeen },
  '0003-sales': { up: sales },
  '0004-books': { up: books },
  '0005-undo': { up: undo },
  '0006-journals': { up: journals },
  '0007-claims': { up: claims },
  '0008-asked-by-sale': { up: askedBySale },
  '0009-payments': { up: payments },
  '0010-without-account': { up: withoutAccount },
  '0011-settlement': { up: settlement },
  '0012-fleet': { up: fleet },
  '0013-alerts': { up: alerts },
  '0014-commands': { up: commands },
  '0015-boxes': { up: boxes },
  '0016-set-aside': { up: setAside },
  '0017-console': { up: console },
  '0018-areas-and-channels': { up: areasAndChannels },
  '0019-days-of-the-fleet': { up: daysOfTheFleet },
  '0020-explaining': { up: explaining },
  '0023-losses': { up: losses },
  '0021-terms-and-changes': { up: termsAndChanges },
  '0022-figures': { up: figures },
  '0024-enrolment': { up: enrolment },
  '0025-why-not-done': { up: whyNotDone },
  '0026-receipt-numbers': { up: receiptNumbers },
}

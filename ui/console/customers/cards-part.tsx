// The cards of a meter with what a kiosk says of each; blocked, unblocked, replaced from here.
import { useState } from 'preact/hooks'
import type { CardInOffice, CardVerdict } from '../../../domain/console/customer-cards.ts'
import type { BindingInOffice } from '../../../domain/console/customers.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Field } from '../parts/fields.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { Id, When } from '../parts/values.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { Reason } from './account-dialogs.tsx'

const marks: Record<CardVerdict, Mark> = {
  sells: 'well',
  replaced: 'quiet',
  blocked: 'wrong',
  'not yet written': 'attention',
  'not yet in meter': 'attention',
  'unread purchase': 'attention',
  inquiry: 'wrong',
  'customer blocked': 'wrong',
}

type Act = { card: CardInOffice; act: 'block' | 'replace' }

export const Cards = ({ of }: { of: BindingInOffice }) => {
  const { cards: said } = words().customers
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  return (
    <>
      <Table
        label={said.title}
        columns={columns(setAct, of.ended !== null)}
        rows={of.cards}
        rowKey={({ serial }) => serial}
        sortBy={`sort-${of.binding}`}
      />
      {of.cards
        .filter(({ verdict }) => verdict === 'not yet written')
        .map((card) => (
          <ToWrite key={card.serial} of={card} />
        ))}
      {act?.act === 'block' && <Blocking of={act.card} onClose={close} />}
      {act?.act === 'replace' && <Replacing of={act.card} onClose={close} />}
    </>
  )
}

const columns = (choose: (act: Act) => void, ended: boolean): Column<CardInOffice>[] => {
  const { cards: said } = words().customers
  return [
    {
      key: 'card',
      label: said.card,
      cell: ({ serial, issueNumber }) => (
        <>
          <Id of={serial} />
          <small class="below">{said.issue(format().count(issueNumber))}</small>
        </>
      ),
    },
    {
      key: 'verdict',
      label: said.verdict,
      cell: ({ verdict, blocked }) => (
        <>
          <Status mark={marks[verdict]} word={said.verdicts[verdict]} />
          <small class="below">
            {blocked !== null && verdict === 'blocked' ? (
              <bdi>{blocked.why}</bdi>
            ) : (
              said.told[verdict]
            )}
          </small>
        </>
      ),
    },
    {
      key: 'carries',
      label: said.carries,
      cell: ({ orderNumber, count }) =>
        orderNumber === null ? (
          said.carriesNothing
        ) : (
          <>
            {said.purchase(format().count(count))}
            <small class="below">
              <Link href={hrefTo(['explain'], { q: orderNumber })}>
                <Id of={orderNumber} />
              </Link>
            </small>
          </>
        ),
    },
    {
      key: 'seen',
      label: said.lastSeen,
      cell: ({ lastSeen }) =>
        lastSeen === null ? (
          said.neverSeen
        ) : (
          <>
            <When at={lastSeen.at} as="ago" />
            <small class="below">
              <Link href={hrefTo(['fleet', lastSeen.kiosk])}>
                <Id of={lastSeen.kiosk} />
              </Link>
            </small>
          </>
        ),
    },
    ...(ended || !may('change cards') ? [] : [actsColumn(choose)]),
  ]
}

const actsColumn = (choose: (act: Act) => void): Column<CardInOffice> => {
  const { cards: said } = words().customers
  return {
    key: 'acts',
    label: said.acts,
    end: true,
    cell: (card) =>
      card.verdict === 'replaced' ? null : (
        <span class="actions">
          <button
            type="button"
            class="button"
            aria-label={`${card.blocked === null ? said.block : said.unblock} ${card.serial}`}
            onClick={() => choose({ card, act: 'block' })}
          >
            {card.blocked === null ? said.block : said.unblock}
          </button>
          <button
            type="button"
            class="button"
            aria-label={`${said.replace} ${card.serial}`}
            onClick={() => choose({ card, act: 'replace' })}
          >
            {said.replace}
          </button>
        </span>
      ),
  }
}

/** What the desk needs, and what only the desk can do. */
const ToWrite = ({ of }: { of: CardInOffice }) => {
  const { cards: said } = words().customers
  const { toWrite } = of
  if (toWrite === null) return null
  return (
    <div class="to-write" role="note" aria-label={said.toWrite}>
      <h3>
        {said.toWrite}: <Id of={of.serial} />
      </h3>
      <p>{said.desk}</p>
      <ol>
        {said.deskSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        {said.carries}:{' '}
        {toWrite.orderNumber === null ? (
          said.carriesNothing
        ) : (
          <>
            {said.purchase(String(toWrite.count))}, <Id of={toWrite.orderNumber} />
          </>
        )}
      </p>
      <p>
        {said.ef01}: <code dir="ltr">{toWrite.ef01}</code>
      </p>
      <p class="about">
        {said.ordered(toWrite.proposedBy, toWrite.approvedBy)} · <When at={toWrite.at} />
      </p>
    </div>
  )
}

const Blocking = ({ of, onClose }: { of: CardInOffice; onClose: () => void }) => {
  const { dialogs, cards: said } = words().customers
  const blocked = of.blocked === null
  return (
    <DeedDialog
      deed="customer/card-block"
      title={blocked ? dialogs.cardBlockTitle : dialogs.cardUnblockTitle}
      submit={blocked ? said.block : said.unblock}
      danger={blocked}
      asked={(read) => ({ serial: of.serial, blocked, reason: read('reason') })}
      onClose={onClose}
    >
      <p>
        <Id of={of.serial} />
      </p>
      <p>{blocked ? dialogs.cardBlockTold : dialogs.cardUnblockTold}</p>
      <Reason />
    </DeedDialog>
  )
}

const Replacing = ({ of, onClose }: { of: CardInOffice; onClose: () => void }) => {
  const { dialogs, cards: said } = words().customers
  return (
    <DeedDialog
      deed="customer/card-replace"
      title={dialogs.replaceTitle}
      submit={dialogs.propose}
      asked={(read) =>
        serialTyped(read('newSerial')) === null
          ? dialogs.notSerial
          : { serial: of.serial, newSerial: read('newSerial'), reason: read('reason') }
      }
      onClose={onClose}
    >
      <p>
        <Id of={of.serial} />,{' '}
        {of.orderNumber === null ? said.carriesNothing : said.purchase(format().count(of.count))}
      </p>
      <p>{dialogs.replaceTold}</p>
      <Field
        name="newSerial"
        label={dialogs.newSerial}
        hint={dialogs.newSerialHint}
        maxLength={40}
        autoComplete="off"
        required
        autoFocus
        ltr
      />
      <Reason />
    </DeedDialog>
  )
}

/** As the centre reads it: without what people write between the digits. */
export const serialTyped = (text: string): string | null => {
  const serial = text.replaceAll(/[\s.·-]/g, '').toLowerCase()
  return /^[0-9a-f]{16}$/.test(serial) ? serial : null
}

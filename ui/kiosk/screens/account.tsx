// The account, as a sentence a person would say, before any table.
import { Amount } from '../../parts/amount.tsx'
import { Choice } from '../../parts/button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Picture } from '../../parts/pictures.tsx'
import type { AccountCard, NoticeView } from '../screen.ts'
import type { ScreenProps, Stage } from '../stage.ts'
import { Title } from '../title.tsx'

export const Account = ({ screen, at }: ScreenProps<'account'>) => {
  const { account, notices, canBuy } = screen
  const { texts, press, keypad } = at
  return (
    <>
      <section class="known account">
        <Title>{texts.account.greeting(account.partOfDay, account.shortName)}</Title>
        <Reading account={account} at={at} />
        <Notices notices={notices} at={at} />
        {!canBuy && <p class="notice attention">{texts.account.cannotBuy}</p>}
      </section>
      <section class="answers">
        <Facts account={account} at={at} />
        <Choice
          picture="list"
          label={texts.account.enquire}
          number={keypad ? 1 : null}
          press={() => press({ type: 'enquire' })}
        />
        <Choice
          picture="receipt"
          label={texts.account.redeem}
          number={keypad ? 2 : null}
          press={() => press({ type: 'redeem' })}
        />
      </section>
    </>
  )
}

export const Reading = ({ account, at }: { account: AccountCard; at: Stage }) => {
  const { texts, format } = at
  const { reading } = account
  if (reading === null) return <p class="reading none">{texts.account.noReading}</p>
  const { daysLeft } = reading
  return (
    <div class="reading">
      <p>{texts.account.reading(reading.at)}</p>
      <p>
        <Amount parts={format.energyParts(reading.remaining)} size="huge" />
      </p>
      {daysLeft !== null && <Days left={daysLeft} />}
      <p>{daysLeft === null ? texts.account.daysUnknown : texts.account.daysLeft(daysLeft)}</p>
    </div>
  )
}

/** A lamp for each day that the energy lasts, two weeks at most. */
const Days = ({ left }: { left: number }) => (
  <p class="days" aria-hidden="true">
    {Array.from({ length: 14 }, (_, day) => (
      <i key={day} class={day < left ? 'lit' : ''} />
    ))}
  </p>
)

export const Notices = ({ notices, at }: { notices: NoticeView[]; at: Stage }) => (
  <>
    {notices.map((notice) => {
      const plain = notice.kind === 'headroom' || notice.kind === 'arrears'
      return (
        <p key={notice.kind} class={`notice ${plain ? 'information' : 'attention'}`}>
          <Picture name={plain ? 'information' : 'attention'} />
          <span>{at.texts.account.notice(notice)}</span>
        </p>
      )
    })}
  </>
)

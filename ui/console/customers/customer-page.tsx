// One customer: who they are, what they have and owe, their meters and cards, and everything that was ever changed by hand.
import { useState } from 'preact/hooks'
import type { CustomerInOffice } from '../../../domain/console/customers.ts'
import { useAnswer } from '../asking.ts'
import { Beside, Page, Section } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Figures } from '../parts/figures.tsx'
import { tabOf, Tabs, type Tab } from '../parts/tabs.tsx'
import { Count, Energy, Id, Money, When } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { AccountDialog, type AccountAct } from './account-dialogs.tsx'
import { Arrears } from './arrears-part.tsx'
import { State } from './customers-page.tsx'
import { History } from './history-part.tsx'
import { Meter } from './meter-part.tsx'
import { Purchases } from './purchases-part.tsx'
import { StatementOf } from './statement-part.tsx'

export const CustomerPage = ({ part }: PageProps) => {
  const customer = part('customer')
  const said = words().customers
  const answer = useAnswer('customer', { customer })
  const tabs: Tab[] = [
    { key: 'overview', label: said.tabs.overview },
    { key: 'statement', label: said.tabs.statement },
    { key: 'purchases', label: said.tabs.purchases },
    { key: 'history', label: said.tabs.history },
  ]
  const tab = tabOf(tabs)
  return (
    <Page
      title={answer.kind === 'told' ? answer.told.shortName : customer}
      about={
        answer.kind === 'told' ? (
          <>
            <Id of={customer} /> · <bdi>{answer.told.address}</bdi>
          </>
        ) : undefined
      }
      crumbs={[{ href: hrefTo(['customers']), label: said.title }]}
      actions={answer.kind === 'told' ? <Standing of={answer.told} /> : undefined}
    >
      <Tabs label={said.title} of={tabs} />
      <Answered answer={answer} lines={16}>
        {(told) => <Shown of={told} tab={tab} />}
      </Answered>
    </Page>
  )
}

const Shown = ({ of, tab }: { of: CustomerInOffice; tab: string }) => {
  switch (tab) {
    case 'statement':
      return <StatementOf customer={of.customer} />
    case 'purchases':
      return <Purchases customer={of.customer} />
    case 'history':
      return <History customer={of.customer} />
    default:
      return <Overview of={of} />
  }
}

const Standing = ({ of }: { of: CustomerInOffice }) => (
  <State
    of={{
      blocked: of.blocked,
      frozen: of.frozen,
      inquiry: of.bindings.some(({ inquiry }) => inquiry !== null),
    }}
  />
)

const Overview = ({ of }: { of: CustomerInOffice }) => {
  const said = words().customers
  const { bought } = said
  return (
    <div class="page">
      {of.waiting.length > 0 && (
        <Note>
          {said.account.waiting}:{' '}
          {format().list(of.waiting.map(({ kind }) => words().approvals.kinds[kind]))}.{' '}
          <Link href={hrefTo(['approvals'])}>{said.account.lead}</Link>
        </Note>
      )}
      <Beside>
        <Account of={of} />
        <Arrears of={of} />
      </Beside>
      {of.bindings.map((binding) => (
        <Meter key={binding.binding} of={binding} customer={of.customer} />
      ))}
      <Section title={bought.title}>
        <Figures
          label={bought.title}
          of={[
            { label: bought.count, value: <Count of={of.purchases.count} /> },
            { label: bought.tender, value: <Money of={of.purchases.tender} /> },
            { label: bought.energy, value: <Energy of={of.purchases.energy} /> },
            {
              label: bought.last,
              value: of.purchases.last === null ? '–' : <When at={of.purchases.last} as="ago" />,
            },
          ]}
        />
      </Section>
    </div>
  )
}

const Account = ({ of }: { of: CustomerInOffice }) => {
  const { account } = words().customers
  const [act, setAct] = useState<AccountAct | null>(null)
  const acts: { act: AccountAct; label: string }[] = [
    {
      act: of.frozen ? 'unfreeze' : 'freeze',
      label: of.frozen ? account.unfreeze : account.freeze,
    },
    { act: of.blocked ? 'unblock' : 'block', label: of.blocked ? account.unblock : account.block },
    ...(of.hasAccount
      ? [
          { act: 'overdraft' as const, label: account.changeOverdraft },
          { act: 'adjust' as const, label: account.adjust },
        ]
      : []),
  ]
  return (
    <Section title={account.title}>
      {of.hasAccount ? (
        <Figures
          label={account.title}
          of={[
            { label: account.balance, value: <Money of={of.balance} /> },
            { label: account.spendable, value: <Money of={of.spendable} /> },
            { label: account.overdraft, value: <Money of={of.overdraft} /> },
          ]}
        />
      ) : (
        <p>{account.none}</p>
      )}
      {may('change customers') && (
        <div class="actions">
          {acts.map((it) => (
            <button key={it.act} type="button" class="button" onClick={() => setAct(it.act)}>
              {it.label}
            </button>
          ))}
        </div>
      )}
      {act !== null && <AccountDialog act={act} of={of} onClose={() => setAct(null)} />}
    </Section>
  )
}

// What may be done now: advice for the caller, and what a clerk may propose, each with its effect shown before.
import { useState } from 'preact/hooks'
import type { Explained, Option } from '../../../domain/console/explaining.ts'
import { mayStaff } from '../../../domain/console/staff.ts'
import { Note } from '../parts/problem.tsx'
import { Link } from '../router.ts'
import { me } from '../signed-in.ts'
import { words } from '../texts/words.ts'
import { Proposing, type Proposable } from './proposing.tsx'
import { adviceOf, sentence } from './say.ts'

const isProposable = (option: Option): option is Proposable => option.kind.startsWith('propose')

export const Options = ({ sale }: { sale: Explained }) => {
  const said = words().explaining
  const [proposing, setProposing] = useState<Proposable | null>(null)
  const [proposed, setProposed] = useState(false)
  const member = me.value?.member
  const mayPropose = member !== undefined && mayStaff(member.role, 'propose money moves')
  return (
    <>
      <ul class="explain-options">
        {sale.options.map((option) => (
          <li key={JSON.stringify(option)} data-kind={option.kind}>
            <p>
              {sentence(said.options, option)}
              {option.kind === 'no return' && ` ${said.noReturn[option.why]}`}
              {option.kind === 'meter advice' && ` ${said.meter[adviceOf(option.code)]}`}
            </p>
            {mayPropose && isProposable(option) && (
              <button type="button" class="button" onClick={() => setProposing(option)}>
                {said.propose[deedOf(option)]}
              </button>
            )}
          </li>
        ))}
      </ul>
      {proposed && (
        <Note>
          <p>
            {said.proposing.done} <Link href="/approvals">{said.proposing.toApprovals}</Link>
          </p>
        </Note>
      )}
      {proposing !== null && (
        <Proposing
          sale={sale}
          option={proposing}
          onClose={() => setProposing(null)}
          onDone={() => setProposed(true)}
        />
      )}
    </>
  )
}

export const deedOf = ({ kind }: Proposable): 'return' | 'pay' | 'redeem' => {
  switch (kind) {
    case 'propose return':
      return 'return'
    case 'propose paying claim':
      return 'pay'
    default:
      return 'redeem'
  }
}

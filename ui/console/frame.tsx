// What stands around every page: the wire with the areas as its nodes, whoever is signed in, and what everybody should know now.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { SignedIn } from '../../domain/console/staff-room.ts'
import { silentSince, waitingFor } from './asking.ts'
import { Dialog } from './parts/dialog.tsx'
import { Settings } from './settings.tsx'
import { Link, where } from './router.ts'
import { areas, type MenuArea } from './shown.ts'
import { signOut } from './signing.ts'
import { format } from './texts/format.ts'
import { words } from './texts/words.ts'

/** `only`: nothing but this page may be used now. */
export const Frame = ({
  me,
  only,
  children,
}: {
  me: SignedIn
  only: boolean
  children: ComponentChildren
}) => {
  const [menu, setMenu] = useState(false)
  const { frame } = words()
  const nodes = only ? [] : areas()
  return (
    <div class="frame" data-wire={wireState()}>
      <a class="skip" href="#page">
        {frame.skip}
      </a>
      <header class="top">
        <Brand me={me} />
        <button
          type="button"
          class="button menu-button"
          aria-haspopup="dialog"
          onClick={() => setMenu(true)}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M2 5h16M2 10h16M2 15h16" />
          </svg>
          {frame.menu}
        </button>
      </header>
      <div class="side">
        <header>
          <Brand me={me} />
        </header>
        <Areas nodes={nodes} awaiting={me.awaiting} />
        <You me={me} />
      </div>
      <main id="page" tabIndex={-1}>
        <Notices me={me} />
        {children}
      </main>
      {menu && (
        <Dialog title={frame.menu} as="drawer" onClose={() => setMenu(false)}>
          <Areas nodes={nodes} awaiting={me.awaiting} onGo={() => setMenu(false)} />
          <You me={me} onGo={() => setMenu(false)} />
        </Dialog>
      )}
      <Bottom nodes={nodes} awaiting={me.awaiting} />
    </div>
  )
}

/** The wire is the only sign of progress: it pulses while a person waits, and is broken while the centre is silent. */
const wireState = (): 'still' | 'pulsing' | 'broken' =>
  silentSince.value !== null ? 'broken' : waitingFor.value > 0 ? 'pulsing' : 'still'

const Brand = ({ me }: { me: SignedIn }) => (
  <Link class="brand" href="/">
    <span>
      Watt<b>Point</b>
    </span>
    <small>{me.town.name === '' ? words().frame.console : me.town.name}</small>
  </Link>
)

const here = (path: string): boolean => where.value.path.join('/') === path
const within = (key: string): boolean => where.value.path[0] === key

const Areas = ({
  nodes,
  awaiting,
  onGo,
}: {
  nodes: MenuArea[]
  awaiting: number
  onGo?: () => void
}) => (
  <nav class="areas" aria-label={words().frame.areas}>
    <ol>
      {nodes.map(({ first, rest, key }) => (
        <li key={key} class={within(key) ? 'node here' : 'node'}>
          <Link
            href={`/${first.path}`}
            current={here(first.path) ? 'page' : within(key) ? 'true' : undefined}
            {...(onGo === undefined ? {} : { onClick: onGo })}
          >
            <i />
            {first.title(words())}
            {key === 'approvals' && awaiting > 0 && <Awaiting count={awaiting} />}
          </Link>
          {within(key) && rest.length > 0 && (
            <ul>
              {rest.map(({ path, title }) => (
                <li key={path}>
                  <Link
                    href={`/${path}`}
                    current={here(path) ? 'page' : undefined}
                    {...(onGo === undefined ? {} : { onClick: onGo })}
                  >
                    {title(words())}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  </nav>
)

const Awaiting = ({ count }: { count: number }) => (
  <span class="awaiting">
    <span aria-hidden="true">{format().count(count)}</span>
    <span class="heard">{words().frame.awaiting(count)}</span>
  </span>
)

/** On a phone: the areas that are used most, within reach of the thumb; all of them are in the menu. */
const Bottom = ({ nodes, awaiting }: { nodes: MenuArea[]; awaiting: number }) => {
  if (nodes.length < 2) return null
  return (
    <nav class="bottom" aria-label={words().frame.areas}>
      <ol>
        {nodes.slice(0, mostAtBottom).map(({ first, key }) => (
          <li key={key} class={within(key) ? 'node here' : 'node'}>
            <Link href={`/${first.path}`} current={within(key) ? 'true' : undefined}>
              <i />
              <span>{first.title(words())}</span>
              {key === 'approvals' && awaiting > 0 && <Awaiting count={awaiting} />}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
const mostAtBottom = 5

const You = ({ me, onGo }: { me: SignedIn; onGo?: () => void }) => {
  const { frame, staff } = words()
  return (
    <section class="you" aria-label={frame.you}>
      <p>
        <b>{me.member.fullName}</b>
        <small>{staff.roles[me.member.role]}</small>
      </p>
      <Settings />
      <p class="you-ways">
        <Link href="/password" {...(onGo === undefined ? {} : { onClick: onGo })}>
          {frame.ownPassword}
        </Link>
        <button type="button" class="link" onClick={() => void signOut()}>
          {frame.signOut}
        </button>
      </p>
    </section>
  )
}

/** A session that is nearly over is said while there is time to finish. */
const warningMs = 10 * 60_000

const Notices = ({ me }: { me: SignedIn }) => {
  const { frame } = words()
  const since = silentSince.value
  const { time } = format()
  return (
    <div class="notices" role="status">
      {since !== null && <p class="notice broken">{frame.silent(time(since))}</p>}
      {me.endsAt - Date.now() < warningMs && (
        <p class="notice">{frame.sessionEnds(time(me.endsAt))}</p>
      )}
    </div>
  )
}

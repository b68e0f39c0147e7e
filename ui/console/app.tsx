// The whole page: nobody is signed in, or the frame with the page the address leads to.
import { never } from '../../domain/never.ts'
import { Frame } from './frame.tsx'
import { Problem, Waiting } from './parts/problem.tsx'
import { Page } from './parts/page.tsx'
import { Link } from './router.ts'
import { shown } from './shown.ts'
import { session } from './signed-in.ts'
import { PasswordPage } from './staff/password-page.tsx'
import { SignInPage } from './staff/sign-in-page.tsx'
import { words } from './texts/words.ts'

export const App = () => {
  const now = session.value
  switch (now.kind) {
    case 'asking':
      return <p class="opening">{words().frame.opening}</p>
    case 'nobody':
      return <SignInPage over={now.over} />
    case 'signed in':
      return (
        <Frame me={now.me} only={now.me.mustChangePassword}>
          {now.me.mustChangePassword ? <PasswordPage /> : <Shown />}
        </Frame>
      )
    default:
      return never(now)
  }
}

const Shown = () => {
  const now = shown.value
  const { notFound, notAllowed, notLoaded } = words().frame
  switch (now.kind) {
    case 'nothing':
      return <Waiting lines={8} />
    case 'page':
      return <now.Page key={now.key} {...now.props} />
    case 'not found':
      return (
        <Page title={notFound.title}>
          <p>{notFound.told}</p>
          <p>
            <Link href="/">{notFound.home}</Link>
          </p>
        </Page>
      )
    case 'not allowed':
      return (
        <Page title={notAllowed.title}>
          <p>{notAllowed.told}</p>
        </Page>
      )
    case 'not loaded':
      return (
        <Page title={notLoaded.title}>
          <Problem text={notLoaded.told} again={() => location.reload()} />
        </Page>
      )
    default:
      return never(now)
  }
}

// The words of the frame: sign-in, navigation, appearance, and what stands around every page.
import type { Appearance } from '../appearance.ts'

export type FrameWords = {
  console: string
  skip: string
  areas: string
  menu: string
  closeMenu: string
  language: string
  appearance: string
  appearances: Record<Appearance, string>
  you: string
  ownPassword: string
  signOut: string
  /** How many proposals await this person. */
  awaiting: (count: number) => string
  opening: string
  silent: (since: string) => string
  sessionEnds: (time: string) => string
  notFound: { title: string; told: string; home: string }
  notAllowed: { title: string; told: string }
  notLoaded: { title: string; told: string; again: string }
  signIn: {
    title: string
    over: string
    name: string
    password: string
    showPassword: string
    submit: string
    promise: string
  }
}

// The frame in English.
import type { FrameWords } from './frame-words.ts'

export const frameEn: FrameWords = {
  console: 'Console',
  skip: 'Skip to the page',
  areas: 'Areas',
  menu: 'Menu',
  closeMenu: 'Close the menu',
  language: 'Language',
  appearance: 'Appearance',
  appearances: {
    system: 'As the device',
    day: 'Light',
    night: 'Dark',
    contrast: 'High contrast',
  },
  you: 'You',
  ownPassword: 'Your password',
  signOut: 'Sign out',
  awaiting: (count) => (count === 1 ? '1 awaits you' : `${count} await you`),
  opening: 'One moment',
  silent: (since) =>
    `The centre has not answered since ${since}. What you see is from before; this page goes on by itself.`,
  sessionEnds: (time) =>
    `Your session ends at ${time}. Finish what you are writing and sign in again.`,
  notFound: {
    title: 'There is no such page',
    told: 'The address may be mistyped, or what it named is gone.',
    home: 'To the first page',
  },
  notAllowed: {
    title: 'This page is not for your role',
    told: 'Ask an administrator if your work needs it.',
  },
  notLoaded: {
    title: 'The page could not be fetched',
    told: 'The line may be down, or the console has been renewed since you opened it.',
    again: 'Load it again',
  },
  signIn: {
    title: 'Sign in',
    over: 'Your session has ended. Sign in, and you are back where you were.',
    name: 'Name',
    password: 'Password',
    showPassword: 'Show the password',
    submit: 'Sign in',
    promise: 'What you see and do here of customers and money is written down.',
  },
}
